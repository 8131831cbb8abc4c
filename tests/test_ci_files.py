"""What people copy to their CI servers works: the action, the problem matcher, the page that tells of them."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from layercheck.cli.commands import check as check_command
from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.display import get_start, show_path
from layercheck.reporters.formats.concise import render
from layercheck.reporters.registry import list_formats
from layercheck.rule.render_context import RenderContext
from tests.reports import find, report_on, reports
from tests.running import LAYERS, clean_environment, write_project

if TYPE_CHECKING:
    from layercheck.model.report import Report

ROOT = Path(__file__).parents[1]
ACTION = (ROOT / "action.yml").read_text("utf-8")
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
MATCHERS = json.loads((ROOT / ".github" / "layercheck-matcher.json").read_text("utf-8"))["problemMatcher"]
INPUTS = re.findall(r"^  ([\w-]+):\n    description:", ACTION, re.MULTILINE)


def match(line: str) -> dict[str, str]:
    """Read a line as GitHub's runner does: the first matcher that fits, its severity where the line gives none."""
    for matcher in MATCHERS:
        (pattern,) = matcher["pattern"]
        found = re.search(pattern["regexp"], line, re.ASCII)
        if found:
            groups = {name: found[group] for name, group in pattern.items() if name != "regexp"}
            return {"severity": matcher.get("severity", "error")} | groups
    raise AssertionError(line)


def read_scripts() -> list[str]:
    """The scripts of the action's steps."""
    blocks = re.findall(r"^      run: \|\n((?:        .*\n|\n)+)", ACTION, re.MULTILINE)
    return ["".join(line[8:] for line in block.splitlines(keepends=True)) for block in blocks]


def run_script(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    variables = clean_environment() | environment
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("severity", Severity)
def test_the_matcher_reads_concise_lines(severity: Severity) -> None:
    finding = find(severity=severity, location=Location("app: x/a b.py"), message="`a`: b [c]")
    assert match(render(report_on(finding), RenderContext(Path())).rstrip("\n")) == {
        "file": "app: x/a b.py",
        "line": "1",
        "column": "1",
        "severity": "notice" if severity is Severity.INFO else severity,
        "code": "LC101",
        "message": "`a`: b [c]",
    }


@given(reports)
@settings(max_examples=30, deadline=None)
def test_the_matcher_reads_any_finding(report: Report) -> None:
    lines = render(report, RenderContext(Path())).splitlines()
    for line, finding in zip(lines, report.findings, strict=True):
        found = match(line)
        assert (found["code"], int(found["line"])) == (finding.code, get_start(finding.location).line)
        assert found["file"] == show_path(finding.location.path, "")


def test_every_matcher_has_an_owner_of_its_own() -> None:
    assert len({matcher["owner"] for matcher in MATCHERS}) == len(MATCHERS) == 2


def test_the_action_is_a_composite_one_whose_steps_say_their_shell() -> None:
    assert "\nruns:\n  using: composite\n  steps:\n" in ACTION
    assert "\t" not in ACTION
    assert ACTION.count("run: |") == ACTION.count("shell: bash") == len(read_scripts()) == 2


def test_every_input_of_the_action_is_used_and_told_of() -> None:
    assert set(re.findall(r"inputs\.([\w-]+)", ACTION)) == set(INPUTS)
    assert re.findall(r"^\| `([\w-]+)` \| [^|]+ \|$", PAGE.partition("| input |")[2], re.MULTILINE) == INPUTS


def test_no_input_becomes_part_of_a_script() -> None:
    assert [script for script in read_scripts() if "${{" in script] == []


def test_every_script_is_bash() -> None:
    for script in read_scripts():
        assert subprocess.run(["bash", "-n", "-c", script], check=False).returncode == 0


@pytest.fixture
def backend(tmp_path: Path) -> Path:
    """A project with one finding, and beside it the folder of programs that the action would have made."""
    program = tmp_path / "programs" / "layercheck"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m layercheck "$@"\n')
    program.chmod(0o755)
    return write_project(
        tmp_path / "backend", LAYERS | {"app/models/base.py": "import app.services.base\n", "app/models/b c.py": ""}
    )


def run_check(backend: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inputs = {"PATHS": "", "ARGUMENTS": "", "SARIF_FILE": "", "FAIL_ON": "", "SINCE": ""}
    inputs["XDG_CACHE_HOME"] = str(backend.parent / "runner")
    programs = str(backend.parent / "programs")
    return run_script(read_scripts()[1], backend, **{"PROGRAMS": programs, **inputs, **environment})


def test_the_action_checks_everything_and_says_so_in_its_exit_code(backend: Path) -> None:
    outcome = run_check(backend, GITHUB_ACTIONS="true", LAYERCHECK_NO_CI="")

    assert outcome.stderr == ""
    assert outcome.returncode == 1
    assert "\n::error title=layercheck (LC101)," in outcome.stdout
    assert not (backend / ".layercheck_cache").exists()
    assert (backend.parent / "runner" / "layercheck" / "cache" / "facts.msgpack").is_file()


def test_the_action_fails_on_what_it_is_told_to(backend: Path) -> None:
    (backend / "app" / "models" / "base.py").write_text("")

    assert run_check(backend, ARGUMENTS="--ignore LC2").returncode == 0
    assert run_check(backend, ARGUMENTS="--ignore LC2", FAIL_ON="info").returncode == 0
    (backend / "app" / "odd.py").write_text("import os\n")
    assert run_check(backend, ARGUMENTS="--ignore LC2").returncode == 0
    assert run_check(backend, ARGUMENTS="--ignore LC2", FAIL_ON="info").returncode == 1


def test_the_action_takes_several_paths_and_arguments(backend: Path) -> None:
    paths = "app/services\napp/models/base.py"
    outcome = run_check(backend, PATHS=paths, ARGUMENTS="--output-format concise --ignore LC107")

    assert outcome.stdout.startswith("app/models/base.py:1:8: error[LC101]")
    assert len(outcome.stdout.splitlines()) == 1
    assert run_check(backend, PATHS="app/services").returncode == 0


def test_the_action_writes_sarif_beside_annotations(backend: Path) -> None:
    outcome = run_check(backend, SARIF_FILE="out put.sarif")

    assert "::error " in outcome.stdout
    assert len(json.loads((backend / "out put.sarif").read_text("utf-8"))["runs"][0]["results"]) == 1


@pytest.mark.parametrize(("version", "package"), [("", "/action"), ("1.2.3", "layercheck==1.2.3")])
def test_the_action_installs_what_it_is_told_to(version: str, package: str, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(
        # Stands for the Python of the server: its environments note what they are to install.
        '#!/bin/sh\nmkdir -p "$4/bin"\nprintf \'#!/bin/sh\\necho "$@"\\n\' > "$4/bin/python"\nchmod +x "$4/bin/python"\n'
    )
    python.chmod(0o755)
    output = tmp_path / "output"
    variables: dict[str, Any] = {"PYTHON": str(python), "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(output)}
    outcome = run_script(read_scripts()[0], tmp_path, VERSION=version, GITHUB_ACTION_PATH="/action", **variables)

    assert outcome.stdout.split()[-1] == package
    assert output.read_text() == f"programs={tmp_path}/layercheck-environment/bin\n"


def test_the_page_names_only_options_that_there_are() -> None:
    options = {name for parameter in check_command.command.params for name in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE)) <= options


def test_the_page_tells_of_every_format_and_of_no_other() -> None:
    table = PAGE.partition("| format |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == list(list_formats())
    asked_for = re.findall(r"--output-format (\w+)", PAGE)
    assert set(asked_for) - {"NAME"} <= set(list_formats())


def test_links_of_the_page_lead_somewhere() -> None:
    links = re.findall(r"\]\((\.[^)]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []
