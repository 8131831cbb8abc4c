"""Which pydantic a project asks for: by its lock, else by its requirements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.project.project import Project

_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock*.toml")
_LOCKED = re.compile(
    r"""name\s*=\s*"pydantic"\s*\n\s*version\s*=\s*"(\d+)"""  # uv, poetry, PDM
    r"""|"pydantic":\s*\{[^}]*?"version":\s*"==(\d+)""",  # Pipenv
)
_MANIFESTS = ("pyproject.toml", "*requirements*.txt", "requirements*.in", "constraints*.txt", "Pipfile", "setup.cfg")
_REQUIRED = re.compile(
    # `pydantic[email]>=2.6`, `["fastapi", "pydantic==2.1"]`, `pydantic = "^2.6"`, `pydantic = { version = "~2.1"`
    r"""(?:^|[\[,({])\s*["']?pydantic(?:\[[^\]\n]*\])?["']?\s*(?:=\s*(?:\{\s*version\s*=\s*)?["'])?"""
    r"""\s*(?:(?:===?|<=|>=?|~=?|\^)\s*(\d+)|<\s*(?P<below>\d+))""",
    re.MULTILINE | re.IGNORECASE,
)


def required_version(project: Project) -> int | None:
    """Tell the major version of pydantic that is locked, else the lowest that is asked for; None where nothing tells."""
    for names, pattern in ((_LOCKS, _LOCKED), (_MANIFESTS, _REQUIRED)):
        texts = (project.files.read(path) for path in project.files.find(*names))
        found = [_read(match) for text in texts for match in pattern.finditer(text)]
        if found:
            return min(found)
    return None


def _read(match: re.Match[str]) -> int:
    version = int(match[match.lastindex or 1])
    # `pydantic<2` is version 1.
    return version - 1 if match.lastgroup == "below" else version
