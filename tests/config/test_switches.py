from __future__ import annotations

import pytest

from layercheck.config.switches import is_switched_on
from layercheck.errors import UsageError


@pytest.mark.parametrize("value", ["1", "true", "True", "yes", "on", " 1 "])
def test_what_switches_on(value: str) -> None:
    assert is_switched_on("LAYERCHECK_X", {"LAYERCHECK_X": value})


@pytest.mark.parametrize("value", ["", "0", "false", "FALSE", "no", "off", " "])
def test_what_switches_off(value: str) -> None:
    assert not is_switched_on("LAYERCHECK_X", {"LAYERCHECK_X": value})


def test_what_is_not_set_is_off() -> None:
    assert not is_switched_on("LAYERCHECK_X", {})


@pytest.mark.parametrize("value", ["maybe", "2", "nein"])
def test_what_says_neither_is_named(value: str) -> None:
    with pytest.raises(UsageError, match=f"LAYERCHECK_X is '{value}': expected 1 or 0"):
        is_switched_on("LAYERCHECK_X", {"LAYERCHECK_X": value})
