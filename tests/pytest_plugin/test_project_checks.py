"""The plugin in real runs of pytest."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.running import PROJECT_FILES, Outcome, clean_environment, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
UPWARD = "import app.services.users\n"
FILES = {
    **PROJECT_FILES,
    "pyproject.toml": "[tool.pytest.ini_options]\ntestpaths = ['tests']\nfilterwarnings = ['error']\n",
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": UPWARD,
    "tests/test_ours.py": "def test_ours():\n    pass\n",
}
FAILED = "FAILED pyproject.toml::LC101-layer-order - Failed: 1 error at app/models/user.py:1:8"


def _pytest(folder: Path, *arguments: str, plugins: str = "layercheck.pytest_plugin", **environment: str) -> Outcome:
    """Run pytest in a process of its own, with the plugin and no other; a wide terminal cuts no line."""
    process = subprocess.run(
        [sys.executable, "-m", "pytest", *(f"-p{plugin}" for plugin in plugins.split()), *arguments],
        cwd=folder,
        env=clean_environment() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Outcome(process.returncode, process.stdout, process.stderr)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Hold a project with one error and one test of its own."""
    return write_tree(tmp_path, FILES)


def test_a_rule_is_a_test_with_the_report_as_its_failure(root: Path) -> None:
    outcome = _pytest(root, "--layercheck")

    assert outcome.code == 1
    assert FAILED in outcome.out
    assert "app/models/user.py:1:8: error[LC101] `models` must not import `services`" in outcome.out
    assert "  1 | import app.services.users\n    |        ^^^^^^^^^^^^^^^^^^\n" in outcome.out
    assert "For details, run `layercheck explain LC101`." in outcome.out
    assert outcome.out.count("FAILED") == 1
    assert " 1 failed, " in outcome.out


def test_nothing_happens_until_somebody_asks(root: Path) -> None:
    outcome = _pytest(root)

    assert (outcome.code, "1 passed" in outcome.out, "layercheck" in outcome.out) == (0, True, False)
    assert not (root / ".layercheck_cache").exists()


@pytest.mark.parametrize(
    ("selection", "failed", "passed"),
    [
        (("-k", "LC101"), 1, 0),
        (("-k", "layer-order and not indirect"), 1, 0),
        (("-k", "LC102 or test_ours"), 0, 2),
        (("-m", "not layercheck"), 0, 1),
        (("pyproject.toml::LC101-layer-order",), 1, 0),
        (("pyproject.toml::LC102-skipped-layer",), 0, 1),
        (("tests/test_ours.py", "-k", "LC101 or ours"), 1, 1),
    ],
)
def test_rules_are_selected_like_any_tests(root: Path, selection: tuple[str, ...], failed: int, passed: int) -> None:
    outcome = _pytest(root, "--layercheck", "--strict-markers", *selection)

    assert (f"{failed} failed" in outcome.out, f"{passed} passed" in outcome.out) == (failed > 0, passed > 0)
    assert outcome.code == min(failed, 1)


def test_the_last_failures_run_first_and_alone(root: Path) -> None:
    assert _pytest(root, "--layercheck").code == 1
    again = _pytest(root, "--layercheck", "--lf")
    write_tree(root, {"app/models/user.py": ""})
    mended = _pytest(root, "--layercheck", "--lf")

    assert "1 failed, " in again.out
    assert " deselected in" in again.out
    assert (mended.code, "1 passed, " in mended.out) == (0, True)


def test_workers_of_xdist_share_one_check(root: Path) -> None:
    # A plugin of the project counts how often it is asked for its rules.
    write_tree(
        root,
        {
            "counting.py": """
                from pathlib import Path

                from layercheck import ProjectRule, Severity, hookimpl

                class Counted(ProjectRule):
                    \"\"\"Count.\"\"\"

                    code, name, severity = "ACME001", "counted", Severity.ERROR

                    def check(self, project):
                        with Path("count.txt").open("a") as file:
                            file.write("x")
                        return ()

                @hookimpl
                def layercheck_rules():
                    return [Counted]
                """,
            "layercheck.toml": 'plugins = ["./counting.py"]\n',
        },
    )

    outcome = _pytest(root, "--layercheck", "-n2", plugins="layercheck.pytest_plugin xdist")

    assert outcome.code == 1
    assert FAILED.replace("pyproject", "layercheck") in outcome.out
    assert "1 failed, " in outcome.out
    assert (root / "count.txt").read_text() == "x"


def test_the_key_asks_in_every_run_that_is_about_folders(root: Path) -> None:
    write_tree(root, {"pytest.ini": "[pytest]\ntestpaths = tests\nlayercheck = true\n"})

    assert _pytest(root).code == 1
    assert _pytest(root, "tests").code == 1
    assert _pytest(root, "pyproject.toml::LC101-layer-order").code == 1
    single = _pytest(root, "tests/test_ours.py")
    assert (single.code, "1 passed in" in single.out) == (0, True)


def test_a_folder_that_holds_the_configuration_gives_every_test_once(root: Path) -> None:
    outcome = _pytest(root, "--layercheck", ".", "--collect-only", "-q")

    assert outcome.out.count("::LC101-layer-order") == 1


def test_what_fails_nothing_is_shown_on_request(root: Path) -> None:
    write_tree(root, {"pyproject.toml": f"{FILES['pyproject.toml']}\n[tool.layercheck.severity]\nLC101 = 'warning'\n"})

    outcome = _pytest(root, "--layercheck", "-rP", "-k", "LC101")
    failing = _pytest(root, "--layercheck", "-k", "LC101", plugins="layercheck.pytest_plugin")

    assert (outcome.code, failing.code) == (0, 0)
    assert "app/models/user.py:1:8: warning[LC101]" in outcome.out


def test_fail_on_and_the_baseline_count(root: Path) -> None:
    write_tree(root, {"layercheck-baseline.txt": ""})
    taken = subprocess.run(
        [sys.executable, "-m", "layercheck", "baseline", "--all"],
        cwd=root,
        env=clean_environment(),
        check=False,
        capture_output=True,
    )

    assert taken.returncode == 0, taken.stderr
    assert _pytest(root, "--layercheck").code == 0


def test_a_contract_is_a_test_of_its_own(root: Path) -> None:
    contracts = """
        [[contracts]]
        name = "the models are [pure]"
        kind = "forbidden"
        sources = ["app.models"]
        targets = ["app.services"]

        [[contracts]]
        name = "Services before API"
        kind = "forbidden"
        sources = ["app.services"]
        targets = ["app.api"]
        """
    write_tree(root, {"layercheck.toml": contracts})

    outcome = _pytest(root, "--layercheck", "-v", "-k", "contract")

    assert "layercheck.toml::contract-the-models-are-pure FAILED" in outcome.out
    assert "layercheck.toml::contract-services-before-api PASSED" in outcome.out
    assert "app/models/user.py:1:8: error[LC122] the models are [pure]" in outcome.out
    assert "`app.models` must not import `app.services`" in outcome.out
    assert "LC122-contract-forbidden" not in outcome.out
    assert _pytest(root, "layercheck.toml::contract-services-before-api", "--layercheck").code == 0


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"layercheck.toml": "layers = 3\n"}, "layercheck.toml:1: layers:"),
        ({"layercheck.toml": 'packages = ["nothing"]\n'}, "there is no package 'nothing' here"),
        ({"layercheck-baseline.txt": "garbage\n"}, "layercheck-baseline.txt"),
    ],
)
def test_what_cannot_be_checked_is_an_error_and_never_green(root: Path, files: Mapping[str, str], message: str) -> None:
    write_tree(root, files)

    outcome = _pytest(root, "--layercheck")

    assert outcome.code == 2
    assert message in outcome.out
    assert "Traceback" not in outcome.out


def test_a_rule_that_raises_fails_its_test_and_no_other(root: Path) -> None:
    write_tree(
        root,
        {
            "broken.py": """
                from layercheck import ProjectRule, Severity, hookimpl

                class Broken(ProjectRule):
                    \"\"\"Break.\"\"\"

                    code, name, severity = "ACME001", "broken", Severity.ERROR

                    def check(self, project):
                        raise ZeroDivisionError

                @hookimpl
                def layercheck_rules():
                    return [Broken]
                """,
            "layercheck.toml": 'plugins = ["./broken.py"]\n',
            "app/models/user.py": "",
        },
    )

    outcome = _pytest(root, "--layercheck")

    assert outcome.code == 1
    assert "FAILED layercheck.toml::ACME001-broken" in outcome.out
    assert "ZeroDivisionError" in outcome.out
    assert "1 failed, " in outcome.out


def test_a_folder_without_any_configuration_is_named(tmp_path: Path) -> None:
    write_tree(tmp_path, {"tests/test_ours.py": FILES["tests/test_ours.py"]})

    outcome = _pytest(tmp_path, "--layercheck", f"--rootdir={tmp_path}")

    assert outcome.code == 4
    assert f"layercheck needs a configuration file in {tmp_path}" in outcome.err


def test_pytest_finds_the_plugin_by_its_entry_point(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    # The environment of the tests may be older than the entry point: one like it, beside our sources.
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["pytest11"]
    lines = "".join(f"{name} = {value}\n" for name, value in declared.items())
    site = write_tree(
        tmp_path_factory.mktemp("site"),
        {
            "made_up-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: made-up\nVersion: 1\n",
            "made_up-1.dist-info/entry_points.txt": f"[pytest11]\n{lines}",
        },
    )
    path = os.pathsep.join([str(site), clean_environment()["PYTHONPATH"]])

    outcome = _pytest(
        root, "--layercheck", plugins="no:cacheprovider", PYTHONPATH=path, PYTEST_DISABLE_PLUGIN_AUTOLOAD=""
    )

    assert outcome.code == 1
    assert FAILED in outcome.out


def test_the_start_of_pytest_imports_one_small_module(root: Path) -> None:
    write_tree(
        root,
        {
            "conftest.py": """
                import sys

                def pytest_unconfigure():
                    ours = ("layercheck", "msgspec", "click", "pathspec")
                    print("imported:", *sorted(name for name in sys.modules if name.startswith(ours)))
                """
        },
    )

    assert "imported: layercheck layercheck.pytest_plugin layercheck.version\n" in _pytest(root, "-s").out
