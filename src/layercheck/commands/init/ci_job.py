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
      - uses: layercheck/layercheck@v{version}
"""
_IN_FOLDER = """\
        with:
          working-directory: {folder}
"""
_GITLAB = """\
layercheck:
  image: python:3.13-slim
  variables:
    PIP_CACHE_DIR: $CI_PROJECT_DIR/.cache/pip
    XDG_CACHE_HOME: $CI_PROJECT_DIR/.cache
  cache:
    key: layercheck-$CI_COMMIT_REF_SLUG
    fallback_keys:
      - layercheck-$CI_DEFAULT_BRANCH
    paths:
      - .cache
  script:
    - pip install layercheck=={version}
    - layercheck check --cache-dir .cache/layercheck/cache{path}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""


class Snippet(NamedTuple):
    """Lines to copy, and where to."""

    file: str
    text: str


def ci_snippet(top: Path, root: Path) -> Snippet:
    """Write the job for GitLab where its file is at the top of the repository, else for GitHub."""
    folder = "" if root == top else root.relative_to(top).as_posix()
    if (top / ".gitlab-ci.yml").exists() and not (top / ".github").exists():
        return Snippet(".gitlab-ci.yml", _GITLAB.format(version=__version__, path=f" {folder}" if folder else ""))
    job = _GITHUB + _IN_FOLDER if folder else _GITHUB
    return Snippet(".github/workflows/layercheck.yml", job.format(version=__version__, folder=folder))
