from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_why import BACKEND
from tests.running import PROJECT_FILES, run_here, write_project

FIXTURES = Path(__file__).parents[2] / "fixtures"
CONTRACTS = """
[[contracts]]
name = "services know no web"
kind = "forbidden"
sources = ["app.services"]
targets = ["app.api"]

[[contracts]]
name = "models know no http"
kind = "forbidden"
sources = ["app.models"]
targets = ["requests"]

[[contracts]]
name = "order"
kind = "layers"
layers = ["app.api", "app.services", "app.models"]

[[contracts]]
name = "apart"
kind = "independence"
modules = ["app.api", "app.db"]

[[contracts]]
name = "models use the database"
kind = "allowed"
sources = ["app.models"]
targets = ["app.db"]

[[contracts]]
name = "the database is for models"
kind = "protected"
modules = ["app.db"]
importers = ["app.models"]

[[contracts]]
name = "no loops"
kind = "acyclic"
packages = ["app"]

[[contracts]]
name = "services store"
kind = "required"
sources = ["app.services.*"]
targets = ["app.models"]

[[contracts]]
name = "known places"
kind = "placement"
within = ["app"]
places = ["app/*/*.py", "app/*.py"]

[[contracts]]
name = "the face of models"
kind = "public"
packages = ["app.models"]

[[contracts]]
name = "hidden"
kind = "private"
packages = ["app.*"]
"""


def trials(root: Path) -> dict[str, dict[str, Any]]:
    outcome = run_here("selftest", "--project", root, "--no-cache", "--output-format", "json")
    return {each["contract"] or each["code"]: each for each in outcome.report["trials"]}


@pytest.mark.parametrize("fixture", ["clean", "django", "flask", "flat", "namespace"])
def test_every_rule_can_fail_in_the_fixtures(fixture: str) -> None:
    outcome = run_here("selftest", "--project", FIXTURES / fixture, "--no-cache")

    assert (outcome.code, outcome.err) == (0, "")
    (line,) = outcome.out.splitlines()
    assert line.endswith(" report what is forbidden and nothing else")


def test_contracts_of_every_kind_can_fail(tmp_path: Path) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND, CONTRACTS)

    found = {name: each for name, each in trials(root).items() if each["contract"]}

    assert len(found) == CONTRACTS.count("[[contracts]]")
    assert {name: each["result"] for name, each in found.items() if each["result"] != "fires"} == {}
    assert found["services know no web"]["injected"] == "app.services imports app.api"


def test_nothing_is_written(tmp_path: Path) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND, CONTRACTS)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    trials(root)

    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("settings", "silent", "reason"),
    [
        ('[per-path-ignores]\n"*" = ["LC101"]\n', "LC101", "`per-path-ignores` leaves out what it reports"),
        ('[rules.LC101]\nimports = ["stub"]\n', "LC101", "its options (`rules`) let this pass"),
        ('[per-path-ignores]\n"*" = ["LC305"]\n', "LC305", "`per-path-ignores` leaves out what it reports"),
    ],
)
def test_a_rule_that_cannot_fail_is_listed_with_the_reason(
    tmp_path: Path, settings: str, silent: str, reason: str
) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND, settings)

    outcome = run_here("selftest", "--project", root, "--no-cache")

    (line,) = [line for line in outcome.out.splitlines() if "  silent  " in line]
    assert outcome.code == 1
    assert line.startswith(silent)
    assert reason in line


def test_a_contract_that_cannot_fail_is_listed(tmp_path: Path) -> None:
    root = write_project(
        tmp_path, PROJECT_FILES | BACKEND, CONTRACTS.replace('targets = ["app.api"]', 'targets = ["app.apj"]')
    )

    outcome = run_here("selftest", "--project", root, "--no-cache")

    assert outcome.code == 1
    assert "LC122 'services know no web'  silent" in outcome.out


def test_rules_that_are_switched_off_are_not_tested(tmp_path: Path) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND, 'select = ["LC101", "LC102"]\n')

    assert set(trials(root)) == {"LC101", "LC102"}


def test_a_layer_that_is_not_there_is_no_reason_to_fail(tmp_path: Path) -> None:
    settings = (
        'select = ["LC10"]\nlayers = ["app.api", "app.services", "app.models"]\nclosed = []\nisolated = []\nleaf = []\n'
    )
    root = write_project(tmp_path, PROJECT_FILES | BACKEND, settings)

    outcome = run_here("selftest", "--project", root, "--no-cache", "--verbose")

    assert "LC101 layer-order" in outcome.out
    assert "not tested  no import between two modules of the project is judged by it" in outcome.out


def test_without_layers_there_is_nothing_to_test(tmp_path: Path) -> None:
    assert run_here("selftest", "--project", write_project(tmp_path, {"a.py": ""})).code == 2


IMPORTED = """
[importlinter]
root_package = app
contract_types =
    ours: checks.Ours

[importlinter:contract:1]
name = order
type = layers
containers = app
layers =
    api
    services
    models

[importlinter:contract:2]
name = no way down
type = forbidden
source_modules = app.api
forbidden_modules = app.db

[importlinter:contract:3]
name = apart
type = independence
modules =
    app.api
    app.db

[importlinter:contract:4]
name = guarded
type = protected
protected_modules = app.db
allowed_importers = app.models

[importlinter:contract:5]
name = private
type = private_modules

[importlinter:contract:6]
name = no loops
type = acyclic_siblings
ancestors = app

[importlinter:contract:7]
name = own
type = ours
"""


def test_contracts_of_import_linter_are_tested(tmp_path: Path) -> None:
    files = PROJECT_FILES | BACKEND | {".importlinter": IMPORTED, "tests/test_all.py": "import app\n"}
    root = write_project(tmp_path, files, 'select = ["LC12", "LC134"]')

    report = run_here("selftest", "--project", root, "--output-format", "json").report

    found = {each["contract"]: each["result"] for each in report["trials"]}
    assert found.pop("own") == "not tested"
    assert found == dict.fromkeys(("order", "no way down", "apart", "guarded", "private", "no loops"), "fires")


def test_a_rule_that_is_silent_for_a_reason_of_the_project_is_excused(tmp_path: Path) -> None:
    files = PROJECT_FILES | BACKEND | {"requirements.txt": "pydantic==1.10.2\n", "setup.cfg": ""}
    root = write_project(tmp_path, files, 'select = ["LC504", "LC101"]\n')

    outcome = run_here("selftest", "--project", root)

    assert outcome.code == 0, outcome.out
    assert "LC504 outdated-pydantic  not tested  the project requires pydantic 1" in outcome.out
