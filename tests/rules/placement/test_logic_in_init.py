from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.placement.backends import lines_in

if TYPE_CHECKING:
    from pathlib import Path

BODY = "    x = 1\n" * 11


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"def price():\n{BODY}", [1]),
        (f"class Prices:\n    def price(self):\n{BODY.replace('    x', '        x')}", [2]),
        ("def small():\n    return 1\n" + f"def price():\n{BODY}", [3]),
        ("def small():\n    return 1\n", []),
        ("class Price:\n" + BODY, []),
        (BODY.replace("    ", ""), []),
        (f"def create_app():\n{BODY}", []),
        (f"def includeme(config):\n{BODY}", []),
        (f"def __getattr__(name):\n{BODY}", []),
        (f"def create_app():\n    def inner():\n{BODY.replace('    x', '        x')}", []),
    ],
)
def test_what_logic_is(tmp_path: Path, text: str, lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC311", "app/services/__init__.py", text) == lines


def test_what_many_packages_do_is_how_the_project_does_it(tmp_path: Path) -> None:
    others = {"app/models/__init__.py": f"def f():\n{BODY}", "app/api/__init__.py": ""}

    assert lines_in(tmp_path, "LC311", "app/services/__init__.py", f"def f():\n{BODY}", others) == []


@pytest.mark.parametrize("path", ["app/services/prices.py", "app/__init__.py", "tests/services/__init__.py"])
def test_other_modules_may_work(tmp_path: Path, path: str) -> None:
    assert lines_in(tmp_path, "LC311", path, f"def f():\n{BODY}") == []
