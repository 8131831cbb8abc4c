"""Patterns of ignore files that are matched as git does, and in linear time, hostile ones as well.

For git, no bracket stands for a slash: `x[!a]y` is one name. The library matches it with `x/y`.

The library makes regular expressions of them. In those, every star tries every length in turn, so that `*a*a*a…b` takes
years for a name of forty letters. It is enough to take the first place where what follows a star fits, as long as
another star comes behind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec

_STAR = "[^/]*"
_FOLDERS = "(?:/.+)?"
_ANY_START = "^(?:.+/)?"
_FEW_STARS = 2
_NO_SLASH = compile_later(r"(?:\[\^/\]|\(\?!/\)|[^/])*")
"""Text of one part of a path; `[^/]` is a question mark, and `(?!/)` stands before brackets."""
_BRACKETS = compile_later(r"\\.|\[\^/\]|(\[\^?\]?(?:\\.|[^\]\\])*\])")
_CLASS_OF_CHARACTERS = compile_later(r"\[:(\w+):\]")
# The library does not know them.
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \t",
    "digit": "0-9",
    "lower": "a-z",
    "space": " \t\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


def compile_patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Read the lines of an ignore file. Raises ValueError for one that is no pattern."""
    # 30 ms to import, and many projects (and all warm runs of those) have nothing to ignore.
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    spec = GitIgnoreSpec.from_lines(map(_expand_classes, lines))
    for pattern in spec.patterns:
        regex = getattr(pattern, "regex", None)
        if regex is None:
            continue
        expression = keep_brackets_in_names(regex.pattern)
        if expression.count(_STAR) > _FEW_STARS or _FOLDERS in expression:
            expression = make_linear(expression)
        if expression != regex.pattern:
            pattern.regex = re.compile(expression)
    return spec


def _expand_classes(line: str) -> str:
    return _CLASS_OF_CHARACTERS.sub(lambda found: _CLASSES.get(found[1], found[0]), line) if "[:" in line else line


def keep_brackets_in_names(expression: str) -> str:
    """Rewrite an expression of the library so that no bracket matches a slash."""
    return _BRACKETS.sub(lambda found: f"(?!/){found[1]}" if found[1] else found[0], expression)


def make_linear(expression: str) -> str:
    """Rewrite an expression of the library so that it matches the same without trying all combinations."""
    *parts, last = expression.split(_FOLDERS)
    ahead = [_skip_folders(_fix_stars(part), is_first=at == 0) for at, part in enumerate(parts)]
    return "".join(ahead) + (_FOLDERS if parts else "") + _fix_stars(last)


def _skip_folders(part: str, *, is_first: bool) -> str:
    """Take the first folders that fit, as any number of folders may follow them."""
    if not is_first:
        return f"(?>(?:/.+?)??{part}(?=/))"
    if part.startswith(_ANY_START):
        return f"^(?>(?:.+?/)??{part.removeprefix(_ANY_START)}(?=/))"
    return part


def _fix_stars(part: str) -> str:
    """Let each star that is followed by another one in the same name end where what comes behind it first fits."""
    first, *rest = part.split(_STAR)
    fixed = [first]
    for at, text in enumerate(rest):
        if at + 1 < len(rest) and _NO_SLASH.fullmatch(text):
            fixed.append(f"(?>[^/]*?{text})" if text else "")
        else:
            fixed.append(_STAR + text)
    return "".join(fixed)
