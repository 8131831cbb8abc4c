"""Handle an event of GitHub Copilot, in VS Code or on the command line, read from standard input.

Reports as the JSON on stdout that Copilot reads: `additionalContext` after an edit, and a next turn with the text at the
end of one. Always exits with 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.commands.hook.events import SILENCE, Answer, EventKind, make_event

if TYPE_CHECKING:
    from layercheck.commands.hook.events import Event

_KINDS = {"SessionStart": EventKind.START, "PostToolUse": EventKind.EDIT, "Stop": EventKind.STOP}
_EDITING_TOOLS = frozenset(
    {"create", "edit", "str_replace", "create_file", "replace_string_in_file", "insert_edit_into_file", "editFiles"}
)


class _Payload(msgspec.Struct):
    """Both of its forms: hooks named `PostToolUse` get snake_case with the name, `postToolUse` camelCase without it."""

    hook_event_name: str = ""
    hookEventName: str = ""  # noqa: N815  (Copilot's)
    session_id: str = ""
    sessionId: str = ""  # noqa: N815
    cwd: str = ""
    tool_name: str = ""
    toolName: str = ""  # noqa: N815
    tool_input: Any = None
    toolArgs: Any = None  # noqa: N815
    toolResult: Any = None  # noqa: N815
    source: str = ""
    stopReason: str = ""  # noqa: N815


def read_event(data: bytes) -> Event | None:
    """Read an event."""
    payload = msgspec.json.decode(data, type=_Payload)
    kind = _find_kind(payload)
    if kind is None:
        return None
    if kind is EventKind.EDIT and (payload.tool_name or payload.toolName) not in _EDITING_TOOLS:
        return None
    given = payload.tool_input or payload.toolArgs
    if isinstance(given, str):
        given = msgspec.json.decode(given)
    return make_event(kind, payload.session_id or payload.sessionId, payload.cwd, given)


def make_answer(event: Event, text: str) -> Answer:
    """Give the text to the model; the command line reads the answer to an edit as little as the one to a start."""
    if event.kind is EventKind.STOP:
        block = {"decision": "block", "reason": text}
        return _answer(block | {"hookSpecificOutput": {"hookEventName": "Stop", **block}})
    if event.kind is EventKind.EDIT:
        return _answer({"hookSpecificOutput": {"hookEventName": "PostToolUse", "additionalContext": text}})
    return SILENCE


def _find_kind(payload: _Payload) -> EventKind | None:
    name = payload.hook_event_name or payload.hookEventName
    if name:
        return _KINDS.get(name)
    if payload.toolName:
        return None if payload.toolResult is None else EventKind.EDIT
    if payload.source:
        return EventKind.START
    return EventKind.STOP if payload.stopReason else None


def _answer(document: dict[str, Any]) -> Answer:
    return Answer(out=msgspec.json.encode(document).decode() + "\n")
