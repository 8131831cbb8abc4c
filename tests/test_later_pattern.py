from __future__ import annotations

import re

import pytest

from layercheck.later_pattern import compile_later


def test_it_finds_what_a_compiled_expression_finds() -> None:
    later, compiled = compile_later(r"(\w)b", re.IGNORECASE), re.compile(r"(\w)b", re.IGNORECASE)

    assert later.findall("ab AB cb") == compiled.findall("ab AB cb")
    assert later.sub(r"\1", "ab") == "a"
    assert (later.pattern, later.flags, later.groups) == (compiled.pattern, compiled.flags, compiled.groups)
    assert compile_later(rb"\d+").fullmatch(b"12") is not None


def test_it_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    later = compile_later("a")
    assert later.match("a")
    monkeypatch.setattr(re, "compile", None)

    assert later.match("a")
    assert later.match("b") is None


def test_a_mistake_is_raised_by_the_first_use() -> None:
    later = compile_later("(")

    with pytest.raises(re.error):
        later.search("")
