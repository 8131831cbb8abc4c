"""The documentation of every rule is true: its examples give exactly the findings that they promise."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layercheck.plugins.built_in import builtin_rules
from layercheck.rule.documentation import read_documentation
from layercheck.testing.cases import cases_of_rule
from layercheck.testing.written_trees import read_tree
from tests.repositories import make_repository
from tests.running import check_folder, check_tree, write_tree

if TYPE_CHECKING:
    from layercheck.model.report import Report
    from layercheck.rule.rule import Rule
    from layercheck.testing.written_trees import Tree

RULES = pytest.mark.parametrize("rule", builtin_rules(), ids=lambda rule: rule.code)
REQUIRED = ["What it does", "Why is this bad?", "Example", "Use instead"]
ORDER = [*REQUIRED, "Options", "Limits"]


def _check(root: Path, tree: Tree, rule: type[Rule]) -> Report:
    """Check an example by its rule and by the layers: an example of theirs need not have a README."""
    selected = ["LC0", "LC1", rule.code]
    if tree.is_tracked:
        write_tree(root, tree.files)
        make_repository(root)
    if "pyproject.toml" in tree.files:
        return check_folder(write_tree(root, tree.files), select=selected)
    return check_tree(root, tree.files, tree.configuration, select=selected)


def _findings(report: Report) -> list[tuple[str, str, int]]:
    places = ((each.code, each.location) for each in report.findings)
    return [(code, location.path, location.span.start.line if location.span else 1) for code, location in places]


@RULES
def test_the_example_breaks_the_rule_exactly_where_it_says(rule: type[Rule], tmp_path: Path) -> None:
    tree = read_tree(read_documentation(rule).sections["Example"])

    found = [finding for finding in _findings(_check(tmp_path, tree, rule)) if finding[0] == rule.code]

    assert tree.marks
    assert {code for code, _, _ in tree.marks} == {rule.code}
    assert found == sorted(tree.marks, key=lambda mark: mark[1:])


@RULES
def test_the_example_breaks_no_other_rule(rule: type[Rule], tmp_path: Path) -> None:
    tree = read_tree(read_documentation(rule).sections["Example"])

    assert {code for code, _, _ in _findings(_check(tmp_path, tree, rule))} <= {rule.code, "LC107"}


@RULES
def test_what_to_use_instead_is_clean(rule: type[Rule], tmp_path: Path) -> None:
    _, case = cases_of_rule(rule)

    found = {code for code, _, _ in _findings(_check(tmp_path, case.tree, rule))}

    assert case.problem == ""
    assert found <= {"LC107"} - {rule.code}


@RULES
def test_every_file_of_an_example_can_be_read(rule: type[Rule]) -> None:
    if rule.code == "LC001":
        return
    sections = read_documentation(rule).sections
    example = read_tree(sections["Example"])
    for heading in ("Example", "Use instead"):
        fences = re.findall(r"^`([^`]+)`:$", sections[heading], re.MULTILINE)
        tree = read_tree(sections[heading])
        assert list(tree.files) == fences
        assert heading == "Example" or [path for path in fences if tree.files[path] == example.files.get(path)] == []
        for path, text in tree.files.items():
            if path.endswith(".py"):
                ast.parse(text)


@RULES
def test_the_sections_stand_in_one_order(rule: type[Rule]) -> None:
    documentation = read_documentation(rule)

    assert re.fullmatch(r"An? [^.\n]+\.", documentation.title)
    assert [heading for heading in ORDER if heading in documentation.sections] == list(documentation.sections)
    assert set(documentation.sections) >= set(REQUIRED)
    assert all(documentation.sections.values())


@RULES
def test_every_option_is_explained(rule: type[Rule]) -> None:
    options = read_documentation(rule).sections.get("Options", "")

    assert re.findall(r"^- `([\w-]+)`:", options, re.MULTILINE) == list(rule.Options.__struct_encode_fields__)


@RULES
def test_a_rule_is_called_like_its_file(rule: type[Rule]) -> None:
    assert re.fullmatch(r"LC\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert Path(inspect.getfile(rule)).stem == rule.name.replace("-", "_")
    assert rule.__name__ == rule.name.replace("-", " ").title().replace(" ", "")


def test_no_two_rules_share_a_code_or_a_name() -> None:
    rules = builtin_rules()

    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)


def test_the_rules_of_the_layered_preset_have_the_severities_that_are_promised() -> None:
    assert {rule.code: (rule.name, str(rule.severity)) for rule in builtin_rules() if rule.code.startswith("LC1")} == {
        "LC101": ("layer-order", "error"),
        "LC102": ("skipped-layer", "error"),
        "LC103": ("isolated-layer", "error"),
        "LC104": ("leaf-layer", "warning"),
        "LC105": ("entry-point-import", "error"),
        "LC106": ("indirect-layer-order", "warning"),
        "LC107": ("unmapped-module", "info"),
        "LC108": ("empty-layer", "error"),
        "LC109": ("persistence-imports-schema", "info"),
        "LC121": ("contract-layers", "error"),
        "LC122": ("contract-forbidden", "error"),
        "LC123": ("contract-allowed", "error"),
        "LC124": ("contract-independence", "error"),
        "LC125": ("contract-protected", "error"),
        "LC126": ("contract-public", "error"),
        "LC127": ("contract-private", "error"),
        "LC128": ("contract-acyclic", "error"),
        "LC129": ("contract-required", "error"),
        "LC130": ("contract-placement", "error"),
        "LC131": ("idle-contract", "error"),
        "LC132": ("unused-ignore", "warning"),
        "LC133": ("unjudged-contract", "error"),
        "LC134": ("contract-class", "error"),
        "LC150": ("import-cycle", "warning"),
    }
