"""What is found in the files of a project that nobody has open."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from layercheck.server.diagnostics import uri_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from lsprotocol import types

    from layercheck.model.finding import Finding
    from layercheck.server.diagnostics import DiagnosticWriter


class _Written(NamedTuple):
    findings: Sequence[Finding]
    uri: str
    diagnostics: list[types.Diagnostic]


class ClosedFiles:
    """Writes the findings of one project: only what is new, as there may be thousands, and an edit changes few."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._written: dict[str, _Written] = {}

    @property
    def diagnostics(self) -> dict[str, list[types.Diagnostic]]:
        """What was written last, by URI."""
        return {each.uri: each.diagnostics for each in self._written.values()}

    def update(
        self, findings: Mapping[str, Sequence[Finding]], open_: Collection[str], writer: DiagnosticWriter
    ) -> None:
        """Take in the findings of all files that are not open, by path; `open_` are the paths of the others."""
        before = self._written
        self._written = {}
        for path in sorted(findings):
            found, known = findings[path], before.get(path)
            # Places in an open text may have moved, whatever is found here.
            is_same = known is not None and known.findings == found and not _list_places(found) & set(open_)
            self._written[path] = (
                known
                if is_same and known is not None
                else _Written(found, uri_of(self._root / path), [writer.write(each) for each in found])
            )


def _list_places(findings: Sequence[Finding]) -> set[str]:
    """List the files that findings are about besides their own."""
    hops = (hop.location for finding in findings for hop in finding.chain)
    others = (related.location for finding in findings for related in finding.related)
    return {location.path for location in chain(hops, others)}
