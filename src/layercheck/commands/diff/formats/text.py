"""The format for people: what the change introduced in full, all else briefly, the verdict last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.diff.change import Verdict
from layercheck.commands.diff.sentences import (
    DROPPED_BY,
    HEADINGS,
    describe_edge,
    describe_tangle,
    name_ends,
    summarise_change,
)
from layercheck.reporters.display import make_printable, show_place
from layercheck.reporters.finding_writer import FindingWriter
from layercheck.reporters.groups import group_findings, ungroup_findings
from layercheck.reporters.paint import make_painter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.commands.diff.change import Change
    from layercheck.model.finding import Finding
    from layercheck.rule.render_context import RenderContext

_MARGIN = "  "
_MOST_EXAMPLES = 3
_MOST_LINES = 20


def render(change: Change, context: RenderContext) -> str:
    """Write the change for a terminal; quietly, only what was introduced."""
    writer = _Writer(change, context)
    blocks = [*writer.write_introduced()]
    if context.verbosity >= 0:
        blocks += writer.write_rest()
    return "\n\n".join(blocks) + "\n" if blocks else ""


class _Writer:
    def __init__(self, change: Change, context: RenderContext) -> None:
        self._change = change
        self._context = context
        self._paint = make_painter(colour=context.colour)
        self._findings = FindingWriter(context, self._paint)

    def write_introduced(self) -> Iterator[str]:
        introduced = self._change.findings.introduced
        if introduced and self._context.verbosity >= 0:
            yield self._head(HEADINGS[Verdict.INTRODUCED], len(introduced))
        if self._change.head is not None:
            # What lies on disk is not what was judged.
            yield from [self._findings.write_headline(finding) for finding in introduced]
            return
        group = ungroup_findings if self._context.verbosity > 0 else group_findings
        yield from [self._findings.write_group(each) for each in group(introduced)]

    def write_rest(self) -> Iterator[str]:
        findings = self._change.findings
        sections = [
            (HEADINGS[Verdict.EXPOSED], [self._findings.write_headline(each) for each in findings.exposed]),
            (
                HEADINGS[Verdict.MOVED],
                [
                    f"{self._describe_finding(pair.after)}, was {make_printable(name_ends(pair.before))}"
                    for pair in findings.moved
                ],
            ),
            (
                HEADINGS[Verdict.CARRIED],
                [self._describe_finding(each) for each in findings.carried] if self._context.verbosity > 0 else [],
            ),
            (HEADINGS[Verdict.RESOLVED], [self._describe_finding(each) for each in findings.resolved]),
            (
                HEADINGS[Verdict.DROPPED],
                [f"{self._describe_finding(each.finding)}, for {DROPPED_BY[each.by]}" for each in findings.dropped],
            ),
        ]
        for heading, lines in sections:
            if lines:
                yield "\n".join([self._head(heading, len(lines)), *self._cut(lines)])
        if self._change.edges:
            yield "\n".join([self._paint("Imports between layers", "strong"), *self._list_edges()])
        if self._change.tangles:
            yield "\n".join([self._paint("Tangles", "strong"), *self._cut(list(self._list_tangles()))])
        yield "\n".join(self._close())

    def _head(self, heading: str, number: int) -> str:
        return self._paint(f"{heading} ({number:,})", "strong")

    def _describe_finding(self, finding: Finding) -> str:
        place = show_place(finding.location, self._context.prefix)
        return f"{place}  {make_printable(f'{finding.code} {name_ends(finding)}')}"

    def _cut(self, lines: list[str]) -> Iterator[str]:
        most = len(lines) if self._context.verbosity > 0 else _MOST_LINES
        yield from (f"{_MARGIN}{line}" for line in lines[:most])
        if (left := len(lines) - most) > 0:
            yield f"{_MARGIN}{self._paint(f'+{left:,} more (-v shows all)', 'faint')}"

    def _list_edges(self) -> Iterator[str]:
        most = None if self._context.verbosity > 0 else _MOST_EXAMPLES
        for edge in self._change.edges:
            yield f"{_MARGIN}{make_printable(describe_edge(edge))}"
            for sign, imports in (("+", edge.added), ("-", edge.removed)):
                for each in imports[:most]:
                    place = show_place(each.location, self._context.prefix)
                    yield f"{_MARGIN * 2}{sign} {place}  {make_printable(f'{each.importer} -> {each.imported}')}"
                if most is not None and len(imports) > most:
                    yield f"{_MARGIN * 2}{sign} {len(imports) - most:,} more"

    def _list_tangles(self) -> Iterator[str]:
        for tangle in self._change.tangles:
            yield make_printable(describe_tangle(tangle))
            if tangle.cycle:
                yield _MARGIN + make_printable(" -> ".join(tangle.cycle))

    def _close(self) -> Iterator[str]:
        for note in self._change.notes:
            yield self._paint(make_printable(note), "faint")
        introduced = self._change.findings.introduced
        gravest = min((each.severity for each in introduced), key=lambda each: each.rank, default="good")
        yield self._paint(make_printable(summarise_change(self._change)), gravest)
