from __future__ import annotations

import msgspec
import pytest

from layercheck.config.selection import is_selected, options_of, severity_of
from layercheck.model.severity import Severity

CODE, NAME = "LC101", "layer-order"


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    max_hops: int = 5


@pytest.mark.parametrize(
    ("select", "ignore", "runs"),
    [
        ([], [], True),
        ([], ["LC1"], False),
        ([], ["LC2", "layer"], True),
        (["LC"], [], True),
        (["LC1"], [], True),
        (["LC2"], [], False),
        (["LC10", "LC2"], ["LC1"], True),
        (["LC1"], ["LC10"], False),
        (["LC101"], ["LC101"], False),
        (["LC101"], ["LC1"], True),
        (["layer-order"], ["LC10"], True),
        (["LC10"], ["layer-order"], False),
        (["layer"], [], False),
        (["LC1011"], [], False),
    ],
)
def test_the_longest_selector_decides(select: list[str], ignore: list[str], runs: bool) -> None:
    assert is_selected(CODE, NAME, select=select, ignore=ignore) is runs


@pytest.mark.parametrize(
    ("select", "extend_select", "ignore", "runs"),
    [
        ([], [], [], False),
        ([], ["LC101"], [], True),
        (["LC2"], ["LC1"], [], True),
        (["LC1"], [], [], True),
        ([], ["LC1"], ["layer-order"], False),
    ],
)
def test_a_rule_outside_the_default_set_runs_when_it_is_asked_for(
    select: list[str], extend_select: list[str], ignore: list[str], runs: bool
) -> None:
    chosen = is_selected(CODE, NAME, select=select, extend_select=extend_select, ignore=ignore, is_default=False)

    assert chosen is runs


@pytest.mark.parametrize("word", [CODE, NAME])
def test_severity_by_code_and_by_name(word: str) -> None:
    given = {word: Severity.INFO}
    assert severity_of(CODE, NAME, severity=given, default=Severity.ERROR) is Severity.INFO
    assert severity_of("LC102", "skipped-layer", severity=given, default=Severity.ERROR) is Severity.ERROR


@pytest.mark.parametrize(
    ("given", "severity"),
    [
        ({"LC1": "info"}, "info"),
        ({"LC": "info"}, "info"),
        ({"LC2": "info"}, "error"),
        ({"LC1": "info", "LC10": "warning"}, "warning"),
        ({"LC10": "warning", "LC1": "info"}, "warning"),
        ({"layer-order": "warning", "LC10": "info"}, "warning"),
        ({"LC10": "info", "LC101": "warning"}, "warning"),
        ({"layer": "info"}, "error"),
        ({"layer-order": "info", "LC101": "warning"}, "warning"),
    ],
)
def test_the_longest_selector_decides_the_severity(given: dict[str, str], severity: str) -> None:
    chosen = {selector: Severity(value) for selector, value in given.items()}
    assert severity_of(CODE, NAME, severity=chosen, default=Severity.ERROR) == severity


@pytest.mark.parametrize("word", [CODE, NAME])
def test_options_by_code_and_by_name(word: str) -> None:
    assert options_of(CODE, NAME, Options, rules={word: {"max-hops": 2}}) == Options(max_hops=2)
    assert options_of("LC102", "skipped-layer", Options, rules={word: {"max-hops": 2}}) == Options()
