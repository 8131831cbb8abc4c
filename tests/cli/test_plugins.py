from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from layercheck.files.discovery import BASELINE_NAME
from tests.plugin_files import FAILING, RULE, install
from tests.repositories import GitRepository
from tests.running import LAYERS, SOURCE, clean_environment, run_apart, run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

PLUGIN = 'plugins = ["rules.py"]\n'
GIFTS = """
@hookimpl
def layercheck_presets():
    return {"acme": {"severity": {"XY101": "error"}}}


@hookimpl
def layercheck_reporters():
    return {"count": lambda report, context: f"{len(report.findings)} in {context.root.name}\\n"}
"""


def run_installed(
    root: Path, plugin: str, *arguments: str, configuration: str = "", name: str = "acme-rules"
) -> Outcome:
    """Run the command on a small project while a plugin is installed."""
    environment = install(root / "site", {"acme_rules/__init__.py": plugin}, name)
    project = write_project(root / "project", LAYERS, configuration)
    return run_apart(*arguments, folder=project, environment=environment)


def test_an_installed_plugin_gives_rules_presets_and_formats(tmp_path: Path) -> None:
    outcome = run_installed(
        tmp_path, RULE + GIFTS, "check", "--output-format", "count", configuration='preset = "acme"\n'
    )

    assert (outcome.code, outcome.out, outcome.err) == (1, "2 in project\n", "")


def test_a_run_without_plugins_imports_nothing_of_them(tmp_path: Path) -> None:
    outcome = run_installed(tmp_path, "raise ImportError", "check", "--no-plugins")

    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(
    "command", [["check"], ["baseline", "--all"], ["rule"], ["rule", "XY101"], ["config", "--schema"]]
)
def test_a_broken_plugin_is_told_once_and_by_name(tmp_path: Path, command: list[str]) -> None:
    outcome = run_installed(tmp_path, "import nowhere_at_all\n", *command)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "layercheck: the plugin acme-rules 1.2 cannot be imported (entry point acme = acme_rules): ModuleNotFoundError: "
        f"No module named 'nowhere_at_all' ({tmp_path}/site/acme_rules/__init__.py:1). "
        "Fix or uninstall it, or disable all plugins with --no-plugins.\n"
    )


def test_two_distributions_cannot_give_the_same(tmp_path: Path) -> None:
    install(tmp_path / "site", {"beta_rules.py": RULE}, "beta-rules", "beta_rules")

    outcome = run_installed(tmp_path, RULE, "check")

    assert outcome.code == 2
    assert "the plugin beta-rules 1.2 gives the rule XY101 the code 'XY101'" in outcome.err
    assert "which is XY101 too-many of acme-rules 1.2. Fix or uninstall it" in outcome.err


def test_a_plugin_that_is_installed_and_configured_counts_once(tmp_path: Path) -> None:
    outcome = run_installed(tmp_path, RULE, "check", "-q", configuration='plugins = ["acme_rules"]\n')

    assert (outcome.code, outcome.err) == (0, "")
    assert "1 more of XY101 too-many" in outcome.out


def test_a_plugin_of_a_newer_version_makes_old_reports_void(tmp_path: Path) -> None:
    first = run_installed(tmp_path, RULE, "check", "--output-format", "json")
    second = run_installed(tmp_path, RULE.replace("a module", "another"), "check", "--output-format", "json")

    assert [each["message"] for each in first.report["findings"]] == ["a module"] * 2
    assert [each["message"] for each in second.report["findings"]] == ["another"] * 2


def test_a_rule_that_raises_ends_with_2_and_the_others_are_told(tmp_path: Path) -> None:
    files = LAYERS | {"rules.py": FAILING, "app/models/user.py": "import app.services.base\n"}
    write_project(tmp_path, files, PLUGIN)

    text = run_apart("check", "--output-format", "concise", folder=tmp_path)
    again = run_apart("check", "--output-format", "json", folder=tmp_path)

    assert (text.code, again.code) == (2, 2)
    assert "LC101" in text.out
    assert text.err == again.err
    assert text.err.startswith(
        "layercheck: the rule XY102 failing of the plugin rules.py failed: ValueError: kaboom (rules.py:12); "
        "its findings are missing. Fix it"
    )
    assert len(text.err.splitlines()) == 1
    assert again.report["failures"] == [
        {
            "code": "XY102",
            "name": "failing",
            "plugin": "rules.py",
            "message": "ValueError: kaboom",
            "path": "rules.py",
            "line": 12,
        }
    ]


def test_a_rule_that_raises_is_in_the_sarif_file(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": FAILING}, PLUGIN)

    (run,) = run_here("check", tmp_path, "--output-format", "sarif").report["runs"]

    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["level"] == "error"
    assert told["associatedRule"] == {"id": "XY102"}
    assert "XY102" in {rule["id"] for rule in run["tool"]["driver"]["rules"]}


def test_the_summary_does_not_call_it_clean(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": FAILING}, PLUGIN)

    assert "No verdict on 3 modules: 1 rule failed." in run_here("check", tmp_path).out


def test_the_baseline_is_not_touched_where_a_rule_fails(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": FAILING, BASELINE_NAME: "XY102 app.models.base\n"}, PLUGIN)

    outcome = run_here("baseline", tmp_path, "--prune")

    assert outcome.code == 2
    assert "the rule XY102 failing of the plugin rules.py failed" in outcome.err
    assert (tmp_path / BASELINE_NAME).read_text() == "XY102 app.models.base\n"


def test_findings_of_plugins_are_accepted_and_suppressed_like_ours(tmp_path: Path) -> None:
    files = LAYERS | {"rules.py": RULE, "app/models/base.py": "x = 1  # layercheck: ignore-file[too-many] known\n"}
    write_project(tmp_path, files, PLUGIN)

    accepted = run_here("baseline", tmp_path, "--rule", "too-many")
    outcome = run_here("check", tmp_path)
    left_out = run_here("check", tmp_path, "--no-plugins")

    assert accepted.code == 0
    assert "XY101 app.services.base" in (tmp_path / BASELINE_NAME).read_text()
    assert (outcome.code, left_out.code) == (0, 0)
    assert "XY101" not in outcome.out
    assert "1 suppressed" in outcome.out
    # What is said of rules that are left out is neither wrong nor needless.
    assert "LC00" not in left_out.out


def test_a_configuration_may_name_rules_that_are_left_out(tmp_path: Path) -> None:
    named = 'select = ["LC1", "XY1", "too-many"]\nseverity.XY101 = "error"\nrules.too-many.x = 1\n'
    write_project(tmp_path, LAYERS | {"rules.py": RULE}, PLUGIN + named)

    assert run_here("check", tmp_path, "--no-plugins").code == 0
    wrong = run_here("check", tmp_path, "--no-plugins", "--select", "LC999")
    assert wrong.code == 2
    assert "found 'LC999'" in wrong.err


def test_a_preset_that_is_left_out_is_told(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": RULE + GIFTS}, PLUGIN + 'preset = "acme"\n')

    outcome = run_here("check", tmp_path, "--no-plugins")

    assert outcome.code == 2
    assert "unknown preset 'acme' (plugins are left out); known are django, hexagonal, layered" in outcome.err


def test_the_rules_of_plugins_are_listed_and_explained(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": RULE}, PLUGIN)

    listed = run_apart("rule", folder=tmp_path / "app")
    explained = run_apart("rule", "xy101", folder=tmp_path / "app")
    elsewhere = run_apart("rule", "--config", tmp_path / "layercheck.toml", folder=SOURCE)
    without = run_apart("rule", "--no-plugins", folder=tmp_path / "app")

    assert "XY101  too-many" in listed.out
    assert "A project with modules." in explained.out
    assert "XY101  too-many" in elsewhere.out
    assert "XY101" not in without.out


def test_the_schema_describes_the_options_of_plugins(tmp_path: Path) -> None:
    options = (
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Limits:\n    most_names: int = 3\n\n\n"
    )
    text = options + RULE.replace("    severity =", "    Options = Limits\n    severity =")
    write_project(tmp_path, LAYERS | {"rules.py": text}, PLUGIN)

    schema: dict[str, Any] = json.loads(run_apart("config", "--schema", folder=tmp_path).out)

    validator = jsonschema.Draft7Validator(schema)
    assert validator.is_valid({"rules": {"XY101": {"most-names": 4}, "too-many": {}}})
    assert not validator.is_valid({"rules": {"XY101": {"most-name": 4}}})
    assert not validator.is_valid({"rules": {"XY101": {"most-names": "4"}}})


def test_a_format_that_fails_is_told_with_its_plugin(tmp_path: Path) -> None:
    text = (
        "from layercheck import hookimpl\n\n\n@hookimpl\ndef layercheck_reporters():\n"
        "    return {'none': lambda report, context: None, 'broken': lambda report, context: 1 / 0}\n"
    )
    write_project(tmp_path, LAYERS | {"rules.py": text}, PLUGIN)

    none = run_here("check", tmp_path, "--output-format", "none")
    broken = run_here("check", tmp_path, "--output-format", "broken")
    unknown = run_here("check", tmp_path, "--output-format", "brokn")

    assert (none.code, broken.code, unknown.code) == (2, 2, 2)
    assert "the plugin rules.py gives NoneType for the format 'none': expected a str" in none.err
    assert "the plugin rules.py fails to write the format 'broken': ZeroDivisionError" in broken.err
    assert "unknown output format 'brokn'; choose one of agent, azure, broken, checkstyle" in unknown.err


def test_a_format_cannot_replace_ours(tmp_path: Path) -> None:
    text = (
        "from layercheck import hookimpl\n\n\n@hookimpl\ndef layercheck_reporters():\n"
        "    return {'text': lambda report, context: ''}\n"
    )
    write_project(tmp_path, LAYERS | {"rules.py": text}, PLUGIN)

    outcome = run_here("check", tmp_path)

    assert outcome.code == 2
    assert "the plugin rules.py gives the format 'text', which is layercheck's own" in outcome.err


def test_a_commit_is_judged_by_the_plugins_of_today(tmp_path: Path) -> None:
    gone = {"rules.py": "raise ImportError('of the past')\n"}
    GitRepository.make(tmp_path, LAYERS | gone | {"layercheck.toml": PLUGIN})
    write_tree(tmp_path, {"rules.py": RULE, "app/models/user.py": ""})

    outcome = run_here("diff", "HEAD", tmp_path, "--output-format", "json")

    assert outcome.code == 0, outcome.err
    assert [each["path"] for each in outcome.report["introduced"]] == ["app/models/user.py"]


def test_a_rule_that_raises_makes_no_verdict_on_a_change(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, LAYERS | {"rules.py": RULE, "layercheck.toml": PLUGIN})
    only_now = RULE.replace(
        "for module in", "if len(project.modules) > 3: raise ValueError('many')\n        for module in"
    )
    write_tree(tmp_path, {"rules.py": only_now, "app/models/user.py": ""})

    outcome = run_here("diff", "HEAD", tmp_path, "--output-format", "json")
    since = run_here("check", tmp_path, "--since", "HEAD")

    assert (outcome.code, since.code) == (2, 2)
    assert "ValueError: many" in outcome.err
    assert outcome.report["resolved"] == []
    assert [each["code"] for each in outcome.report["failures"]] == ["XY101"]


def test_rules_of_plugins_cost_nothing_where_there_are_none(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS)
    program = (
        "import sys\nfrom layercheck.cli.main import run\nrun(sys.argv[1:])\nprint(*sys.modules, file=sys.stderr)\n"
    )

    def imported(environment: dict[str, str]) -> set[str]:
        process = subprocess.run(
            [sys.executable, "-c", program, "check"],
            cwd=tmp_path,
            env=clean_environment() | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return set(process.stderr.split())

    without = imported({})
    with_one = imported(install(tmp_path / "site", {"acme_rules/__init__.py": RULE}))

    assert not {"importlib.metadata", "layercheck.plugins.configured", "runpy"} & without
    assert {"importlib.metadata", "acme_rules"} <= with_one


def test_the_example_of_the_page_works(tmp_path: Path) -> None:
    page = (SOURCE.parent / "docs" / "plugins.md").read_text("utf-8")
    rule, configuration = (page.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("python", "toml"))
    files = LAYERS | {"tools/lint_rules.py": rule, "pyproject.toml": configuration.replace("30", "0")}
    write_tree(tmp_path, files)

    outcome = run_apart("check", "--output-format", "json", "--select", "XY", folder=tmp_path)

    assert outcome.err == ""
    assert [(each["code"], each["message"]) for each in outcome.report["findings"]] == [
        ("XY101", "`models` has 1 modules"),
        ("XY101", "`services` has 1 modules"),
    ]


@pytest.mark.parametrize("value", ['"rules.py"', "[3]", '[""]', "{}"])
def test_plugins_of_another_shape_are_a_mistake_like_any_other(tmp_path: Path, value: str) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": RULE}, f"plugins = {value}\n")

    outcome = run_here("check", tmp_path)

    assert outcome.code == 2
    assert f"{tmp_path / 'layercheck.toml'}:1: plugins: expected " in outcome.err


def test_a_file_may_lie_outside_and_change_what_python_knows(tmp_path: Path) -> None:
    unruly = "import sys\nsys.path = ['/nowhere']\n" + RULE
    write_tree(tmp_path, {"shared/rules.py": unruly, "shared/words.py": ""})
    project = write_project(tmp_path / "project", LAYERS, 'plugins = ["../shared/rules.py"]\n')

    outcome = run_here("check", project)

    assert (outcome.code, outcome.err) == (0, "")
    assert "XY101" in outcome.out
    assert "/nowhere" not in sys.path


def test_a_rule_that_fails_is_an_error_in_junit(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": FAILING}, PLUGIN)

    out = run_here("check", tmp_path, "--output-format", "junit").out

    assert '<testsuites name="layercheck" tests="1" failures="0" skipped="0" errors="1">' in out
    assert '<error message="ValueError: kaboom">the rule XY102 failing of the plugin rules.py failed' in out
