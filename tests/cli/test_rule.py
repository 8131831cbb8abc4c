from __future__ import annotations

import inspect
import json

import pytest

from layercheck.plugins.built_in import builtin_rules
from tests.running import run_here


@pytest.mark.parametrize("options", [[], ["--all"]], ids=["bare", "all"])
def test_all_rules_are_listed(options: list[str]) -> None:
    outcome = run_here("rule", *options)

    assert outcome.code == 0
    head, *lines = outcome.out.splitlines()
    assert head.split() == ["code", "name", "severity", "default", "fix", "set", "reports"]
    for rule in builtin_rules():
        (line,) = [line for line in lines if line.startswith(f"{rule.code} ")]
        is_on, is_fixable = "on" if rule.is_default else "off", "yes" if rule.fixable else "-"
        in_set = rule.__module__.split(".")[-2]
        assert line.split()[:6] == [rule.code, rule.name, str(rule.severity), is_on, is_fixable, in_set]
        assert line.endswith(inspect.cleandoc(rule.__doc__ or "").partition("\n")[0])


def test_the_list_can_be_had_for_programs() -> None:
    document = json.loads(run_here("rule", "--all", "--output-format", "json").out)

    assert [(each["code"], each["name"], each["default"], each["fixable"]) for each in document["rules"]] == [
        (rule.code, rule.name, rule.is_default, rule.fixable) for rule in builtin_rules()
    ]
    assert set(document["rules"][0]) == {
        *("code", "name", "title", "severity", "default", "fixable", "set", "since"),
    }


def test_the_list_can_be_had_as_a_table() -> None:
    outcome = run_here("rule", "--output-format", "markdown")

    assert outcome.out.count("\n| LC") == len(builtin_rules())


def test_a_rule_and_all_rules_are_too_much_at_once() -> None:
    assert run_here("rule", "LC101", "--all").code == 2


@pytest.mark.parametrize("asked", ["LC102", "lc102", "skipped-layer"])
def test_one_rule_is_explained(asked: str) -> None:
    outcome = run_here("rule", asked)

    assert outcome.code == 0
    assert outcome.out.startswith("# skipped-layer (LC102)\n\nAn import that skips a closed layer.\n")
    assert [
        section for section in ("What it does", "Example", "Use instead") if f"## {section}" not in outcome.out
    ] == []


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("LC19", "did you mean"), ("skiped-layer", "did you mean 'skipped-layer'?"), ("x", "`layercheck rule` lists")],
)
def test_an_unknown_rule_is_told_with_a_guess(asked: str, hint: str) -> None:
    outcome = run_here("rule", asked)

    assert (outcome.code, outcome.out) == (2, "")
    assert hint in outcome.err
