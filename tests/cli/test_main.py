from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from layercheck import __version__
from layercheck.cli import main
from tests.running import clean_environment, run_apart, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("command", ["check", "config", "rule"])
def test_every_command_has_help(command: str) -> None:
    for flag in ("-h", "--help"):
        outcome = run_here(command, flag)
        assert outcome.code == 0
        assert outcome.out.startswith(f"Usage: layercheck {command}")


def test_the_version() -> None:
    assert run_here("--version").out == f"layercheck {__version__}\n"


def test_without_a_command_the_help_is_shown() -> None:
    outcome = run_here()

    assert outcome.code == 2
    assert "Usage: layercheck" in outcome.out + outcome.err


@pytest.mark.parametrize("name", ["nothing", "../check", "check.check", "__init__", "", "os"])
def test_an_unknown_command_is_told(name: str) -> None:
    outcome = run_here(name)

    assert outcome.code == 2
    assert f"there is no command {name!r}" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("name", "meant"), [("chek", "check"), ("CHECK", "check"), ("baselin", "baseline"), ("new_rule", "new-rule")]
)
def test_a_misspelt_command_is_guessed(name: str, meant: str) -> None:
    outcome = run_here(name, ".")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"layercheck: there is no command {name!r}; did you mean {meant!r}?\n"


def test_an_unknown_option_before_the_command_is_told() -> None:
    outcome = run_here("--colour", "check")

    assert outcome.code == 2
    assert "No such option '--colour'" in outcome.err


def test_the_module_can_be_run() -> None:
    process = subprocess.run(
        [sys.executable, "-m", "layercheck", "--version"],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert process.stdout == f"layercheck {__version__}\n"


def test_a_bug_of_ours_is_exit_code_three_and_says_how_to_report_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, {"app/api/x.py": ""})
    monkeypatch.setattr("layercheck.cli.check.find_targets", lambda *_, **__: 1 / 0)

    outcome = run_here("check", tmp_path)

    assert outcome.code == main.EXIT_OUR_BUG == 3
    assert outcome.out == ""
    assert "a bug in layercheck" in outcome.err
    assert "ZeroDivisionError" in outcome.err
    assert "/issues" in outcome.err


def test_the_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    files = {"app/api/x.py": "", "app/services/y.py": "import app.api.x\n", "app/main.py": ""}
    write_project(tmp_path, files)

    assert run_apart("check", folder=tmp_path).code == 1
    assert run_apart("check", "--ignore", "LC101", folder=tmp_path).code == 0
    assert run_apart("check", "nowhere", folder=tmp_path).code == 2
