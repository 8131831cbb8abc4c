"""The events of coding agents, as far as they are of use here, whatever agent sends them."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Any, NamedTuple

from layercheck.files.discovery import SUFFIXES

_PATH_KEYS = ("file_path", "filePath", "path")


class EventKind(enum.Enum):
    """What happened."""

    START = "start"
    """A session begins, or goes on after a pause."""
    EDIT = "edit"
    """A tool has written a Python file."""
    STOP = "stop"
    """The agent thinks that it has finished."""


class Event(NamedTuple):
    """One event of one session."""

    kind: EventKind
    session: str
    folder: Path
    """Where the session stands."""
    edited_file: Path | None = None
    """Only for edits."""


class Answer(NamedTuple):
    """What the hook does, in the terms of the agent."""

    exit_code: int = 0
    out: str = ""
    err: str = ""


SILENCE = Answer()


def make_event(kind: EventKind, session: str, folder: str, tool_input: Any = None) -> Event | None:
    """Make an event; `tool_input` is what an editing tool was called with. None for files that are not Python."""
    if kind is not EventKind.EDIT:
        return Event(kind, session, Path(folder))
    given = tool_input if isinstance(tool_input, dict) else {}
    path = next((given[key] for key in _PATH_KEYS if isinstance(given.get(key), str)), "")
    return Event(kind, session, Path(folder), Path(folder) / path) if path.endswith(SUFFIXES) else None
