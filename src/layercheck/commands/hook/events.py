"""The events of coding agents, as far as they are of use here, whatever agent sends them."""

from __future__ import annotations

import enum
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.files.discovery import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH_KEYS = ("file_path", "filePath", "path")
_LIST_KEYS = ("files", "replacements", "edits")
"""Of several files, or of several places in them."""
_PATCH_KEYS = ("input", "patch")
_PATCHED_FILE = re.compile(r"^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+?)\s*$", re.MULTILINE)
_EDITING_TOOLS = frozenset(
    {
        # Of Claude Code; Copilot gives its own tools these names in hooks that are named as in Claude Code.
        *("edit", "write", "multiedit"),
        # Of Cursor, which has Write and Edit as well.
        *("strreplace", "searchreplace", "delete", "applypatch"),
        # Of the command line of Copilot.
        *("create", "strreplaceeditor"),
        # Of VS Code.
        *("createfile", "replacestringinfile", "multireplacestringinfile", "inserteditintofile", "editfiles"),
    }
)
"""Without case and underscores: the documentation of VS Code has both `createFile` and `create_file`."""


class EventKind(enum.Enum):
    """What happened."""

    START = "start"
    """A session begins, or goes on after a pause."""
    BEFORE = "before"
    """A tool is about to write Python files."""
    EDIT = "edit"
    """A tool has written Python files."""
    STOP = "stop"
    """The agent thinks that it has finished."""


class Event(NamedTuple):
    """One event of one session."""

    kind: EventKind
    session: str
    folder: Path
    """Where the session stands."""
    edited_files: tuple[Path, ...] = ()
    """Of edits, those to come included."""


class Answer(NamedTuple):
    """What the hook does, in the terms of the agent."""

    exit_code: int = 0
    out: str = ""
    err: str = ""


SILENCE = Answer()


def make_event(kind: EventKind, session: str, folder: str, tool_name: str = "", tool_input: Any = None) -> Event | None:
    """Make an event; `tool_input` is what the tool was called with.

    None for tools that write no files, and for files that are not Python.
    """
    if kind in {EventKind.START, EventKind.STOP}:
        return Event(kind, session, Path(folder))
    if tool_name.replace("_", "").lower() not in _EDITING_TOOLS:
        return None
    paths = (Path(folder) / path for path in _list_paths(tool_input) if path.endswith(SUFFIXES))
    edited = tuple(dict.fromkeys(paths))
    return Event(kind, session, Path(folder), edited) if edited else None


def _list_paths(given: Any) -> Iterator[str]:
    """List the files that the input of a tool names."""
    if isinstance(given, str):
        yield from _PATCHED_FILE.findall(given)
    elif isinstance(given, dict):
        yield from (given[key] for key in _PATH_KEYS if isinstance(given.get(key), str))
        for several in (given[key] for key in _LIST_KEYS if isinstance(given.get(key), list)):
            for each in several:
                yield from (each,) if isinstance(each, str) else _list_paths(each)
        for patch in (given[key] for key in _PATCH_KEYS if isinstance(given.get(key), str)):
            yield from _PATCHED_FILE.findall(patch)
