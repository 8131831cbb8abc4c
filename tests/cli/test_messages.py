from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from layercheck.cli.messages import make_lines_printable
from tests.repositories import git
from tests.running import LAYERS, run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

# A new title for the window, a bell, a colour: click takes away the last one where there is no terminal.
EVIL = "e\x1b]0;x\x07\x1b[31mvil"
SHOWN = "e\\x1b]0;x\\x07\\x1b[31mvil"


def _assert_printable(outcome: Outcome) -> None:
    assert [sign for sign in outcome.out + outcome.err if sign < " " and sign != "\n"] == []


def test_lines_stay_lines() -> None:
    assert make_lines_printable(f"{EVIL}\r\n\n  x") == f"{SHOWN}\\x0d\n\n  x"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", f"{EVIL}.py"),
        ("check", "--config", f"{EVIL}.toml"),
        ("check", "--output-format", EVIL),
        ("check", "--output-file", f"{EVIL}/x/y"),
        ("check", "--select", EVIL),
        ("check", "--fail-on", EVIL),
        ("check", f"--{EVIL}"),
        ("config", "--config", f"{EVIL}.toml"),
        ("diff", "HEAD", f"{EVIL}.py"),
        ("roles", f"{EVIL}.py"),
        ("explain", EVIL),
        ("explain", f"{EVIL}.py:1"),
        ("rule", EVIL),
        ("rule", "LC101", EVIL),
        ("baseline", "--all", f"{EVIL}.py"),
        ("baseline", "--rule", EVIL),
        ("init", f"{EVIL}"),
        ("new-rule", EVIL),
        ("completion", EVIL),
        ("context", "--write", f"{EVIL}/x.md"),
        (EVIL,),
    ],
    ids=lambda arguments: " ".join(arguments).replace(EVIL, "evil"),
)
def test_what_was_typed_comes_back_harmless(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write_project(tmp_path, LAYERS)
    git(tmp_path, "init", "--quiet")

    with chdir(tmp_path):
        outcome = run_here(*arguments)

    assert outcome.code == 2
    _assert_printable(outcome)
    # What click says itself lacks the colour.
    assert SHOWN.partition("\\x1b[")[0] in outcome.err


def test_what_a_project_is_called_comes_back_harmless(tmp_path: Path) -> None:
    root = write_tree(tmp_path / EVIL, {f"app/{EVIL}.py": "import app.services.base\n", **LAYERS, "setup.py": ""})

    with chdir(tmp_path):
        files = run_here("check", "--show-files", root)
        outcomes = [
            files,
            run_here("check", root),
            run_here("check", "--add-ignore", "x", root),
            run_here("config", root),
            run_here("roles", root),
            run_here("new-rule", "x-y", "--folder", root / "rules"),
            run_here("init", "--dry-run", root),
            run_here("init", "--yes", root),
            run_here("baseline", "--all", "--per-package", root),
            run_here("check", root),
        ]

    for outcome in outcomes:
        _assert_printable(outcome)
    assert f"{SHOWN}/app/{SHOWN}.py" in files.out.splitlines()
    assert [outcome.code for outcome in outcomes if outcome.code > 1] == []
