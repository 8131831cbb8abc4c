"""Markdown for a comment on a pull or merge request: what counts in tables, the rest folded or counted."""

from __future__ import annotations

import html
import re
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.diff.change import Change, Findings
    from layercheck.model.finding import Finding
    from layercheck.rule.render_context import RenderContext

# GitHub takes 65,536 characters; bytes are on the safe side.
_MOST_BYTES = 65_000
_MOST_LINES = (25, 10, 3)
"""How many lines of a list are told: the first number with which the whole fits."""
_MOST_CHARACTERS = 280
_SYNTAX = re.compile(r"[\\`*_\[\]~#|]")


def render(change: Change, context: RenderContext) -> str:
    """Write the verdict and what it rests on."""
    text = ""
    for most in _MOST_LINES:
        text = _Writer(context.prefix, most).write(change)
        if len(text.encode("utf-8", "backslashreplace")) <= _MOST_BYTES:
            break
    return text


class _Writer:
    def __init__(self, prefix: str, most: int) -> None:
        self._prefix = prefix
        self._most = most

    def write(self, change: Change) -> str:
        blocks = [f"### layercheck: {_escape(summarise_change(change))}", *self._write_findings(change.findings)]
        blocks += self._fold("Imports between layers", [describe_edge(edge) for edge in change.edges])
        blocks += self._fold("Tangles", [describe_tangle(tangle) for tangle in change.tangles])
        blocks += [f"> {_escape(note)}" for note in change.notes]
        return "\n\n".join(blocks) + "\n"

    def _write_findings(self, findings: Findings) -> Iterator[str]:
        for verdict in (Verdict.INTRODUCED, Verdict.EXPOSED):
            found = findings.by_verdict()[verdict]
            if found:
                yield f"**{HEADINGS[verdict]} ({len(found):,})**"
                yield self._make_table(found)
        moved = [f"{self._describe_finding(pair.after)}, was {name_ends(pair.before)}" for pair in findings.moved]
        dropped = [f"{self._describe_finding(each.finding)}, for {DROPPED_BY[each.by]}" for each in findings.dropped]
        yield from self._fold(HEADINGS[Verdict.MOVED], moved)
        yield from self._fold(HEADINGS[Verdict.RESOLVED], [self._describe_finding(each) for each in findings.resolved])
        yield from self._fold(HEADINGS[Verdict.DROPPED], dropped)

    def _make_table(self, findings: Sequence[Finding]) -> str:
        rows = [
            f"| {_escape(show_place(each.location, self._prefix))} | {each.code} {_escape(each.name)} "
            f"| {each.severity} | {_escape(each.message)} |"
            for each in findings[: self._most]
        ]
        if (left := len(findings) - self._most) > 0:
            rows.append(f"| {left:,} more |  |  |  |")
        return "\n".join(["| place | rule | severity | finding |", "|---|---|---|---|", *rows])

    def _describe_finding(self, finding: Finding) -> str:
        return f"{show_place(finding.location, self._prefix)} {finding.code} {name_ends(finding)}"

    def _fold(self, heading: str, lines: Sequence[str]) -> Iterator[str]:
        if lines:
            shown = [f"- {_escape(line)}" for line in lines[: self._most]]
            if (left := len(lines) - self._most) > 0:
                shown.append(f"- {left:,} more")
            body = "\n".join(shown)
            yield f"<details><summary>{heading} ({len(lines):,})</summary>\n\n{body}\n\n</details>"


def _escape(text: str) -> str:
    """Write text that means itself, on one line, also in a table."""
    shown = make_printable(text)
    cut = shown if len(shown) <= _MOST_CHARACTERS else f"{shown[: _MOST_CHARACTERS - 3]}..."
    return _SYNTAX.sub(lambda match: f"&#{ord(match[0])};", html.escape(cut, quote=False))
