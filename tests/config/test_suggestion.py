from __future__ import annotations

import pytest

from layercheck.config.suggestion import closest

COMMANDS = ["check", "explain", "init", "migrate", "coverage", "selftest", "rule", "why", "who"]
RULES = ["LC009", "LC101", "LC102", "LC131", "LC401", "layer-order", "unused-suppression", "table-as-body"]
MODULES = ["app", "app.api", "app.api.r", "app.services", "app.services.orders", "app.models"]
OPTIONS = ["--select", "--since", "--exact", "--quiet", "--output-file"]


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("chekc", COMMANDS, "check"),
        ("explian", COMMANDS, "explain"),
        ("inti", COMMANDS, "init"),
        ("rules", COMMANDS, "rule"),
        ("cover", COMMANDS, "coverage"),
        ("lint", COMMANDS, ""),
        ("test", COMMANDS, ""),
        ("run", COMMANDS, ""),
        ("banana", COMMANDS, ""),
        ("LC1O1", RULES, "LC101"),
        ("LC403", RULES, "LC401"),
        ("LC999", RULES, ""),
        ("E501", RULES, ""),
        ("unsued-suppression", RULES, "unused-suppression"),
        ("layer_order", RULES, "layer-order"),
        ("database", RULES, ""),
        ("app.servces", MODULES, "app.services"),
        ("app.services.ordres", MODULES, "app.services.orders"),
        ("App.Services", MODULES, "app.services"),
        ("app.api.users", MODULES, ""),
        ("app.api.x", MODULES, "app.api"),
        ("--selcet", OPTIONS, "--select"),
        ("--output", OPTIONS, "--output-file"),
        ("--json", OPTIONS, ""),
        ("--rule", OPTIONS, ""),
        ("", COMMANDS, ""),
        ("x" * 5000, COMMANDS, ""),
        ("check", [], ""),
    ],
)
def test_only_what_is_near_is_suggested(word: str, known: list[str], expected: str) -> None:
    assert closest(word, known) == expected
