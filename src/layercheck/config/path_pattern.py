"""Patterns for paths, as contracts about placement use them: `app/services/*_service.py`, `app/models/**`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PureWindowsPath

from layercheck.config.module_pattern import MOST_WILDCARDS
from layercheck.later_pattern import compile_later

_PIECE = compile_later(r"\*\*/|\*\*|\*|\{(?P<capture>\w+)\}|(?P<literal>[^*{]+)|(?P<stray>.)", re.DOTALL)


@lru_cache(maxsize=1024)
def parse_path_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern for whole POSIX paths relative to the project root.

    `*` stands for any letters of one part, `**` for any number of parts, `{x}` for the same letters wherever it is used; a
    folder means all that is in it. Raises ValueError with a sentence on what is wrong.
    """
    if text.startswith(("/", "./", "../")) or "\\" in text or PureWindowsPath(text).drive:
        raise ValueError(f"{text!r} is no path relative to this file, such as 'app/services/*_service.py'")
    if text.count("*") - text.count("**") > MOST_WILDCARDS:
        raise ValueError(f"{text!r} has more than {MOST_WILDCARDS} wildcards; several patterns can say the same")
    seen: set[str] = set()
    pieces = []
    for piece in _PIECE.finditer(text.rstrip("/")):
        if piece["stray"]:
            raise ValueError(f"{text!r} has a stray brace: '{{x}}' stands for the same letters wherever it is used")
        if piece["capture"]:
            name = piece["capture"]
            if not name.isidentifier():
                raise ValueError(f"{text!r}: {{{name}}} is not a name; write {{x}}, for example")
            pieces.append(f"(?P={name})" if name in seen else f"(?P<{name}>[^/]+)")
            seen.add(name)
        elif piece["literal"]:
            pieces.append(re.escape(piece["literal"]))
        else:
            pieces.append({"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*"}[piece[0]])
    return re.compile(f"{''.join(pieces)}(?:/.*)?")
