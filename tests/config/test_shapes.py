"""Values outside of the range of their type."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from layercheck.config.shapes import validate_shape


class Options(msgspec.Struct, rename="kebab", forbid_unknown_fields=True):
    share: Annotated[float, Meta(ge=0, le=1)] = 0.5
    most: Annotated[int, Meta(ge=0)] = 1
    kinds: Annotated[tuple[str, ...], Meta(min_length=1)] = ("a",)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"share": 5}, "expected a number from 0 to 1, found the number 5"),
        ({"share": float("nan")}, "expected a number from 0 to 1, found the number nan"),
        ({"most": -1}, "expected a whole number of at least 0, found the number -1"),
        ({"kinds": []}, "expected a list of strings, found an empty list"),
    ],
)
def test_the_message_names_key_and_range(table: dict[str, Any], message: str) -> None:
    assert list(validate_shape(table, Options)) == [((next(iter(table)),), message)]


def test_values_in_range_are_no_problem() -> None:
    assert list(validate_shape({"share": 0, "most": 0, "kinds": ["a"]}, Options)) == []
