from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck import __version__
from layercheck.commands.init.hook_entry import FILE_NAME, entry_text, hook_in

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = f"""\
- repo: https://github.com/layercheck/layercheck
  rev: v{__version__}
  hooks:
    - id: layercheck
"""
INDENTED = "".join(f"  {line}\n" for line in ENTRY.splitlines())
RUFF = """\
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.17.6  # keep
    hooks:
      - id: ruff
        args: [--fix]
"""


def _hooked(folder: Path, text: str) -> str | None:
    (folder / FILE_NAME).write_bytes(text.encode())
    change = hook_in(folder).change
    assert change is None or change.before == text
    return None if change is None else change.after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"repos:\n{RUFF}", f"repos:\n{RUFF}{INDENTED}"),
        (f"# top\n\nrepos:  # ours\n\n  # lint\n{RUFF}", f"# top\n\nrepos:  # ours\n\n  # lint\n{RUFF}{INDENTED}"),
        (f"---\nrepos:\n{RUFF}", f"---\nrepos:\n{RUFF}{INDENTED}"),
        (
            f"repos:\n{RUFF}\n# what follows\nci:\n  autofix_prs: false\n",
            f"repos:\n{RUFF}{INDENTED}\n# what follows\nci:\n  autofix_prs: false\n",
        ),
        ("repos:\n- repo: local\n  hooks: []\n", f"repos:\n- repo: local\n  hooks: []\n{ENTRY}"),
        (
            "repos:\n- repo: local\n  hooks: []\nfail_fast: true\n",
            f"repos:\n- repo: local\n  hooks: []\n{ENTRY}fail_fast: true\n",
        ),
        ("repos:\n- repo: local\n  hooks: []", f"repos:\n- repo: local\n  hooks: []\n{ENTRY}"),
        (
            f"exclude: |\n  (?x)^(\n    - a\n  )\nrepos:\n{RUFF}\n\n",
            f"exclude: |\n  (?x)^(\n    - a\n  )\nrepos:\n{RUFF}{INDENTED}\n\n",
        ),
        (
            "repos:\n  - repo: local\n    hooks:\n      - id: x\n        entry: |\n          run\n          # not a comment\n",
            "repos:\n  - repo: local\n    hooks:\n      - id: x\n        entry: |\n          run\n          # not a comment\n"
            + INDENTED,
        ),
    ],
)
def test_our_entry_comes_last_and_the_rest_stays(tmp_path: Path, before: str, after: str) -> None:
    assert _hooked(tmp_path, before) == after


def test_windows_line_endings_are_kept(tmp_path: Path) -> None:
    before = f"repos:\n{RUFF}".replace("\n", "\r\n")

    assert _hooked(tmp_path, before) == before + INDENTED.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ci: {}\n",
        "repos: []\n",
        "repos: [{repo: local, hooks: []}]\n",
        "repos:\n",
        f"repos:\n{RUFF}---\nrepos:\n{RUFF}",
        f"repos:\n{RUFF}---\nother: 1\n",
        "repos:\n\t- repo: local\n",
        "repos: &all\n  - repo: local\n",
        "repos:\n  *all\n",
    ],
)
def test_a_file_that_is_not_understood_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)

    hooking = hook_in(tmp_path)

    assert hooking.change is None
    assert not hooking.is_there


@pytest.mark.parametrize(
    "entry",
    [
        INDENTED,
        "  - repo: local\n    hooks:\n      - id: layercheck\n        entry: layercheck check\n",
        "  - repo: local\n    hooks:\n      - id: layercheck-project\n",
        "  - repo: git@example.org:mirrors/layercheck.git\n    hooks: []\n",
    ],
)
def test_an_entry_that_is_there_is_not_added_again(tmp_path: Path, entry: str) -> None:
    (tmp_path / FILE_NAME).write_text(f"repos:\n{entry}")

    hooking = hook_in(tmp_path)

    assert hooking.change is None
    assert hooking.is_there


def test_without_a_file_there_is_nothing_to_add_to(tmp_path: Path) -> None:
    assert hook_in(tmp_path).change is None


def test_the_entry_to_copy_is_what_would_be_written() -> None:
    assert entry_text() == f"repos:\n{INDENTED}"
