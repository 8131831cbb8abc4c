"""What an editor can do about the findings in a document."""

from __future__ import annotations

import datetime as dt
import operator
from itertools import takewhile
from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.commands.explain.remedies import add_comment, why_no_comment
from layercheck.edits.fixes import choose_together
from layercheck.errors import UnreadableSourceError
from layercheck.model.fix import Applicability
from layercheck.model.source import Span
from layercheck.python.text.line_index import LineIndex
from layercheck.python.text.round_trip import decode_leniently
from layercheck.server.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pygls.workspace import PositionCodec

    from layercheck.model.fix import Edit
    from layercheck.server.checker import Mark, Shown
    from layercheck.suppressions.policy import SuppressionPolicy

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.layercheck"


def list_actions(
    shown: Shown, wanted: types.Range, only: Collection[str] | None, codec: PositionCodec
) -> list[types.CodeAction]:
    """List what can be done in a range of a document; `only` are the kinds that are asked for (None: all)."""
    if shown.target is None:
        return []
    writer = _ActionWriter(shown, codec)
    actions: list[types.CodeAction] = []
    if _is_wanted(types.CodeActionKind.QuickFix.value, only):
        marks = [mark for mark in shown.marks if overlap(mark.diagnostic.range, wanted)]
        policy = shown.target.loaded.configuration.suppressions
        actions += [action for mark in marks for action in writer.fix(mark)]
        actions += [action for mark in marks for action in writer.ignore(mark, policy)]
    if _is_wanted(FIX_ALL, only):
        actions += writer.fix_all(shown.marks)
    return actions


def overlap(one: types.Range, other: types.Range) -> bool:
    """Tell whether two ranges have a point in common, be it an end."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


class _ActionWriter:
    """Writes the actions for one document."""

    def __init__(self, shown: Shown, codec: PositionCodec) -> None:
        self._uri = shown.document.uri
        self._data = shown.document.data
        self._text = shown.document.text
        self._positions = Positions(self._text, codec)

    def fix(self, mark: Mark) -> Iterator[types.CodeAction]:
        """Offer the fix of a finding, if it has one that may be applied."""
        fix = mark.finding.fix
        if fix is not None and fix.applicability is not Applicability.DISPLAY_ONLY:
            yield types.CodeAction(
                title=fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[mark.diagnostic],
                is_preferred=fix.applicability is Applicability.SAFE,
                edit=self._edit(self._write_edits(fix.edits)),
            )

    def fix_all(self, marks: Iterable[Mark]) -> Iterator[types.CodeAction]:
        """Offer all safe fixes that can be applied at once."""
        fixes = [mark.finding.fix for mark in marks if mark.finding.fix is not None]
        _, edits = choose_together(fix for fix in fixes if fix.applicability is Applicability.SAFE)
        if edits:
            yield types.CodeAction(
                title="Apply all safe fixes of layercheck",
                kind=FIX_ALL,
                edit=self._edit(self._write_edits(edits)),
            )

    def ignore(self, mark: Mark, policy: SuppressionPolicy) -> Iterator[types.CodeAction]:
        """Offer the comment that puts a finding aside, if there is one."""
        if why_no_comment(mark.finding):
            return
        try:
            changed = add_comment(mark.finding, self._data, policy, dt.date.today())  # noqa: DTZ011  (the user's own calendar)
        except UnreadableSourceError:
            return
        yield types.CodeAction(
            title=f"Ignore {mark.finding.code} here",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[mark.diagnostic],
            edit=self._edit([self._write_difference(decode_leniently(changed))]),
        )

    def _edit(self, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
        return types.WorkspaceEdit(changes={self._uri: edits})

    def _write_edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        return [types.TextEdit(self._positions.range_of(edit.span), edit.text) for edit in edits]

    def _write_difference(self, changed: str) -> types.TextEdit:
        """Write the one edit that makes the text another one."""
        before = _count_common(self._text, changed)
        after = _count_common(self._text[before:][::-1], changed[before:][::-1])
        lines = LineIndex(self._text)
        span = Span(lines.find_position(before), lines.find_position(len(self._text) - after))
        return types.TextEdit(self._positions.range_of(span), changed[before : len(changed) - after])


def _is_wanted(kind: str, only: Collection[str] | None) -> bool:
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _count_common(one: str, other: str) -> int:
    """Count the characters with which both texts begin."""
    return sum(1 for _ in takewhile(bool, map(operator.eq, one, other)))
