"""Findings of contracts stay what they are in the baseline and for `diff`."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

from tests.repositories import make_repository
from tests.running import run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

CONTRACTS = """
ignore = ["LC150", "LC2"]

[[contracts]]
name = "pure domain: no storage"
kind = "forbidden"
sources = ["app.domain"]
targets = ["app.storage", "sqlalchemy"]

[[contracts]]
name = "no cycle"
kind = "acyclic"
packages = ["app"]

[[contracts]]
name = "no cycle at all"
kind = "acyclic"
"""
FILES = {
    "app/__init__.py": "",
    "app/domain.py": "import app.storage\nimport app.tools\n",
    "app/storage.py": "import app.domain\n",
    "app/tools.py": "import app.storage\nimport sqlalchemy\n",
}


def _run(root: Path, *arguments: str) -> Outcome:
    with chdir(root):
        return run_here(*arguments, "--no-cache")


def _codes(outcome: Outcome) -> list[str]:
    return sorted(each["code"] for each in outcome.report["findings"])


def test_the_baseline_accepts_what_each_contract_reports(tmp_path: Path) -> None:
    write_project(tmp_path, FILES, CONTRACTS)
    before = _codes(_run(tmp_path, "check", "--output-format", "json"))
    assert before == ["LC122", "LC122", "LC122", "LC128", "LC128"]

    _run(tmp_path, "baseline", "--all")
    write_tree(tmp_path, {"app/domain.py": "\n\n" + FILES["app/domain.py"]})

    entries = (tmp_path / "layercheck-baseline.txt").read_text("utf-8").splitlines()
    assert [line for line in entries if line.startswith("LC12")] == [
        "LC122 app.domain -> app.storage:pure-domain-no-storage",
        "LC122 app.domain -> sqlalchemy:pure-domain-no-storage",
        "LC122 app.tools -> app.storage:pure-domain-no-storage",
        "LC128 app.domain app.storage app.tools -> no-cycle cut 1",
        "LC128 app.domain app.storage app.tools -> no-cycle-at-all cut 1",
    ]
    assert _codes(_run(tmp_path, "check", "--output-format", "json")) == []


def test_a_renamed_module_is_no_new_finding(tmp_path: Path) -> None:
    body = "\n\ndef one():\n    return 1\n\n\ndef two():\n    return 2\n"
    files = FILES | {"app/tools.py": FILES["app/tools.py"] + body}
    write_project(tmp_path, files, CONTRACTS)
    make_repository(tmp_path)
    (tmp_path / "app/tools.py").rename(tmp_path / "app/kit.py")
    write_tree(tmp_path, {"app/domain.py": "import app.storage\nimport app.kit\n"})

    outcome = _run(tmp_path, "check", "--since", "HEAD", "--output-format", "json")

    assert _codes(outcome) == []


def test_a_new_import_is_a_new_finding(tmp_path: Path) -> None:
    write_project(tmp_path, FILES, CONTRACTS)
    make_repository(tmp_path)
    write_tree(
        tmp_path, {"app/more.py": "import app.storage\n", "app/domain.py": FILES["app/domain.py"] + "import app.more\n"}
    )

    outcome = _run(tmp_path, "check", "--since", "HEAD", "--output-format", "json")

    assert [(each["code"], each["importer"]) for each in outcome.report["findings"] if each["code"] == "LC122"] == [
        ("LC122", "app.more")
    ]
