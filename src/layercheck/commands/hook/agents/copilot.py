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

_KINDS = {
    "SessionStart": EventKind.START,
    "PreToolUse": EventKind.BEFORE,
    "PostToolUse": EventKind.EDIT,
    "Stop": EventKind.STOP,
}


class _Payload(msgspec.Struct):
    """All of its forms: hooks named `PostToolUse` get snake_case with the name, `postToolUse` camelCase without it.

    The agent of VS Code itself mixes them.
    """

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
    error: Any = None
    source: str = ""
    stopReason: str = ""  # noqa: N815
    agentName: str = ""  # noqa: N815
    """Of a subagent that stops."""


def read_event(data: bytes) -> Event | None:
    """Read an event."""
    payload = msgspec.json.decode(data, type=_Payload)
    kind = _find_kind(payload)
    if kind is None:
        return None
    given = payload.tool_input or payload.toolArgs
    if isinstance(given, str) and given.lstrip().startswith("{"):
        given = msgspec.json.decode(given)
    session = payload.session_id or payload.sessionId
    return make_event(kind, session, payload.cwd, payload.tool_name or payload.toolName, given)


def make_answer(event: Event, text: str) -> Answer:
    """Give the text to the model: the command line reads what is outside, VS Code what is in `hookSpecificOutput`."""
    if event.kind is EventKind.STOP:
        block = {"decision": "block", "reason": text}
        return _answer(block | {"hookSpecificOutput": {"hookEventName": "Stop", **block}})
    if event.kind is EventKind.EDIT:
        context = {"additionalContext": text}
        return _answer(context | {"hookSpecificOutput": {"hookEventName": "PostToolUse", **context}})
    return SILENCE


def _find_kind(payload: _Payload) -> EventKind | None:
    name = payload.hook_event_name or payload.hookEventName
    if name:
        return _KINDS.get(name)
    if payload.toolName and payload.error is None:
        return EventKind.BEFORE if payload.toolResult is None else EventKind.EDIT
    if payload.source:
        return EventKind.START
    return EventKind.STOP if payload.stopReason and not payload.agentName else None


def _answer(document: dict[str, Any]) -> Answer:
    return Answer(out=msgspec.json.encode(document).decode() + "\n")
