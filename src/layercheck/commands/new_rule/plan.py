"""A new rule of a project's own: which files, under which code, and where nothing is in the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.new_rule.templates import RULE, TEST
from layercheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CODE = re.compile(r"(?!LC)[A-Z]{2,4}[0-9]{3}")
_PREFIX = "MY"
"""Of the codes of those who do not choose one."""


class NewRule(NamedTuple):
    """What is going to be written."""

    code: str
    rule: Path
    files: Mapping[Path, str]


def plan_rule(name: str, code: str | None, folder: Path, known: Mapping[str, str]) -> NewRule:
    """Plan the files of a rule; `known` are the names of the rules there are, by code.

    Raises UsageError for a name or code that cannot be used or is taken, and for files that are there already.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is not a valid rule name: use lower case and dashes, for example printed-output")
    code = code or _free_code(known)
    if not _CODE.fullmatch(code):
        raise UsageError(
            f"{code!r} is not a valid code: use 2 to 4 capital letters, not LC, and 3 digits, for example MY001"
        )
    taken = {**known, **{other: code for code, other in known.items()}}
    for word in (name, code):
        if word in taken:
            raise UsageError(f"there is a rule {word} already ({taken[word]}); choose another one")
    module = name.replace("-", "_")
    words = {
        "name": name,
        "code": code,
        "module": module,
        "class_name": "".join(part.capitalize() for part in name.split("-")),
    }
    rule = folder / f"{module}.py"
    files = {rule: RULE.substitute(words), folder / f"test_{module}.py": TEST.substitute(words)}
    for path in files:
        if path.exists():
            raise UsageError(f"{path} already exists; choose another name or --folder")
    return NewRule(code, rule, files)


def _free_code(known: Mapping[str, str]) -> str:
    return next(code for number in range(1, 1000) if (code := f"{_PREFIX}{number:03}") not in known)
