"""`layercheck.testing`, and the plugin that uses it: installed for real, with its own tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.running import clean_environment, run_apart, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

PLUGIN = Path(__file__).parents[2] / "fixtures" / "plugin"
BACKEND = {
    "app/services/orders.py": "from app.services import users\nfrom app.services.users import find\nprint(find)\n",
    "app/services/users.py": "def find(): ...\n",
    "app/models/user.py": "",
}
RULE = '''
import ast
from layercheck import ModuleRule, Severity, hookimpl

class Shout(ModuleRule):
    """A shout.

    ## Example

    `app/services/a.py`:

    ```python
    x = 1
    SHOUT = 2{mark}
    y = 3
    ```

    `app/models/b.py`:

    ```python
    ```

    ## Use instead

    `app/services/a.py`:

    ```python
    {instead}
    ```

    `app/models/b.py`:

    ```python
    ```
    """

    code, name, severity = "XY001", "shout", Severity.INFO

    def check(self, module):
        for node in module.nodes(ast.Name):
            if node.id.isupper():
                yield module.finding(node, f"`{{node.id}}` is loud", about=node.id)

@hookimpl
def layercheck_rules():
    return [Shout]
'''


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Install the plugin as a wheel, and return the environment in which it is there."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--disable-pip-version-check",
            "--target",
            str(folder),
            str(PLUGIN),
        ],
        check=True,
        capture_output=True,
    )
    environment = clean_environment()
    return {"PYTHONPATH": f"{environment['PYTHONPATH']}:{folder}"}


def _run_tests(folder: Path, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            "/dev/null",
            f"--rootdir={folder}",
            *arguments,
            str(folder),
        ],
        env=clean_environment() | dict(environment),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_the_tests_of_the_plugin_pass(installed: Mapping[str, str]) -> None:
    outcome = _run_tests(PLUGIN / "tests", installed, "-rA")

    assert outcome.returncode == 0, outcome.stdout
    assert "7 passed" in outcome.stdout
    assert "PASSED test_rules.py::test_rules[printed_output.md Scripts may print]" in outcome.stdout


def test_what_it_finds_is_reported_like_anything_else(installed: Mapping[str, str], tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "", **BACKEND})

    outcome = run_apart("check", "--output-format", "json", "--select", "ACM", folder=tmp_path, environment=installed)

    assert outcome.code == 0
    assert outcome.findings == [("ACM002", "app/services/orders.py", 1), ("ACM001", "app/services/orders.py", 3)]


def test_its_preset_and_its_options_are_known(installed: Mapping[str, str], tmp_path: Path) -> None:
    files = {"layercheck.toml": 'preset = "acme"\n', "app/workflows/a.py": "print()\n", "app/models/b.py": "print()\n"}
    write_tree(tmp_path, files)

    outcome = run_apart("check", "--output-format", "json", "--select", "ACM", folder=tmp_path, environment=installed)

    assert outcome.findings == [("ACM001", "app/workflows/a.py", 1)]


def test_it_can_be_left_out(installed: Mapping[str, str], tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "", **BACKEND})

    outcome = run_apart("check", "--output-format", "json", "--no-plugins", folder=tmp_path, environment=installed)

    assert not any(code.startswith("ACM") for code, _, _ in outcome.findings)


@pytest.mark.parametrize(
    ("mark", "instead", "told"),
    [
        ("  # error: XY001", "SHOUT = 2", ["Use instead", "1 | SHOUT = 2", "+ | XY001 `SHOUT` is loud"]),
        ("", "x = 2", ["no line below `## Example` is marked `# error: XY001`"]),
        ("  # error: XY002", "x = 2", ["marked `# error: XY002`, and the rule is XY001"]),
        ("  # error: XY001", "x = 1\n    SHOUT = 2\n    y = 3", ["the files below `## Use instead` are those of the"]),
        (
            "  # error: XY001",
            "x = 2\n    ```\n\n    Remove `app/c.py`.\n\n    ```python",
            ["there is no `app/c.py` that could be removed or moved below `## Use instead`"],
        ),
        ("\n    z = 3  # error: XY001", "x = 2", ["+ | XY001 `SHOUT` is loud", "- | XY001"]),
    ],
)
def test_a_promise_that_is_not_kept_is_shown_line_by_line(
    tmp_path: Path, mark: str, instead: str, told: list[str]
) -> None:
    write_tree(
        tmp_path,
        {
            "shouting.py": RULE.format(mark=mark, instead=instead),
            "test_rules.py": "from layercheck.testing import rule_tests\ntest_rules = rule_tests('shouting')\n",
        },
    )

    outcome = _run_tests(tmp_path, {})

    assert outcome.returncode == 1, outcome.stderr
    for text in told:
        assert text in outcome.stdout


def test_a_case_without_layers_says_why_it_cannot_be_checked(tmp_path: Path) -> None:
    rule = RULE.format(mark="  # error: XY001", instead="x = 2").replace("`app/models/b.py`:", "and", 1)
    test = "from layercheck.testing import rule_tests\ntest_rules = rule_tests('shouting')\n"
    write_tree(tmp_path, {"shouting.py": rule, "test_rules.py": test})

    outcome = _run_tests(tmp_path, {})

    assert "XY001 Example: cannot be checked: no layers were recognised" in outcome.stdout
