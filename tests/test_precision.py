"""What the pages say of the precision of rules is what was read, and the severities follow from it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from layercheck.model.severity import Severity
from layercheck.plugins.built_in import builtin_rules

DOCS = Path(__file__).parents[1] / "docs"
TABLE = tomllib.loads((DOCS / "precision.toml").read_text("utf-8"))
RULES = {rule.code: rule for rule in builtin_rules()}
READ: dict[str, list[dict[str, Any]]] = {code: rule.get("findings", []) for code, rule in TABLE["rules"].items()}
KEYS = {"repository", "path", "line", "verdict", "why"}
ENOUGH = 20
LEAST = 0.9


def _page(code: str) -> str:
    return (DOCS / "rules" / f"{RULES[code].name}.md").read_text("utf-8")


def test_enough_findings_were_read() -> None:
    assert sum(map(len, READ.values())) >= 300
    assert set(READ) <= set(RULES)


def test_every_finding_says_where_it_is_and_what_it_is_worth() -> None:
    for findings in READ.values():
        for each in findings:
            assert set(each) == KEYS
            assert each["verdict"] in {"true", "debatable", "false"}
            assert each["repository"] in TABLE["commits"]
            assert each["line"] >= 1
            assert each["why"]
            assert not each["path"].startswith("/")


def test_every_repository_is_one_state_of_it() -> None:
    assert all(re.fullmatch(r"[0-9a-f]{40}|\d+\.\d+(?:\.\d+)?", commit) for commit in TABLE["commits"].values())


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_page_says_what_was_read(code: str) -> None:
    section = _page(code).partition("## Precision\n")[2]
    verdicts = Counter(each["verdict"] for each in READ.get(code, []))
    read = verdicts.total()

    assert section
    if not read:
        assert "No finding of this rule was read" in section
        return
    counts = f"{verdicts['true']} true, {verdicts['debatable']} a matter of taste, {verdicts['false']} false"
    assert section.lstrip().startswith(f"{read} finding")
    assert counts in section
    assert ("too few for a share" in section) == (read < ENOUGH)
    assert all(miss in section for miss in TABLE["rules"][code].get("misses", []))


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_that_is_often_wrong_is_no_warning(code: str) -> None:
    findings = READ.get(code, [])
    right = sum(each["verdict"] != "false" for each in findings)

    if len(findings) >= ENOUGH and right < LEAST * len(findings):
        assert RULES[code].severity is Severity.INFO or not RULES[code].is_default
