from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_why import BACKEND
from tests.running import PROJECT_FILES, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

CONTRACTS = """
[[contracts]]
name = "services know no web"
kind = "forbidden"
sources = ["app.services"]
targets = ["app.api"]

[[contracts]]
name = "storage below"
kind = "layers"
layers = ["app.models", "app.db"]
"""


SCHEMA = "from pydantic import BaseModel\n\n\nclass A(BaseModel): ...\n"


def rules(root: Path, *options: str) -> dict[str, dict[str, Any]]:
    document = run_here("coverage", "--project", root, "--output-format", "json", *options).report
    return {each["contract"] or each["code"]: each for each in document["rules"]}


def test_every_rule_and_contract_has_one_of_three_values(tmp_path: Path) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND | {"app/glue.py": "import app.db.session\n"}, CONTRACTS)

    found = rules(root)

    assert (found["LC101"]["outcome"], found["LC101"]["modules"]) == ("could not judge", 3)
    assert [each["reason"] for each in found["LC101"]["not_judged"]] == ["modules without a role"]
    assert [place["path"] for each in found["LC101"]["not_judged"] for place in each["places"]] == ["app/glue.py"]
    assert (found["LC102"]["outcome"], found["LC102"]["broken"]) == ("broken", 1)
    assert (found["storage below"]["outcome"], found["storage below"]["code"]) == ("judged", "LC121")
    assert found["storage below"]["modules"] == 4
    assert {each["outcome"] for each in found.values()} == {"judged", "broken", "could not judge"}


def test_a_broken_contract_is_told_from_another_one_of_its_kind(tmp_path: Path) -> None:
    files = PROJECT_FILES | BACKEND | {"app/services/mail.py": "from app.api import users\n"}
    root = write_project(
        tmp_path, files, CONTRACTS + CONTRACTS.replace('name = "', 'name = "other ').replace("app.api", "app.db")
    )

    found = rules(root)

    assert found["services know no web"]["broken"] == 1
    assert found["storage below"]["broken"] == 0


def test_computed_imports_and_unreadable_files_are_places_that_cannot_be_judged(tmp_path: Path) -> None:
    loader = (
        "from importlib import import_module\n\nimport app.db.session\n\n\ndef load(name):\n    import_module(name)\n"
    )
    files = BACKEND | {"app/services/loader.py": loader, "app/services/broken.py": "import app.db.session\ndef (\n"}
    root = write_project(tmp_path, PROJECT_FILES | files)

    reasons = {each["reason"]: each["places"] for each in rules(root)["LC101"]["not_judged"]}

    assert [(place["path"], place["line"]) for place in reasons["imports by computed names"]] == [
        ("app/services/loader.py", 7)
    ]
    assert [place["path"] for place in reasons["files that cannot be read"]] == ["app/services/broken.py"]


def test_a_pattern_of_a_contract_that_fits_nothing_cannot_be_judged(tmp_path: Path) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND, CONTRACTS.replace('"app.services"', '"app.gone"'))

    found = rules(root)["services know no web"]

    assert found["outcome"] == "could not judge"
    assert [each["reason"] for each in found["not_judged"]] == ["no module fits the pattern 'app.gone'"]


def test_modules_that_nothing_governs_are_listed(tmp_path: Path) -> None:
    root = write_project(
        tmp_path, PROJECT_FILES | BACKEND | {"app/glue.py": "", "odds/text.py": "", "odds/more.py": ""}
    )

    outcome = run_here("coverage", "--project", root)

    assert "modules have imports that nothing holds to an order:" in outcome.out
    assert f"   2  {root}/odds\n" in outcome.out
    contract = '[[contracts]]\nname = "lib"\nkind = "acyclic"\npackages = ["odds"]\n'
    (root / "layercheck.toml").write_text(contract)
    assert f"{root}/odds\n" not in run_here("coverage", "--project", root).out


def test_patterns_that_fit_most_modules_are_listed(tmp_path: Path) -> None:
    many = {f"app/api/m{number}.py": "" for number in range(10)}
    settings = 'roles.api = ["app.api.*"]\n[per-path-ignores]\n"*.py" = ["LC101"]\n"app/db/*" = ["LC101"]\n'
    root = write_project(tmp_path, PROJECT_FILES | BACKEND | many, settings)

    document = run_here("coverage", "--project", root, "--output-format", "json").report

    assert [(each["where"], each["pattern"]) for each in document["wide_patterns"]] == [
        ("per-path-ignores", "*.py"),
        ("roles.api", "app.api.*"),
    ]


@pytest.mark.parametrize(("extra", "code"), [({}, 0), ({"app/glue.py": "import app.db.session\n"}, 2)])
def test_all_may_be_required_to_be_judged(tmp_path: Path, extra: dict[str, str], code: int) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND | extra)

    assert run_here("coverage", "--project", root, "--require", "judged").code == code
    assert run_here("coverage", "--project", root).code == 0


def test_the_text_folds_what_needs_no_line(tmp_path: Path) -> None:
    root = write_project(tmp_path, PROJECT_FILES | BACKEND, CONTRACTS)

    out = run_here("coverage", "--project", root).out

    assert "LC121 'storage below'" in out
    assert "judged for the project as a whole: LC001, " in out
    assert "without a subject in this project: " in out
    assert out.splitlines()[-1].endswith(" could not judge")


def test_without_anything_to_check_there_is_no_coverage(tmp_path: Path) -> None:
    assert run_here("coverage", "--project", write_project(tmp_path, {"a.py": ""})).code == 2


def test_contracts_of_import_linter_are_measured(tmp_path: Path) -> None:
    contract = "[importlinter:contract:{0}]\nname = {0}\ntype = {1}\n"
    ini = (
        "[importlinter]\nroot_package = app\ncontract_types = ours: checks.Ours\n"
        + contract.format("one", "forbidden")
        + "source_modules = app.services\nforbidden_modules = app.api\n"
        + contract.format("two", "ours")
    )
    root = write_project(tmp_path, PROJECT_FILES | BACKEND | {".importlinter": ini})

    found = rules(root)

    assert (found["one"]["code"], found["one"]["outcome"]) == ("LC122", "judged")
    assert (found["two"]["code"], found["two"]["outcome"]) == ("LC134", "could not judge")
    assert found["LC133"]["broken"] == 1


@pytest.mark.parametrize(
    ("files", "contracts", "code", "has_subject"),
    [
        ({}, "", "LC701", False),
        ({}, "", "LC131", False),
        ({}, CONTRACTS, "LC131", True),
        ({}, CONTRACTS, "LC132", False),
        ({"app/schemas/a.py": SCHEMA, "requirements.txt": "pydantic==1.10.2\n"}, "", "LC504", False),
        ({"app/schemas/a.py": SCHEMA, "requirements.txt": "pydantic==2.10.2\n"}, "", "LC504", True),
    ],
)
def test_a_rule_that_cannot_report_anything_has_no_subject(
    tmp_path: Path, files: dict[str, str], contracts: str, code: str, has_subject: bool
) -> None:
    found = rules(write_project(tmp_path, PROJECT_FILES | BACKEND | files, contracts))[code]

    assert bool(found["modules"] or found["about_project"]) is has_subject
