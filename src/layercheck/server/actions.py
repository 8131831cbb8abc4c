"""What an editor can do about the findings in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from layercheck.baseline.entry_findings import EXPIRED, STALE
from layercheck.commands.explain.remedies import why_no_comment
from layercheck.model.fix import Applicability
from layercheck.reporters.display import get_start
from layercheck.server.action_edits import FIX, FIX_ALL_SAFE, IGNORE, EditWriter
from layercheck.server.commands import add_to_baseline, explain
from layercheck.server.positions import overlap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pygls.workspace import PositionCodec

    from layercheck.server.inquiry import Mark, Shown

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.layercheck"
_ABOUT_THE_BASELINE = frozenset({STALE, EXPIRED})


def list_actions(
    shown: Shown, wanted: types.Range, only: Collection[str] | None, codec: PositionCodec, *, lazy: bool
) -> list[types.CodeAction]:
    """List what can be done in a range of a document; `only` are the kinds that are asked for (None: all).

    What a `lazy` client chooses is written by `resolve_action`; others are given all edits at once.
    """
    if shown.target is None:
        return []
    offers: list[types.CodeAction] = []
    if _is_wanted(types.CodeActionKind.QuickFix.value, only):
        chosen = [at for at, mark in enumerate(shown.marks) if overlap(mark.diagnostic.range, wanted)]
        for offer in (_offer_fixes, _offer_comments, _offer_commands):
            offers += [action for at in chosen for action in offer(shown, at)]
    if _is_wanted(FIX_ALL, only) and any(is_safe(mark) for mark in shown.marks):
        data = _make_data(shown, FIX_ALL_SAFE)
        offers.append(types.CodeAction("Apply all safe fixes of layercheck", kind=FIX_ALL, data=data))
    if lazy:
        return offers
    return [each for each in (resolve_action(shown, offer, codec) for offer in offers) if each.edit or each.command]


def resolve_action(shown: Shown, action: types.CodeAction, codec: PositionCodec) -> types.CodeAction:
    """Write the edit of an action that was offered for the same text; none where the text is another one by now."""
    data = action.data
    if isinstance(data, dict) and data.get("version") == shown.document.version:
        action.edit = EditWriter(shown, codec).write(str(data.get("what")), data.get("mark"))
    return action


def find_document(action: types.CodeAction) -> str | None:
    """Find the document that an action was offered for."""
    return action.data.get("uri") if isinstance(action.data, dict) else None


def is_safe(mark: Mark) -> bool:
    """Tell whether a finding has a fix that changes no meaning."""
    return mark.finding.fix is not None and mark.finding.fix.applicability is Applicability.SAFE


def _offer_fixes(shown: Shown, at: int) -> Iterator[types.CodeAction]:
    """Offer the fix of a finding, if it has one that may be applied."""
    mark = shown.marks[at]
    fix = mark.finding.fix
    if fix is not None and fix.applicability is not Applicability.DISPLAY_ONLY:
        yield types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[mark.diagnostic],
            is_preferred=is_safe(mark),
            data=_make_data(shown, FIX, at),
        )


def _offer_comments(shown: Shown, at: int) -> Iterator[types.CodeAction]:
    """Offer the comment that suppresses a finding, if there is one."""
    mark = shown.marks[at]
    if not why_no_comment(mark.finding):
        yield types.CodeAction(
            title=f"Ignore {mark.finding.code} here",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[mark.diagnostic],
            data=_make_data(shown, IGNORE, at),
        )


def _offer_commands(shown: Shown, at: int) -> Iterator[types.CodeAction]:
    """Offer what the server does itself."""
    mark = shown.marks[at]
    finding, uri = mark.finding, shown.document.uri
    commands = [
        types.Command(f"Explain {finding.code}", explain.NAME, arguments=[uri, get_start(finding.location).line])
    ]
    if finding.code not in _ABOUT_THE_BASELINE:
        title = f"Add {finding.code} to the baseline"
        commands.insert(0, types.Command(title, add_to_baseline.NAME, arguments=[uri, finding.fingerprint]))
    for command in commands:
        yield types.CodeAction(
            title=command.title, kind=types.CodeActionKind.QuickFix, diagnostics=[mark.diagnostic], command=command
        )


def _make_data(shown: Shown, what: str, mark: int | None = None) -> dict[str, Any]:
    return {"uri": shown.document.uri, "version": shown.document.version, "what": what, "mark": mark}


def _is_wanted(kind: str, only: Collection[str] | None) -> bool:
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)
