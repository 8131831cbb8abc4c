"""The explanation of a finding for a terminal; it begins like the report of `check`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from layercheck.commands.explain.sentences import (
    describe_allowed,
    describe_layer,
    describe_routes,
    describe_status,
    describe_use,
)
from layercheck.reporters.display import make_printable, show_path, show_place
from layercheck.reporters.finding_writer import FindingWriter
from layercheck.reporters.groups import Group
from layercheck.reporters.paint import make_painter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.explain.explanation import Explanation
    from layercheck.reporters.paint import Painter
    from layercheck.rule.render_context import RenderContext

MOST_IN_FULL = 3
"""A line that many chains run through would fill many pages."""


def write_explanations(explanations: Sequence[Explanation], context: RenderContext) -> str:
    """Write what is known of the findings at one place, without the pages of their rules."""
    paint = make_painter(colour=context.colour)
    writer = FindingWriter(context, paint)
    parts = []
    for each in explanations[:MOST_IN_FULL]:
        finding = writer.write_group(Group(each.finding, ()))
        parts.append("\n".join([finding, *_Writer(each, context, paint).write()]))
    rest = [writer.write_headline(each.finding) for each in explanations[MOST_IN_FULL:]]
    if rest:
        parts.append("\n".join([paint("also on this line", "strong"), *rest]))
    return "\n\n\n".join(parts) + "\n"


class _Writer:
    """Writes what is known of one finding."""

    def __init__(self, explanation: Explanation, context: RenderContext, paint: Painter) -> None:
        self._explanation = explanation
        self._prefix = context.prefix
        self._paint = paint

    def write(self) -> Iterator[str]:
        status = describe_status(self._explanation)
        if status:
            yield from ("", self._paint(make_printable(status), "good"))
        yield from self._write_modules()
        yield from self._write_routes()
        yield from self._write_remedies()
        yield f"{self._head('fingerprint')}  {self._explanation.finding.fingerprint}"

    def _head(self, text: str) -> str:
        return "\n" + self._paint(text, "strong")

    def _write_modules(self) -> Iterator[str]:
        known = [
            (end, side)
            for end, side in (("from", self._explanation.importer), ("to", self._explanation.imported))
            if side
        ]
        if not known:
            return
        is_import = self._explanation.finding.importer is not None
        yield self._head("the two modules" if len(known) == 2 else "the module")
        width = max(len(side.module) for _, side in known)
        for end, side in known:
            ahead = f"{end:<4}  " if is_import else ""
            path = show_path(side.path, self._prefix)
            yield f"  {ahead}{make_printable(side.module):<{width}}  {describe_layer(side)}, {path}"
        allowed = describe_allowed(self._explanation)
        if allowed:
            yield f"  {allowed}"

    def _write_routes(self) -> Iterator[str]:
        description, routes = describe_routes(self._explanation), self._explanation.routes
        if not description or routes is None:
            return
        yield f"{self._head('alternatives')}  {make_printable(description)}"
        places = [show_place(each.location, self._prefix) for each in routes.found]
        width = max(map(len, places), default=0)
        for place, route in zip(places, routes.found, strict=True):
            yield f"  {place:<{width}}  {describe_use(route)}".rstrip()
        if routes.has_more:
            yield "  …"

    def _write_remedies(self) -> Iterator[str]:
        finding, remedies = self._explanation.finding, self._explanation.remedies
        path = show_path(finding.location.path, self._prefix)
        if remedies.comment:
            lines = ", ".join(str(each.line) for each in remedies.comment)
            yield f"{self._head('to suppress it')}  {path}, line{'s' if len(remedies.comment) > 1 else ''} {lines}"
            yield from _list_lines(self._explanation)
        elif remedies.no_comment:
            yield f"{self._head('to suppress it')}  {remedies.no_comment}"
        if remedies.entry and self._explanation.status == "reported":
            command = f"layercheck baseline --rule {finding.code} {path} --reason REASON"
            yield f"{self._head('to accept it')}  {command}"
            yield f"  {make_printable(remedies.entry)}"
        elif remedies.entry:
            yield f"{self._head('its entry')}\n  {make_printable(remedies.entry)}"
        elif remedies.no_entry:
            yield f"{self._head('to accept it')}  not possible in the baseline: {remedies.no_entry}"


def _list_lines(explanation: Explanation) -> Iterator[str]:
    """List the lines with their comments, a gap between those that do not follow each other."""
    comment = explanation.remedies.comment
    for before, each in itertools.pairwise((None, *comment)):
        if before is not None and each is not None and each.line != before.line + 1:
            yield "  …"
        if each is not None:
            yield f"  {make_printable(each.text.replace(chr(9), '    '))}"
