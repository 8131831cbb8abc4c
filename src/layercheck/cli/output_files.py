"""Where reports go: files, written whole or not at all, and standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from layercheck.atomic_file import open_beside, replace_file
from layercheck.errors import UsageError


def require_writable(file: Path) -> None:
    """Raise UsageError if a report could not be written there, which is better known before the work than after it."""
    if os.path.isdir(file):  # noqa: PTH112  (which says no of names that are too long)
        raise UsageError(f"{file}: cannot be written; it is a folder")
    if not is_writable(file):
        raise UsageError(f"{file}: cannot be written; choose a file in an existing folder")


def is_writable(file: Path) -> bool:
    """Whether a report can be written there; leaves nothing behind."""
    try:
        target = _follow(file)
        # To try is surer than to ask for permissions: those tell nothing of a read-only file system.
        if target.is_file():
            os.close(os.open(target, os.O_WRONLY))
        elif target.exists():
            return not target.is_dir() and os.access(target, os.W_OK)  # to open a pipe is to wait for its reader
        else:
            handle, trial = open_beside(target)
            os.close(handle)
            trial.unlink()
    except (OSError, ValueError):
        return False
    return True


def write_file(file: Path, text: str) -> None:
    """Write a file at once, so that nobody ever reads half of it. Raises UsageError."""
    write_bytes(file, encode(text))


def write_bytes(file: Path, data: bytes) -> None:
    """Do what `write_file` does with what is no text."""
    target = _follow(file)
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe must not be replaced by a file
        else:
            replace_file(target, data)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error


def write_stdout(text: str) -> None:
    """Write to standard output, in UTF-8 whatever the locale."""
    write_stdout_bytes(encode(text))


def write_stdout_bytes(data: bytes) -> None:
    """Write what is no text to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def encode(text: str) -> bytes:
    """Return the bytes of a text as they are written: UTF-8 whatever the locale."""
    return text.encode("utf-8", "backslashreplace")


def _follow(file: Path) -> Path:
    """Find what a link leads to: it is that file which is written, and the link stays."""
    return Path(os.path.realpath(file)) if file.is_symlink() else file
