from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from layercheck.plugins.built_in import builtin_rules
from layercheck.reporters.registry import list_formats
from tests.running import clean_environment, run_here
from tests.terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path

CODES = [rule.code for rule in builtin_rules()]
SHELLS = ["bash", "zsh", "fish", "powershell"]
# `compopt` only works while somebody really presses TAB.
BASH = """
eval "$(layercheck completion bash)"
compopt() { printf 'compopt %s\\n' "$2"; }
COMP_WORDS=("$@")
COMP_CWORD=$(( $# - 1 ))
_layercheck_completion layercheck
printf '%s\\n' "${COMPREPLY[@]}"
"""


def test_the_shells_are_listed() -> None:
    outcome = run_here("completion")

    assert outcome.code == 2
    assert "\n    bash,\n    zsh," in outcome.err


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A place where `layercheck` is a command."""
    program = tmp_path / "bin" / "layercheck"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m layercheck "$@"\n')
    program.chmod(0o755)
    environment = clean_environment()
    return environment | {"PATH": f"{program.parent}:{environment['PATH']}", "HOME": str(tmp_path)}


def _run(command: list[str], environment: dict[str, str]) -> list[str]:
    process = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert (process.returncode, process.stderr) == (0, "")
    return process.stdout.splitlines()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["ru"], ["rule"]),
        (["comp"], ["completion"]),
        (["completion", ""], SHELLS),
        (["rule", ""], CODES),
        (["rule", "LC10"], [code for code in CODES if code.startswith("LC10")]),
        (["rule", "lc101"], ["LC101"]),
        (["rule", "skip"], ["skipped-layer"]),
        (["check", "--select", "LC0"], [code for code in CODES if code.startswith("LC0")]),
        (
            ["check", "--ignore", "LC101,LC102,LC10"],
            [f"LC101,LC102,{code}" for code in CODES if code.startswith("LC10") and code > "LC102"],
        ),
        (["check", "--ignore", "LC101,leaf"], ["LC101,leaf-layer"]),
        (["baseline", "--rule", "leaf"], ["leaf-layer"]),
        (["check", "--output-format", ""], list(list_formats())),
        (["check", "--fail-on", "w"], ["warning"]),
        (["check", "--wat"], ["--watch"]),
        (["check", "app/"], ["compopt default", ""]),
        (["check", "--config", ""], ["compopt default", ""]),
        (["init", "--setting", "str"], ["strict"]),
        (["rule", "XX"], [""]),
        (["explain", "leaf"], ["leaf-layer"]),
        (["explain", "app/"], ["compopt default", ""]),
    ],
    ids=" ".join,
)
def test_bash_completes(words: list[str], expected: list[str], environment: dict[str, str]) -> None:
    command = ["bash", "--norc", "--noprofile", "-c", BASH, "bash", "layercheck", *words]

    assert _run(command, environment) == expected


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_tab_in_a_real_bash(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "a_backend").mkdir()
    with Terminal(["bash", "--norc", "--noprofile", "-i"], folder=tmp_path, environment=environment) as terminal:
        terminal.type('eval "$(layercheck completion bash)"; echo rea"dy"\n')
        terminal.wait_for("ready")
        terminal.type("layercheck rule skip\t")
        terminal.wait_for("skipped-layer")
        terminal.type("\x15layercheck check a_b\t")
        terminal.wait_for("a_backend/")


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
def test_fish_completes(environment: dict[str, str]) -> None:
    script = 'layercheck completion fish | source; complete -C "layercheck rule LC101"'

    assert _run(["fish", "-c", script], environment) == ["LC101\tlayer-order"]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_zsh_completes(tmp_path: Path, environment: dict[str, str]) -> None:
    with Terminal(["zsh", "-f", "-i"], folder=tmp_path, environment=environment) as terminal:
        terminal.type('autoload -U compinit; compinit -u -D; eval "$(layercheck completion zsh)"; echo rea"dy"\n')
        terminal.wait_for("ready")
        terminal.type("layercheck rule skip\t")
        terminal.wait_for("skipped-layer")


@pytest.mark.skipif(shutil.which("pwsh") is None, reason="needs PowerShell")
def test_powershell_completes(environment: dict[str, str]) -> None:
    script = (
        "layercheck completion powershell | Out-String | Invoke-Expression; "
        "(TabExpansion2 'layercheck rule skip' 20).CompletionMatches.CompletionText"
    )

    assert _run(["pwsh", "-NoProfile", "-Command", script], environment) == ["skipped-layer"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_script_says_how_to_install_it(shell: str) -> None:
    outcome = run_here("completion", shell)

    assert (outcome.code, outcome.err) == (0, "")
    assert f"layercheck completion {shell}" in outcome.out
    assert f"{shell}_complete" in outcome.out
    assert outcome.out.endswith("\n")


def test_zsh_finds_its_mark_in_the_first_line() -> None:
    assert run_here("completion", "zsh").out.startswith("#compdef layercheck\n")


def test_another_shell_is_a_mistake() -> None:
    outcome = run_here("completion", "tcsh")

    assert outcome.code == 2
    assert "tcsh" in outcome.err
