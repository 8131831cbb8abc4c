"""Which files tell about a project without being part of its code: README, manifests, locks and the like."""

from __future__ import annotations

import re
from functools import lru_cache

from layercheck.later_pattern import compile_later

ENVIRONMENT_MARKER = "pyvenv.cfg"
"""What lies at the top of every virtual environment."""
ENVIRONMENT_FOLDERS = frozenset({".venv", "venv", "env", ".env", "ENV", ".virtualenv", "virtualenv"})
"""What virtual environments are called; the walk looks for one there although it never enters them."""

_REQUIREMENTS_FOLDER = compile_later(r"(?:.*/)?requirements")
_REQUIREMENTS = (".txt", ".in")
_NAMED = compile_later(
    r"""
      (?:readme|licen[cs]e|copying|changelog|changes|contributing|security)(?:[.-].*)?
    | \.(?:git|hg|docker)ignore | \.pre-commit-config\.ya?ml | \.python-version | \.editorconfig | \.env(?:[.-].*)?
    | pyproject\.toml | setup\.(?:py|cfg) | \.importlinter | manifest\.in | pkg-info | pyvenv\.cfg
    | (?:.+[-_.])?requirements(?:[-_.].*)?\.(?:txt|in|lock) | constraints(?:[-_.].*)?\.txt
    | pipfile(?:\.lock)? | (?:poetry|uv|pdm|pixi|requirements)\.lock | pylock(?:\..+)?\.toml
    | environment(?:[-_.].*)?\.ya?ml | conda-lock\.ya?ml | pixi\.toml | runtime\.txt
    | (?:.+\.)?dockerfile(?:\..+)? | (?:docker-)?compose(?:[-_.].*)?\.ya?ml | procfile | makefile
    | \.?layercheck\.toml | tox\.ini | pytest\.ini | mypy\.ini | alembic\.ini | \.?ruff\.toml
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_project_file(folder: str, name: str) -> bool:
    """Return whether a file in `folder` is one that `Project.files` knows."""
    return is_named_as_one(name) or (name.endswith(_REQUIREMENTS) and may_hold_requirements(folder))


@lru_cache(maxsize=4096)
def is_named_as_one(name: str) -> bool:
    """Return whether the name alone makes a file one; the names of translations and the like come again and again."""
    return (not name.endswith(".py") or name == "setup.py") and _NAMED.fullmatch(name) is not None


def may_hold_requirements(folder: str) -> bool:
    """Return whether all text files of a folder list requirements."""
    return folder.endswith("requirements") and _REQUIREMENTS_FOLDER.fullmatch(folder) is not None
