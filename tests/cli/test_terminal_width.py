from __future__ import annotations

import os
import shutil

import pytest

from layercheck.cli.terminal_width import find_width


@pytest.mark.parametrize("columns", ["80", "1", "0", "-3", "many", "", None])
def test_it_is_what_the_standard_library_says(columns: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if columns is None:
        monkeypatch.delenv("COLUMNS", raising=False)
    else:
        monkeypatch.setenv("COLUMNS", columns)

    assert find_width() == shutil.get_terminal_size((100, 24)).columns


def test_a_terminal_without_a_width_has_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((0, 0)))

    assert find_width() == 100


def test_without_standard_output_there_is_the_usual_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("sys.__stdout__", None)

    assert find_width() == 100
