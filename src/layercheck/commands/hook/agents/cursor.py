"""Handle an event of Cursor, read from standard input.

Reports as the JSON on stdout that Cursor reads: `additional_context` after an edit, `followup_message` at the end of a
turn. Always exits with 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.commands.hook.events import Answer, EventKind, make_event

if TYPE_CHECKING:
    from layercheck.commands.hook.events import Event

_EDIT_OF_A_FILE = "afterFileEdit"
_KINDS = {
    "sessionStart": EventKind.START,
    "preToolUse": EventKind.BEFORE,
    _EDIT_OF_A_FILE: EventKind.EDIT,
    "postToolUse": EventKind.EDIT,
    "stop": EventKind.STOP,
}
_COMPLETED = "completed"


class _Payload(msgspec.Struct):
    hook_event_name: str
    conversation_id: str = ""
    session_id: str = ""
    workspace_roots: tuple[str, ...] = ()
    cwd: str = ""
    tool_name: str = ""
    tool_input: Any = None
    file_path: str = ""
    """Only `afterFileEdit` has it."""
    status: str = _COMPLETED
    """How a turn ended; after an interrupted one, the agent is not asked to continue."""


def read_event(data: bytes) -> Event | None:
    """Read an event."""
    payload = msgspec.json.decode(data, type=_Payload)
    kind = _KINDS.get(payload.hook_event_name)
    if kind is None or payload.status != _COMPLETED:
        return None
    folder = payload.workspace_roots[0] if payload.workspace_roots else payload.cwd
    session = payload.conversation_id or payload.session_id
    if payload.hook_event_name == _EDIT_OF_A_FILE:
        return make_event(kind, session, folder, "Edit", {"file_path": payload.file_path})
    return make_event(kind, session, folder, payload.tool_name, payload.tool_input)


def make_answer(event: Event, text: str) -> Answer:
    """Give the text to the model."""
    key = "followup_message" if event.kind is EventKind.STOP else "additional_context"
    return Answer(out=msgspec.json.encode({key: text}).decode() + "\n")
