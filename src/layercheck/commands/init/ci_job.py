"""The lines that let a build server run the check, for the one that the project uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

_GITHUB = """\
name: layercheck
on: [push, pull_request]
permissions:
  contents: read
jobs:
  layercheck:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.x"
      - run: pip install layercheck=={version}
      - run: layercheck check{path}
"""
_GITLAB = """\
layercheck:
  image: python:3-slim
  script:
    - pip install layercheck=={version}
    - layercheck check{path}
"""


class Snippet(NamedTuple):
    """Lines to copy, and where to."""

    file: str
    text: str


def ci_snippet(top: Path, root: Path) -> Snippet:
    """Write the job for GitLab where its file is at the top of the repository, else for GitHub."""
    path = "" if root == top else f" {root.relative_to(top).as_posix()}"
    is_gitlab = (top / ".gitlab-ci.yml").exists() and not (top / ".github").exists()
    file, text = (".gitlab-ci.yml", _GITLAB) if is_gitlab else (".github/workflows/layercheck.yml", _GITHUB)
    return Snippet(file, text.format(version=__version__, path=path))
