"""Which files tell about a project without being part of its code: README, manifests, locks and the like."""

from __future__ import annotations

import re

ENVIRONMENT_MARKER = "pyvenv.cfg"
"""What lies at the top of every virtual environment."""
ENVIRONMENT_FOLDERS = frozenset({".venv", "venv", "env", ".env", "ENV", ".virtualenv", "virtualenv"})
"""What virtual environments are called; the walk looks for one there although it never enters them."""

_REQUIREMENTS_FOLDER = re.compile(r"(?:.*/)?requirements")
_REQUIREMENTS = (".txt", ".in")
_NAMED = re.compile(
    r"""
      (?:readme|licen[cs]e|copying|changelog|changes|contributing|security)(?:[.-].*)?
    | \.(?:git|hg|docker)ignore | \.pre-commit-config\.ya?ml | \.python-version | \.editorconfig | \.env(?:[.-].*)?
    | pyproject\.toml | setup\.(?:py|cfg) | manifest\.in | pkg-info | pyvenv\.cfg
    | (?:.+[-_.])?requirements(?:[-_.].*)?\.(?:txt|in|lock) | constraints(?:[-_.].*)?\.txt
    | pipfile(?:\.lock)? | (?:poetry|uv|pdm|pixi|requirements)\.lock | pylock(?:\..+)?\.toml
    | environment(?:[-_.].*)?\.ya?ml | conda-lock\.ya?ml | pixi\.toml | runtime\.txt
    | (?:.+\.)?dockerfile(?:\..+)? | (?:docker-)?compose(?:[-_.].*)?\.ya?ml | procfile | makefile
    | \.?layercheck\.toml | tox\.ini | pytest\.ini | mypy\.ini | alembic\.ini | \.?ruff\.toml
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_project_file(folder: str, name: str) -> bool:
    """Tell whether a file in `folder` is one that `Project.files` knows."""
    if name.endswith(".py") and name != "setup.py":
        return False  # nearly all there are
    if _NAMED.fullmatch(name):
        return True
    return name.endswith(_REQUIREMENTS) and _REQUIREMENTS_FOLDER.fullmatch(folder) is not None
