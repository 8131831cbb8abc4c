"""The version of pydantic that a project requires: by its lock file, or else its requirements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from layercheck import compile_later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Project

_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock*.toml")
_LOCKED = compile_later(
    r"""name\s*=\s*"pydantic"\s*\n\s*version\s*=\s*"(\d+)"""  # uv, poetry, PDM
    r"""|"pydantic":\s*\{[^}]*?"version":\s*"==(\d+)""",  # Pipenv
)
_TABLES = ("pyproject.toml", "Pipfile", "pixi.toml")
_TEXTS = (
    *("*requirements*.txt", "*requirements*.in", "constraints*.txt", "setup.cfg", "setup.py", "environment*.y*ml"),
)
_NAME = r"""(?<![\w.-])pydantic\s*(?:\[[^\]\n]*\])?"""
_CONSTRAINT = compile_later(r"""\s*\(?\s*(?:(?:===?|<=|>=?|~=?|\^|=)?\s*v?(\d+)|<\s*(?P<below>\d+))""")
_REQUIREMENT = compile_later(rf"{_NAME}(?=\s*[(=<>~!^])(?P<constraint>[^\"';#\n]*)", re.IGNORECASE)
"""`pydantic[email]>=2.6`, `pydantic (>=2.6,<3)`, `- pydantic=2.6`."""


def required_version(project: Project) -> int | None:
    """Return the major version of pydantic that is locked, else the lowest that is asked for; None where nothing tells."""
    files = project.files
    locked = [
        int(match[match.lastindex or 1]) for path in files.find(*_LOCKS) for match in _LOCKED.finditer(files.read(path))
    ]
    if locked:
        return min(locked)
    required = [version for path in files.find(*_TEXTS) for version in _read_text(files.read(path))]
    required += [version for path in files.find(*_TABLES) for version in _read_table(files.read_toml(path))]
    return min(required, default=None)


def _read_text(text: str) -> Iterator[int]:
    """Find the versions in a text with requirements."""
    for match in _REQUIREMENT.finditer(text):
        yield from _read_constraint(match["constraint"])


def _read_table(value: Any, key: str = "") -> Iterator[int]:
    """Find the versions in a manifest: requirements in any list, and values of `pydantic` in any table."""
    if isinstance(value, dict):
        if key == "pydantic":
            yield from _read_constraint(str(value.get("version", "")))
        for name, inner in value.items():
            yield from _read_table(inner, str(name).lower())
    elif isinstance(value, list):
        for inner in value:
            # Poetry lists several constraints for several Pythons.
            yield from _read_table(inner, key if isinstance(inner, dict) else "")
    elif isinstance(value, str):
        yield from _read_constraint(value) if key == "pydantic" else _read_text(value)


def _read_constraint(text: str) -> Iterator[int]:
    """Return the lowest major version that a constraint allows: `>=2,<3`, `^2.6`, `2.*`."""
    for part in text.split(","):
        match = _CONSTRAINT.match(part)
        if match is not None and (match[1] or match["below"]):
            # `pydantic<2` is version 1.
            yield int(match[1]) if match[1] else int(match["below"]) - 1
            return
