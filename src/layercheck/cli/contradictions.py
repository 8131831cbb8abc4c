"""Options of `layercheck check` that cannot be combined; reported before any work is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layercheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD_INPUT = Path("-")


def refuse_contradictions(options: dict[str, Any]) -> None:
    """Raise UsageError for options that contradict each other."""
    _refuse_on_standard_input(options)
    _refuse_with_parts(options)
    is_writing = options["fix"] or options["add_ignore"] is not None
    if options["watch"] and is_writing:
        raise UsageError("--watch cannot be combined with --add-ignore or --fix, which change the watched files")
    if options["unsafe_fixes"] and not options["fix"]:
        raise UsageError("--unsafe-fixes needs --fix")
    if options["staged"] and (is_writing or options["since"] is not None or options["watch"]):
        raise UsageError("--staged cannot be combined with --add-ignore, --fix, --since or --watch")


def _refuse_with_parts(options: dict[str, Any]) -> None:
    unfit = ("fix", "add_ignore", "watch", "since", "staged", "show_files", "stdin_filename", "cache_dir")
    if options["facts"] and (given := _list_given(options, unfit)):
        raise UsageError(f"--facts cannot be combined with {', '.join(given)}")


def _list_given(options: dict[str, Any], names: Iterable[str]) -> list[str]:
    return [f"--{name.replace('_', '-')}" for name in names if options[name] not in {None, False}]


def _refuse_on_standard_input(options: dict[str, Any]) -> None:
    paths = options["paths"]
    if options["stdin_filename"] is None:
        if STANDARD_INPUT in paths:
            raise UsageError("`-` means standard input and needs a file name: --stdin-filename FILE -")
        return
    others = [str(path) for path in paths if path != STANDARD_INPUT]
    if others:
        raise UsageError(f"--stdin-filename reports on standard input only: remove {', '.join(others)}")
    if options["stdin_filename"].is_dir():
        raise UsageError(f"{options['stdin_filename']}: is a folder; --stdin-filename needs the name of a file")
    unfit = ("fix", "add_ignore", "watch", "since", "staged", "show_files")
    if given := _list_given(options, unfit):
        raise UsageError(f"--stdin-filename cannot be combined with {', '.join(given)}")
