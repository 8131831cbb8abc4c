"""Reading the arguments of `layercheck check` without click, which takes longer to import than a small project to check.

Only what is plain is read: options written in full, each at most once unless it may be repeated, with values that need no
more than to be looked at. All else, whatever is wrong above all, is left to click: its options are the only description of
the command, from which `plain_options` is made.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layercheck.cli.check_request import CheckRequest
from layercheck.cli.given_values import find_fault_of_folder, is_blank, split_at_commas
from layercheck.cli.plain_options import DEFAULTS, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMPLETION = "_LAYERCHECK_COMPLETE"
"""Set by the shell that asks what can stand next."""


class _NotPlainError(Exception):
    """Says that click has to look at the arguments."""


def read_plainly(arguments: Sequence[str]) -> CheckRequest | None:
    """Read what stands behind `layercheck check`; None where that is left to click."""
    # On Windows, click replaces patterns by the files that they name.
    if os.name == "nt" or _COMPLETION in os.environ:
        return None
    try:
        found = _read(iter(arguments))
    except _NotPlainError:
        return None
    # Last, as this makes them: click reads all words, and answers --help, before it looks at any folder.
    folders = (found[field] for field, kind, _ in OPTIONS.values() if kind == "folder" and field in found)
    return None if any(map(find_fault_of_folder, folders)) else CheckRequest(**{**DEFAULTS, **found})


def _read(arguments: Iterator[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word in arguments:
        if not word.startswith("-"):
            found["paths"] = (*found.get("paths", ()), _read_path(word))
            continue
        name, has_value, value = word.partition("=")
        if name not in OPTIONS:
            raise _NotPlainError
        field, kind, detail = OPTIONS[name]
        if kind in {"flag", "count"}:
            if has_value or (kind == "flag" and field in found):
                raise _NotPlainError
            found[field] = detail if kind == "flag" else found.get(field, 0) + 1
            continue
        text = value if has_value else next(arguments, "-")
        if text.startswith("-"):
            raise _NotPlainError
        if kind in {"texts", "names"}:
            found[field] = (*found.get(field, ()), *(split_at_commas([text]) if kind == "names" else [text]))
        elif field in found:
            raise _NotPlainError
        else:
            found[field] = _read_value(kind, detail, text)
    return found


def _read_value(kind: str, detail: Any, text: str) -> Any:
    if kind == "choice" and text not in detail:
        raise _NotPlainError
    return _read_path(text) if kind in {"path", "folder"} else text


def _read_path(text: str) -> Path:
    if is_blank(text) or (os.path.exists(text) and not os.access(text, os.R_OK)):  # noqa: PTH110  (that of Path may raise)
        raise _NotPlainError
    return Path(text)
