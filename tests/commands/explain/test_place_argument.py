from __future__ import annotations

from pathlib import Path

import pytest

from layercheck.commands.explain.place_argument import Place, parse_place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("app/a.py:3", Place(Path("app/a.py"), 3)),
        ("app/a.py:3:7", Place(Path("app/a.py"), 3, 7)),
        ("app/a.py:3:7:", Place(Path("app/a.py"), 3, 7)),
        ("with space/ä.py:12", Place(Path("with space/ä.py"), 12)),
        (r"C:\app\a.py:3", Place(Path(r"C:\app\a.py"), 3)),
        (".:1:1", Place(Path(), 1, 1)),
        ("LC102", None),
        ("skipped-layer", None),
        ("app/a.py", None),
        ("app/a.py:x", None),
        (":3", None),
    ],
)
def test_a_place_is_what_reports_print(text: str, expected: Place | None) -> None:
    assert parse_place(text) == expected
