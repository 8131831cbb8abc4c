from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests.repositories import git, make_repository
from tests.running import clean_environment, run_apart, run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
}
ERROR = {"app/models/user.py": "import app.services.users\n"}
WARNING = {"app/utils/text.py": "import app.models.user\n"}
INFO = {"app/blob.py": ""}


def _run_in_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        line.format(command=f"{sys.executable} -m layercheck"),
        shell=True,
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _files_below(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_a_clean_project(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED)

    outcome = run_here("check", tmp_path)

    assert outcome.code == 0
    assert "All 5 modules keep the layers." in outcome.out
    assert outcome.err == ""


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257])
def test_any_number_of_findings_is_exit_code_one(tmp_path: Path, count: int) -> None:
    many = {f"app/models/m{number}.py": "import app.services.users\n" for number in range(count)}
    write_project(tmp_path, LAYERED | many)

    outcome = run_here("check", "--output-format", "concise", tmp_path)

    assert outcome.code == 1
    assert len(outcome.out.splitlines()) == count


@pytest.mark.parametrize(
    ("files", "fail_on", "code"),
    [
        (ERROR, "error", 1),
        (WARNING, "error", 0),
        (WARNING, "warning", 1),
        (INFO, "warning", 0),
        (INFO, "info", 1),
        ({}, "info", 0),
    ],
)
def test_fail_on_is_a_threshold(tmp_path: Path, files: dict[str, str], fail_on: str, code: int) -> None:
    write_project(tmp_path, LAYERED | files)

    assert run_here("check", "--fail-on", fail_on, tmp_path).code == code


def test_findings_below_the_threshold_are_shown_all_the_same(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | WARNING)

    assert "LC104" in run_here("check", tmp_path).out


def test_paths_narrow_what_is_reported_but_not_what_is_known(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR | WARNING)

    whole = run_here("check", "--output-format", "json", tmp_path)
    models = run_here("check", "--output-format", "json", tmp_path / "app" / "models")
    file = run_here("check", "--output-format", "json", tmp_path / "app/utils/text.py")
    clean = run_here("check", "--output-format", "json", tmp_path / "app" / "api")

    assert [code for code, _, _ in whole.findings] == ["LC101", "LC104"]
    assert [code for code, _, _ in models.findings] == ["LC101"]
    assert [code for code, _, _ in file.findings] == ["LC104"]
    assert (clean.findings, clean.code) == ([], 0)
    assert {outcome.report["coverage"]["modules"] for outcome in (whole, models, file, clean)} == {6}


def test_the_paths_of_the_report_are_relative_to_the_root_in_json_and_to_the_user_in_text(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR)

    with chdir(tmp_path / "app"):
        text = run_here("check", "--output-format", "concise")
        machine = run_here("check", "--output-format", "json")

    assert "models/user.py:1:8: error[LC101]" in text.out
    assert machine.report["findings"][0]["path"] == "app/models/user.py"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("text", "../models/user.py:1:8: error[LC101]"),
        ("concise", "../models/user.py:1:8: error[LC101]"),
        ("checkstyle", '<file name="../models/user.py">'),
        ("rdjson", '"path": "../models/user.py"'),
        ("json", '"path": "app/models/user.py"'),
        ("github", ",file=backend/app/models/user.py,"),
        ("azure", ";sourcepath=backend/app/models/user.py;"),
        ("gitlab", '"path": "backend/app/models/user.py"'),
        ("junit", ' file="backend/app/models/user.py"'),
        ("sarif", '"uri": "backend/app/models/user.py"'),
        ("sonarqube", '"filePath": "backend/app/models/user.py"'),
        ("markdown", "`backend/app/models/user.py:1:8`"),
    ],
)
def test_paths_from_a_folder_of_the_project(tmp_path: Path, name: str, shown: str) -> None:
    (tmp_path / ".git").mkdir()
    root = write_project(tmp_path / "backend", LAYERED | ERROR)

    with chdir(root / "app/api"):
        outcome = run_here("check", "--no-cache", "--output-format", name, root)

    assert outcome.code == 1
    assert shown in outcome.out


def test_every_command_writes_paths_from_where_the_user_stands(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | ERROR)

    with chdir(root / "app/models"):
        assert run_here("check", "--no-cache", "-q", "--output-format", "concise").out.startswith("user.py:1:8: ")
        assert run_here("check", "--show-files", root).out.splitlines() == [
            "../__init__.py",
            "../api/users.py",
            "../main.py",
            "user.py",
            "../services/users.py",
        ]
        assert "\nuser.py " in f"\n{run_here('roles').out}"
        assert run_here("explain", "user.py:1").out.startswith("user.py:1:8: error[LC101]")


def test_select_and_ignore(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR | WARNING | INFO)

    def codes(*options: str) -> list[str]:
        outcome = run_here("check", "--output-format", "json", *options, tmp_path)
        return sorted(code for code, _, _ in outcome.findings)

    assert codes() == ["LC101", "LC104", "LC107"]
    assert codes("--select", "LC101") == ["LC101"]
    assert codes("--select", "layer-order,leaf-layer") == ["LC101", "LC104"]
    assert codes("--select", "LC101", "--select", "LC107") == ["LC101", "LC107"]
    assert codes("--ignore", "LC104, LC107") == ["LC101"]
    assert codes("--ignore", "LC1") == []
    # The cycle that LC101 would report is a tangle of its own where that does not run.
    assert codes("--select", "LC1", "--ignore", "layer-order") == ["LC104", "LC107", "LC150"]


def test_a_run_without_rules_is_not_green(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED)

    outcome = run_here("check", "--no-cache", "--select", "LC1", "--ignore", "LC1", tmp_path)

    assert (outcome.code, outcome.out) == (2, "")
    assert "`select` and `ignore` leave no rule to run" in outcome.err


def test_packages_that_are_not_there_are_told(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED, "packages = ['appp']")

    outcome = run_here("check", "--no-cache", tmp_path)

    assert outcome.code == 2
    assert "there is no package 'appp' here; did you mean 'app'?" in outcome.err


def test_an_unknown_rule_is_a_mistake(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED)

    outcome = run_here("check", "--select", "LC999", tmp_path)

    assert outcome.code == 2
    assert outcome.out == ""
    assert "--select" in outcome.err
    assert "LC999" in outcome.err


def test_all_mistakes_of_the_configuration_are_told_with_their_lines(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "pyproject.toml": """
            [tool.layercheck]
            exclud = ["x"]
            exhaustive = "yes"
            layers = ["a | b : c"]

            [tool.layercheck.severity]
            LC999 = "error"
            LC101 = "fatal"
            """,
            **LAYERED,
        },
    )

    outcome = run_here("check", tmp_path)

    assert outcome.code == 2
    assert outcome.out == ""
    first, *others = outcome.err.splitlines()
    assert first == "layercheck: 5 mistakes in the configuration"
    places = [line.partition("pyproject.toml:")[2].partition(":")[0] for line in others]
    assert places == ["3", "4", "5", "8", "9"]
    assert "did you mean" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--no-such-option"],
        ["check", "--fail-on", "fatal"],
        ["check", "--output-format", "xml"],
        ["check", "nowhere"],
        ["check", "--config", "nowhere.toml"],
        ["check", "-o", "nowhere/report.txt"],
        ["check", "--color", "sometimes"],
        ["no-such-command"],
        ["rule", "LC999"],
    ],
)
def test_what_makes_no_sense_is_exit_code_two_with_one_reason(tmp_path: Path, arguments: list[str]) -> None:
    write_project(tmp_path, LAYERED)

    with chdir(tmp_path):
        outcome = run_here(*arguments)

    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err != ""
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("files", [{}, {"readme.md": ""}, {"x.py": ""}, {"lib/a.py": "import lib.b\n", "lib/b.py": ""}])
def test_where_nothing_is_recognised_the_run_is_not_green(tmp_path: Path, files: dict[str, str]) -> None:
    write_project(tmp_path, files)

    outcome = run_here("check", tmp_path)

    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("layercheck: ")


def test_the_report_can_be_written_to_a_file(tmp_path: Path) -> None:
    write_project(tmp_path / "project", LAYERED | ERROR)
    target = tmp_path / "report.json"

    outcome = run_here("check", "--output-format", "json", "-o", target, tmp_path / "project")

    assert (outcome.code, outcome.out) == (1, "")
    assert len(json.loads(target.read_text())["findings"]) == 1


def test_a_file_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR)

    assert run_here("check", "-o", tmp_path / "app", tmp_path).code == 2
    outcome = run_here("check", "-o", tmp_path / "nowhere" / "report.txt", tmp_path)

    assert outcome.code == 2
    assert "cannot be written" in outcome.err
    assert not (tmp_path / ".layercheck_cache").exists()


def test_a_dash_is_the_standard_output(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR)

    with chdir(tmp_path):
        outcome = run_here("check", "-o", "-")

    assert "LC101" in outcome.out
    assert not (tmp_path / "-").exists()


def test_a_folder_that_is_gone_is_no_bug_of_ours(tmp_path: Path) -> None:
    outcome = _run_in_shell("mkdir gone && cd gone && rmdir ../gone && {command} check", tmp_path)

    assert outcome.returncode == 2
    assert "the current folder no longer exists" in outcome.stderr


def test_colour_goes_to_no_file(tmp_path: Path) -> None:
    write_project(tmp_path / "project", LAYERED | ERROR)
    target = tmp_path / "report.txt"

    run_here("check", "--output-format", "concise", "--color", "always", "-o", target, tmp_path / "project")

    assert "\x1b" not in target.read_text()


def test_the_files_that_would_be_read_can_be_listed(tmp_path: Path) -> None:
    write_project(
        tmp_path, LAYERED | {"node_modules/x.py": "", "old/y.py": "", "app/hints.pyi": ""}, 'exclude = ["old"]\n'
    )

    outcome = run_apart("check", "--show-files", folder=tmp_path)

    assert outcome.code == 0
    assert outcome.out.splitlines() == sorted([*LAYERED, "app/hints.pyi"])
    assert not (tmp_path / ".layercheck_cache").exists()


def test_all_files_are_listed_whatever_part_is_reported(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED)

    with chdir(tmp_path):
        outcome = run_here("check", "--show-files", "app/api")

    assert outcome.out.splitlines() == sorted(LAYERED)


def test_statistics_quiet_and_verbose(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR | WARNING)

    plain, statistics, quiet, verbose = (
        run_here("check", *options, tmp_path).out for options in ([], ["--statistics"], ["-q"], ["-v"])
    )

    assert "Found 1 error and 1 warning in 6 modules." in plain
    assert len(quiet) < len(plain) <= len(verbose)
    assert "severity" in statistics
    assert "LC101" in quiet


def test_timings_go_to_stderr(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED)

    outcome = run_here("check", "--timings", "--output-format", "json", tmp_path)

    assert "discover" in outcome.err
    assert outcome.report["findings"] == []


def test_nothing_is_written_but_the_cache(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR | WARNING)
    before = _files_below(tmp_path)

    run_here("check", tmp_path)

    cache = [
        ".layercheck_cache",
        *(f".layercheck_cache/{name}" for name in (".gitignore", "CACHEDIR.TAG", "assembly.msgpack", "facts.msgpack")),
    ]
    assert _files_below(tmp_path) == sorted(before + cache)


def test_no_cache_writes_nothing_at_all(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR)
    before = _files_below(tmp_path)

    run_here("check", "--no-cache", tmp_path)

    assert _files_below(tmp_path) == before


def test_the_cache_can_lie_elsewhere(tmp_path: Path) -> None:
    write_project(tmp_path / "project", LAYERED | ERROR)
    before = _files_below(tmp_path / "project")

    run_here("check", "--cache-dir", tmp_path / "cache", tmp_path / "project")

    assert _files_below(tmp_path / "project") == before
    assert (tmp_path / "cache" / "facts.msgpack").is_file()


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("layercheck.toml", "cannot be used: it is not a folder"),
        ("layercheck.toml/x", "cannot be used: Not a directory"),
        ("", "the path is empty"),
    ],
)
def test_a_cache_dir_that_cannot_be_used_is_refused(tmp_path: Path, folder: str, reason: str) -> None:
    write_project(tmp_path, LAYERED)

    outcome = run_here("check", "--cache-dir", tmp_path / folder if folder else "", tmp_path)

    assert outcome.code == 2
    assert reason in outcome.err


@pytest.mark.parametrize("arguments", [["check", ""], ["check", "app", ""], ["check", "--config", ""], ["roles", " "]])
def test_an_empty_path_is_not_the_current_folder(tmp_path: Path, arguments: list[str]) -> None:
    with chdir(write_project(tmp_path, LAYERED)):
        outcome = run_here(*arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert "the path is empty" in outcome.err


@pytest.mark.parametrize(
    ("option", "hint"), [("--selcet", " Did you mean '--select'?"), ("--json", ""), ("--rule", "")]
)
def test_only_near_options_are_suggested(option: str, hint: str) -> None:
    assert run_here("check", option).err.endswith(f"No such option '{option}'.{hint}\n")


# From here on in processes of their own.


def test_the_users_code_is_never_run(tmp_path: Path) -> None:
    marker = "import pathlib\npathlib.Path('I-WAS-RUN').touch()\n"
    # The names of what we import ourselves, from the folder in which `python -m` looks first.
    names = ["click", "msgspec", "json", "pluggy", "libcst", "pathspec", "tomli", "difflib", "shutil", "tempfile"]
    files = {f"{name}/{part}.py": marker for name in names for part in ("__init__", "services", "models")}
    files |= {f"{name}.py": marker for name in ("sitecustomize", "usercustomize", "setup", "conftest", "typing")}
    files |= {path: marker + text for path, text in (LAYERED | ERROR).items()}
    write_project(tmp_path, files)

    outcome = run_apart("check", "--output-format", "json", "--exact", folder=tmp_path)

    assert [path for path in _files_below(tmp_path) if "WAS-RUN" in path] == []
    assert ("LC101", "app/models/user.py", 3) in outcome.findings


def test_a_project_called_like_one_of_our_libraries_is_read_from_its_own_files(tmp_path: Path) -> None:
    files = {path.replace("app", "click"): text.replace("app", "click") for path, text in (LAYERED | ERROR).items()}
    write_project(tmp_path, files)

    outcome = run_here("check", "--output-format", "json", tmp_path)

    assert outcome.findings == [("LC101", "click/models/user.py", 1)]
    assert outcome.report["findings"][0]["imported"] == "click.services.users"


def test_a_reader_that_has_seen_enough_ends_the_run_quietly(tmp_path: Path) -> None:
    many = {f"app/models/m{number}.py": "import app.services.users\n" for number in range(2000)}
    write_project(tmp_path, LAYERED | many)

    process = _run_in_shell("{command} check --output-format concise | head -1", tmp_path)

    assert len(process.stdout.splitlines()) == 1
    assert process.stderr == ""


def test_an_output_that_is_closed_ends_the_run_quietly(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR)

    process = _run_in_shell("{command} check >&-", tmp_path)

    assert (process.returncode, process.stderr) == (1, "")


def test_a_full_disk_is_no_bug_of_ours(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):  # noqa: PTH110  (a device, no path of the test)
        pytest.skip("this system has no /dev/full")
    write_project(tmp_path, LAYERED | ERROR)

    process = _run_in_shell("{command} check > /dev/full", tmp_path)

    assert process.returncode == 2
    assert "Traceback" not in process.stderr
    assert "No space left on device" in process.stderr


def test_ctrl_c_ends_the_run_quietly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    write_project(tmp_path, LAYERED)
    monkeypatch.setattr("layercheck.cli.check.check_all", interrupted)

    outcome = run_here("check", "--no-cache", tmp_path)

    assert outcome.code == 130
    assert outcome.out == ""
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("environment", "options", "is_coloured"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"CLICOLOR_FORCE": "1"}, [], True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
    ],
)
def test_who_decides_on_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], options: list[str], is_coloured: bool
) -> None:
    write_project(tmp_path, LAYERED | ERROR)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    for output_format in ("concise", "text"):
        outcome = run_here("check", "--output-format", output_format, *options, tmp_path)
        assert ("\x1b[" in outcome.out) is is_coloured
    assert "\x1b[" not in run_here("check", "--output-format", "json", *options, tmp_path).out


def test_the_cache_that_was_just_written_is_used(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | ERROR)
    time.sleep(0.05)

    first = run_here("check", "--timings", "--output-format", "json", tmp_path)
    second = run_here("check", "--timings", "--output-format", "json", tmp_path)

    assert first.out == second.out
    assert "scan" in first.err
    assert "scan" not in second.err


def test_the_configuration_says_what_fails(tmp_path: Path) -> None:
    files = {"app/services/users.py": "", "app/models/user.py": "", "app/utils/text.py": "import app.models.user\n"}
    write_project(tmp_path, files)
    lenient = run_here("check", "--no-cache", tmp_path)
    (tmp_path / "layercheck.toml").write_text('fail-on = "warning"\n')
    strict = run_here("check", "--no-cache", tmp_path)
    asked = run_here("check", "--no-cache", "--fail-on", "error", tmp_path)

    assert (lenient.code, strict.code, asked.code) == (0, 1, 0)
    assert '1 warning does not fail the run; fail-on = "warning" changes that' in lenient.out
    assert "does not fail" not in strict.out


@pytest.mark.parametrize("environment", [{}, {"PRE_COMMIT": "1"}, {"CI": "true"}], ids=str)
@pytest.mark.parametrize(
    ("configuration", "arguments", "files", "code"),
    [
        ("", [], {}, 0),
        ("", [], WARNING, 0),
        ("", [], ERROR, 1),
        ("", ["--fail-on", "warning"], WARNING, 1),
        ("fail-on = 'warning'", [], WARNING, 1),
        ("fail-on = 'warning'", ["--fail-on", "error"], WARNING, 0),
        ("fail-on = 'warning'", [], {}, 0),
        ("severity.LC104 = 'error'", [], WARNING, 1),
        ("severity.LC1 = 'warning'", [], ERROR, 0),
        ("fail-on = 'never'", [], {}, 2),
        ("fail_on = 'warning'", [], {}, 2),
        ("packages = ['nothing']", [], {}, 2),
    ],
)
def test_the_exit_codes_of_the_readme(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    configuration: str,
    arguments: list[str],
    files: dict[str, str],
    code: int,
) -> None:
    root = write_project(tmp_path, LAYERED | files, configuration)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    named = sorted(root.rglob("*.py")) if "PRE_COMMIT" in environment else [root]

    assert run_here("check", "--no-cache", "--force-exclude", *arguments, *named).code == code


def test_each_of_several_projects_fails_by_its_own_configuration(tmp_path: Path) -> None:
    write_project(tmp_path / "lenient", LAYERED | WARNING)
    strict = write_project(tmp_path / "strict", LAYERED, "fail-on = 'warning'")
    paths = [tmp_path / "lenient", tmp_path / "strict"]

    passes = run_here("check", "--no-cache", *paths)
    write_tree(strict, WARNING)
    fails = run_here("check", "--no-cache", *paths)

    assert (passes.code, fails.code) == (0, 1)
    assert "1 warning does not fail" in passes.out
    assert run_here("check", "--no-cache", "--fail-on", "warning", tmp_path / "lenient").code == 1


def test_the_staged_configuration_says_what_fails(tmp_path: Path) -> None:
    root = make_repository(write_project(tmp_path, LAYERED | WARNING))
    write_tree(root, {"layercheck.toml": "fail-on = 'warning'\n"})

    assert run_here("check", "--no-cache", "--staged", root).code == 0
    git(root, "add", "--all")
    write_tree(root, {"layercheck.toml": ""})
    assert run_here("check", "--no-cache", "--staged", root).code == 1


def test_layers_without_modules_are_named(tmp_path: Path) -> None:
    write_project(tmp_path, {"app/api/users.py": "", "app/models/user.py": ""})

    assert "no modules in services, db, so LC102 reports nothing" in run_here("check", "--no-cache", tmp_path).out
