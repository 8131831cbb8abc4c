"""Numbers before nouns."""

from __future__ import annotations

import pytest

from layercheck.plurals import count


@pytest.mark.parametrize(("number", "expected"), [(0, "0 errors"), (1, "1 error"), (12_345, "12,345 errors")])
def test_a_number_stands_before_its_noun(number: int, expected: str) -> None:
    assert count(number, "error") == expected
