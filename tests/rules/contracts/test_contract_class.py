"""Contracts whose types are classes of the team: run on our graph, only where that is trusted, and never lost."""

from __future__ import annotations

import sys
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.running import check_tree, of_rule, run_apart, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.report import Report
    from tests.running import Outcome

INI = """\
[importlinter]
root_package = shop
include_external_packages = True
contract_types =
    loners: checks.loners.Loners

[importlinter:contract:1]
name = nobody uses it
type = loners
modules =
    shop.old
"""
LONERS = """\
from importlinter import Contract, ContractCheck, fields, output


class Loners(Contract):
    modules = fields.ListField(subfield=fields.ModuleField())
    quiet = fields.BooleanField(required=False, default=False)

    def check(self, graph, verbose):
        links = {(each, module.name) for module in self.modules for each in graph.find_modules_that_directly_import(module.name)}
        return ContractCheck(kept=not links, warnings=["look here"] if self.quiet else [], metadata={"links": sorted(links)})

    def render_broken_contract(self, check):
        for importer, imported in check.metadata["links"]:
            output.print_error("somebody does" if self.quiet else f"- {importer} -> {imported} (l.1)", bold=False)
"""
SHOP = {
    "shop/__init__.py": "",
    "shop/old.py": "import requests.sessions\n",
    "shop/cart.py": "\nimport shop.old, shop\nfrom shop import old\n",
    "checks/loners.py": LONERS,
    ".importlinter": INI,
}


def _check(root: Path, files: dict[str, str] | None = None) -> Report:
    return check_tree(root, {**SHOP, **(files or {})}, select=["LC133", "LC134"])


def test_what_the_class_names_is_reported_at_the_import(tmp_path: Path) -> None:
    report = _check(tmp_path)

    (finding,) = report.findings
    span = finding.location.span
    assert (finding.code, finding.location.path, span and (span.start.line, span.start.column)) == (
        "LC134",
        "shop/cart.py",
        (2, 7),
    )
    assert finding.message == "nobody uses it: shop.cart imports shop.old"
    assert finding.notes[0] == "contract: nobody uses it (.importlinter:7)"
    assert [each.location.span and each.location.span.start.line for each in finding.related] == [3]
    assert report.coverage.contracts == 1


def test_libraries_are_in_the_graph(tmp_path: Path) -> None:
    (finding,) = _check(tmp_path, {".importlinter": INI.replace("    shop.old\n", "    requests\n")}).findings

    assert finding.message == "nobody uses it: shop.old imports requests.sessions"


def test_a_contract_that_is_kept_is_silent(tmp_path: Path) -> None:
    report = _check(tmp_path, {"shop/cart.py": ""})

    assert not report.findings
    assert report.coverage.contracts == 1


def test_what_names_no_import_is_reported_at_the_contract(tmp_path: Path) -> None:
    report = _check(tmp_path, {".importlinter": f"{INI}quiet = True\n"})

    found = [(each.location.path, each.message, each.severity.value, each.notes[1:]) for each in report.findings]
    assert sorted(found) == [
        (".importlinter", "nobody uses it: look here", "warning", ()),
        (".importlinter", "nobody uses it: the contract is broken", "error", ("somebody does",)),
    ]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"checks/loners.py": "1/0\n"}, "checks.loners.Loners raised ZeroDivisionError: division by zero"),
        ({"checks/loners.py": "raise SystemExit(0)\n"}, "checks.loners.Loners raised SystemExit: 0"),
        ({"checks/loners.py": ""}, "raised AttributeError: module 'checks.loners' has no attribute 'Loners'"),
        ({".importlinter": INI.replace("checks.", "chekcs.")}, "raised ModuleNotFoundError: No module named 'chekcs'"),
        (
            {".importlinter": f"{INI}modlues = x\n"},
            "raised InvalidContractOptions: modlues: Unrecognized option. Did you mean 'modules'?",
        ),
    ],
)
def test_a_class_that_fails_is_not_judged(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    report = _check(tmp_path, files)

    (finding,) = report.findings
    assert (finding.code, finding.location.path, finding.severity.value) == ("LC133", ".importlinter", "error")
    assert finding.message.startswith("the contract 'nobody uses it' is not judged: ")
    assert finding.message.endswith(reason)
    assert report.coverage.contracts == 0


NOISY = """\
import os, subprocess, sys
from importlinter import Contract, ContractCheck


class Loners(Contract):
    def check(self, graph, verbose):
        os.write(1, b"spoilt")
        sys.__stdout__.write("spoilt")
        subprocess.run([sys.executable, "-c", "print('spoilt')"], check=True)
        {end}

    def render_broken_contract(self, check): ...
"""


def _run_noisy(root: Path, end: str) -> Outcome:
    text = INI.replace("modules =\n    shop.old\n", "")
    write_project(root, {**SHOP, "checks/loners.py": NOISY.format(end=end), ".importlinter": text})
    return run_apart("check", "--no-cache", "--output-format", "json", "--select", "LC133,LC134", folder=root)


def test_what_the_class_writes_to_any_stdout_is_no_part_of_the_report(tmp_path: Path) -> None:
    outcome = _run_noisy(tmp_path, "return ContractCheck(kept=True)")

    assert outcome.report["findings"] == []
    assert outcome.err.count("spoilt") == 3
    assert outcome.code == 0


@pytest.mark.parametrize("raised", ["KeyboardInterrupt", "BaseException"])
def test_no_exception_of_the_class_ends_the_run(tmp_path: Path, raised: str) -> None:
    outcome = _run_noisy(tmp_path, f"raise {raised}")

    (finding,) = outcome.report["findings"]
    assert finding["message"].endswith(f"not judged: checks.loners.Loners raised RuntimeError: {raised}")
    assert outcome.code == 1


def test_nothing_is_run_without_plugins(tmp_path: Path) -> None:
    root = write_project(tmp_path, {**SHOP, "checks/loners.py": "from pathlib import Path\nPath('ran').touch()\n"})
    target = find_target([root], overrides={"select": ["LC133", "LC134"]}, with_plugins=False)

    (finding,) = check(target, CheckOptions()).findings

    assert finding.message == (
        "the contract 'nobody uses it' is not judged: plugins are disabled, and its class is code of the project"
    )
    assert not list(tmp_path.rglob("ran"))


def test_without_import_linter_nothing_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "importlinter", None)

    (finding,) = _check(tmp_path).findings

    assert finding.code == "LC133"
    assert "import-linter is not installed in the environment of layercheck" in finding.message


def test_no_report_of_a_class_is_kept(tmp_path: Path) -> None:
    root = write_project(tmp_path, SHOP)

    def count() -> int:
        target = find_target([root], overrides={"select": ["LC134"]})
        return len(of_rule(check(target, CheckOptions(cache_folder=tmp_path / ".cache")), "LC134"))

    assert count() == 1
    (root / "checks/loners.py").write_text(LONERS.replace("kept=not links", "kept=True"))
    assert count() == 0


def test_the_class_sees_what_import_linter_sees(tmp_path: Path) -> None:
    said = 'output.print(" ".join(sorted(check.metadata["links"][0])))'
    show = (
        "from importlinter import Contract, ContractCheck, output\n\n\nclass Loners(Contract):\n"
        "    def check(self, graph, verbose):\n"
        "        details = graph.get_import_details(importer='shop.cart', imported='shop.old')\n"
        "        text = [*graph.modules, *(str(each['line_number']) for each in details), *self.session_options['root_packages']]\n"
        "        return ContractCheck(kept=False, metadata={'links': [text]})\n\n"
        f"    def render_broken_contract(self, check):\n        {said}\n"
    )
    text = INI.replace("modules =\n    shop.old\n", "")
    report = _check(tmp_path, {"checks/loners.py": show, ".importlinter": text, "tests/test_x.py": "import shop\n"})

    (finding,) = report.findings
    assert finding.notes[1] == "2 3 requests shop shop shop.cart shop.old"


def test_a_class_that_changes_its_graph_changes_that_of_no_other_contract(tmp_path: Path) -> None:
    greedy = LONERS.replace(
        "        return ContractCheck(", "        graph.remove_module('shop.old')\n        return ContractCheck("
    )
    text = INI + INI[INI.index("[importlinter:contract:") :].replace("contract:", "contract:second-", 1)

    report = _check(tmp_path, {"checks/loners.py": greedy, ".importlinter": text})

    assert [(each.code, each.location.path) for each in report.findings] == [("LC134", "shop/cart.py")] * 2


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["roles"],
        ["coverage"],
        ["selftest"],
        ["facts", "-o", "part"],
        ["init", "--yes", "--no-baseline", "--no-pre-commit"],
    ],
    ids=lambda command: command[0],
)
def test_without_plugins_no_command_runs_the_class(tmp_path: Path, command: list[str]) -> None:
    trace = tmp_path / "ran"
    files = {"shop/api.py": "import shop.services\n", "shop/services.py": "import shop.models\n", "shop/models.py": ""}
    root = write_project(
        tmp_path / "project", {**SHOP, **files, "checks/loners.py": f"open({str(trace)!r}, 'w').close()\n{LONERS}"}
    )
    if command[0] == "init":
        (root / "layercheck.toml").unlink()

    with chdir(root):
        run_here(*command, "--no-plugins")

    assert not trace.exists()
