"""Options of `layercheck check` that cannot go together: told before any work is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layercheck.errors import UsageError

STANDARD_INPUT = Path("-")


def refuse_contradictions(options: dict[str, Any]) -> None:
    """Raise UsageError for options that contradict each other."""
    _refuse_on_standard_input(options)
    is_writing = options["fix"] or options["add_ignore"] is not None
    if options["watch"] and is_writing:
        raise UsageError("--add-ignore and --fix change the files that --watch looks at: give one of them")
    if options["unsafe_fixes"] and not options["fix"]:
        raise UsageError("--unsafe-fixes says which fixes --fix applies: give both")
    if options["staged"] and (is_writing or options["since"] is not None or options["watch"]):
        raise UsageError("--staged reads what will be committed: leave out --add-ignore, --fix, --since and --watch")


def _refuse_on_standard_input(options: dict[str, Any]) -> None:
    paths = options["paths"]
    if options["stdin_filename"] is None:
        if STANDARD_INPUT in paths:
            raise UsageError("`-` is standard input, whose file must be named: --stdin-filename FILE -")
        return
    others = [str(path) for path in paths if path != STANDARD_INPUT]
    if others:
        raise UsageError(f"--stdin-filename reports on standard input alone: leave out {', '.join(others)}")
    if options["stdin_filename"].is_dir():
        raise UsageError(f"{options['stdin_filename']}: is a folder; --stdin-filename names the file that is read")
    unfit = ("fix", "add_ignore", "watch", "since", "staged", "show_files")
    given = [f"--{name.replace('_', '-')}" for name in unfit if options[name] not in {None, False}]
    if given:
        raise UsageError(f"--stdin-filename reads a text that lies in no file: leave out {', '.join(given)}")
