"""The events that Claude Code sends to its hooks, as far as they are of use here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from layercheck.files.discovery import SUFFIXES

SESSION_START = "SessionStart"
_AFTER_TOOL = "PostToolUse"
_EDITING_TOOLS = frozenset({"Edit", "Write", "MultiEdit"})


class Event(msgspec.Struct, frozen=True):
    """One event; fields that it has besides are left aside, and those that it lacks are empty."""

    hook_event_name: str
    session_id: str = ""
    cwd: str = ""
    tool_name: str = ""
    tool_input: Any = None
    """What the tool was called with; its shape is that of the tool."""

    @property
    def folder(self) -> Path:
        """Where the session stands."""
        return Path(self.cwd)

    @property
    def edited_file(self) -> Path | None:
        """The Python file that a tool has just written; None for every other event."""
        if self.hook_event_name != _AFTER_TOOL or self.tool_name not in _EDITING_TOOLS:
            return None
        path = self.tool_input.get("file_path") if isinstance(self.tool_input, dict) else None
        return self.folder / path if isinstance(path, str) and path.endswith(SUFFIXES) else None


def read_event(data: bytes) -> Event:
    """Read an event. Raises msgspec.DecodeError for what is none."""
    return msgspec.json.decode(data, type=Event)
