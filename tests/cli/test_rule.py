from __future__ import annotations

import inspect

import pytest

from layercheck.plugins import own_rules
from tests.running import run_here


def test_own_rules_are_listed_with_code_name_severity_and_title() -> None:
    outcome = run_here("rule")

    assert outcome.code == 0
    lines = outcome.out.splitlines()
    for rule in own_rules():
        (line,) = [line for line in lines if line.startswith(rule.code)]
        assert line.split()[1:3] == [rule.name, str(rule.severity)]
        assert line.endswith(inspect.cleandoc(rule.__doc__ or "").partition("\n")[0])


@pytest.mark.parametrize("asked", ["LC102", "lc102", "skipped-layer"])
def test_one_rule_is_explained(asked: str) -> None:
    outcome = run_here("rule", asked)

    assert outcome.code == 0
    assert outcome.out.startswith("# skipped-layer (LC102)\n\nDefault severity: error\n")
    assert [
        section for section in ("What it does", "Example", "Use instead") if f"## {section}" not in outcome.out
    ] == []


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("LC19", "did you mean"), ("skiped-layer", "did you mean skipped-layer?"), ("x", "`layercheck rule` lists")],
)
def test_an_unknown_rule_is_told_with_a_guess(asked: str, hint: str) -> None:
    outcome = run_here("rule", asked)

    assert (outcome.code, outcome.out) == (2, "")
    assert hint in outcome.err
