"""The edits of the actions in a document."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.commands.explain.remedies import add_comment
from layercheck.edits.difference import find_difference
from layercheck.edits.fixes import choose_together
from layercheck.errors import UnreadableSourceError
from layercheck.model.fix import Applicability
from layercheck.python.text.round_trip import decode_leniently
from layercheck.server.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pygls.workspace import PositionCodec

    from layercheck.model.finding import Finding
    from layercheck.model.fix import Edit
    from layercheck.server.inquiry import Shown

FIX = "fix"
FIX_ALL_SAFE = "fix all"
IGNORE = "ignore"


class EditWriter:
    """Writes edits of one document."""

    def __init__(self, shown: Shown, codec: PositionCodec) -> None:
        self._shown = shown
        self._text = shown.document.text
        self._positions = Positions(self._text, codec)

    def write(self, what: str, mark: object) -> types.WorkspaceEdit | None:
        """Write what is to be done about the finding with the number `mark`, or about all; None if that is nothing."""
        if what == FIX_ALL_SAFE:
            return self._edit(self._fix_all())
        if not isinstance(mark, int) or not 0 <= mark < len(self._shown.marks):
            return None
        finding = self._shown.marks[mark].finding
        if what == IGNORE:
            return self._edit(self._ignore(finding))
        return None if finding.fix is None else self._edit(self._write_edits(finding.fix.edits))

    def _fix_all(self) -> list[types.TextEdit]:
        """Apply all safe fixes that can be applied at once."""
        fixes = [mark.finding.fix for mark in self._shown.marks if mark.finding.fix is not None]
        _, edits = choose_together(fix for fix in fixes if fix.applicability is Applicability.SAFE)
        return self._write_edits(edits)

    def _ignore(self, finding: Finding) -> list[types.TextEdit]:
        policy = self._shown.get_target().loaded.configuration.suppressions
        try:
            changed = add_comment(finding, self._shown.document.data, policy, dt.date.today())  # noqa: DTZ011  (the user's own calendar)
        except UnreadableSourceError:
            return []
        return self._write_edits([find_difference(self._text, decode_leniently(changed))])

    def _edit(self, edits: list[types.TextEdit]) -> types.WorkspaceEdit | None:
        return types.WorkspaceEdit(changes={self._shown.document.uri: edits}) if edits else None

    def _write_edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        return [types.TextEdit(self._positions.range_of(edit.span), edit.text) for edit in edits]
