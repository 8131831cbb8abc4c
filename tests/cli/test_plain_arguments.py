from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from typing import TYPE_CHECKING

import click
import pytest
from hypothesis import given, strategies as st

from layercheck.cli.check_request import CheckRequest
from layercheck.cli.command_group import layercheck
from layercheck.cli.commands.check import command
from layercheck.cli.plain_arguments import read_plainly
from layercheck.cli.plain_options import OPTIONS
from tests.running import clean_environment, write_project

if TYPE_CHECKING:
    from pathlib import Path

WORDS = sorted(
    {word for parameter in command.params for word in (*parameter.opts, *parameter.secondary_opts)}
    | {f"{word}=x" for word in OPTIONS}
    | {
        "app",
        "-",
        "--",
        "",
        " ",
        "LC101,LC2",
        ",",
        "error",
        "always",
        "-qv",
        "-qq",
        "--help",
        "-h",
        "--no",
        "--select=",
        "-ox",
    }
)


def _read_with_click(arguments: list[str]) -> CheckRequest | None:
    try:
        with redirect_stderr(StringIO()):
            # With the settings of the group, as click keeps the help option that it makes for the first call.
            return CheckRequest(**command.make_context("check", list(arguments), **layercheck.context_settings).params)
    except (click.ClickException, click.exceptions.Exit):
        return None


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_read_without_click_is_what_click_reads(arguments: list[str]) -> None:
    # A folder that is named is made.
    plain = [each for each in arguments if not each.startswith("--cache-dir")]

    request = read_plainly(plain)

    assert request is None or request == _read_with_click(plain)


@pytest.mark.parametrize(
    "line",
    [
        "",
        ".",
        "--no-cache",
        "--select LC101,LC2 --select=layer-order --ignore LC204 --exact",
        "--output-format json --output-format sarif=x.sarif -q -v -v --color always --fail-on warning",
        "--since main... --statistics --timings --no-plugins --no-ci",
        "--stdin-filename app/x.py --config layercheck.toml",
        "--cache-dir {} --facts a --facts b",
    ],
)
def test_what_is_plain_is_read_without_click(line: str, tmp_path: Path) -> None:
    arguments = line.format(tmp_path / "cache").split()

    assert read_plainly(arguments) == _read_with_click(arguments) != None  # noqa: E711  (both are read)


@pytest.mark.parametrize(
    "line", ["--help", "-h", "--slect LC1", "-o x", "--fail-on never", "-- app", "-", "--select", "--exact --exact"]
)
def test_what_is_not_plain_is_left_to_click(line: str) -> None:
    assert read_plainly(line.split()) is None


def test_what_cannot_be_used_is_left_to_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")

    assert read_plainly(["--cache-dir", str(tmp_path / "file" / "cache")]) is None
    assert read_plainly(["x" * 10_000]) == _read_with_click(["x" * 10_000])
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert read_plainly([str(tmp_path)]) is None
    monkeypatch.setenv("_LAYERCHECK_COMPLETE", "bash_complete")
    assert read_plainly([]) is None


@pytest.mark.parametrize("mistake", ["--help", "--slect LC1", "--fail-on never"])
def test_no_folder_is_made_for_arguments_that_are_left_to_click(mistake: str, tmp_path: Path) -> None:
    assert read_plainly(["--cache-dir", str(tmp_path / "cache"), *mistake.split()]) is None
    assert not (tmp_path / "cache").exists()


def test_a_plain_check_does_without_click(tmp_path: Path) -> None:
    write_project(tmp_path, {"app/api/users.py": "import app.models.user\n", "app/models/user.py": ""})
    program = (
        "import sys\nfrom layercheck.cli.main import run\ncode = run(sys.argv[1:])\nprint(*sys.modules)\nsys.exit(code)"
    )

    for arguments, has_click in ((["--no-cache"], False), (["--no-cache", "-o", "report"], True)):
        done = subprocess.run(
            [sys.executable, "-c", program, "check", *arguments],
            cwd=tmp_path,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

        assert done.returncode == 0, done.stderr
        assert ("click" in done.stdout.splitlines()[-1].split()) is has_click
