"""Handle an event of Claude Code, read from standard input.

If there is something to report, writes it to stderr and exits with 2: Claude Code shows it to the model, undoes nothing
after an edit, and goes on at the end of a turn. Otherwise exits with 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.commands.hook.events import Answer, EventKind, make_event

if TYPE_CHECKING:
    from layercheck.commands.hook.events import Event

_KINDS = {
    "SessionStart": EventKind.START,
    "PreToolUse": EventKind.BEFORE,
    "PostToolUse": EventKind.EDIT,
    "Stop": EventKind.STOP,
}
_SHOWN_TO_THE_MODEL = 2


class _Payload(msgspec.Struct):
    hook_event_name: str
    session_id: str = ""
    cwd: str = ""
    tool_name: str = ""
    tool_input: Any = None


def read_event(data: bytes) -> Event | None:
    """Read an event."""
    payload = msgspec.json.decode(data, type=_Payload)
    kind = _KINDS.get(payload.hook_event_name)
    if kind is None:
        return None
    return make_event(kind, payload.session_id, payload.cwd, payload.tool_name, payload.tool_input)


def make_answer(_event: Event, text: str) -> Answer:
    """Show the text to the model."""
    return Answer(_SHOWN_TO_THE_MODEL, err=text)
