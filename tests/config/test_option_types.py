from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from layercheck.config.json_schema import json_schema
from layercheck.config.option_types import as_options, as_struct
from layercheck.config.selection import RuleInfo
from layercheck.config.validation import find_problems
from layercheck.config.vocabulary import Vocabulary


class Strict(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    max_hops: int = 3


class Lenient(msgspec.Struct, frozen=True, rename="kebab"):
    max_hops: int = 3


@dataclass(frozen=True)
class Plain:
    """How far."""

    max_hops: Annotated[int, Meta(description="At most so many.")] = 3
    names: tuple[str, ...] = ()
    table: dict[str, int] = field(default_factory=dict)
    made: str = field(default="", init=False)

    def __post_init__(self) -> None:
        if self.max_hops < 0:
            raise ValueError("expected no negative number")
        object.__setattr__(self, "made", f"made of {self.max_hops}")


@dataclass
class Thawed:
    max_hops: int = 3


def problems(options: type[Any], table: dict[str, Any]) -> list[str]:
    vocabulary = Vocabulary(lambda: (RuleInfo("XY101", "far", "mine", as_struct(options)),))
    found = find_problems({"rules": {"XY101": table}}, root=None, vocabulary=vocabulary)
    return [f"{path[-1]}: {message}" for path, message in found]


def test_a_struct_that_refuses_unknown_keys_is_its_own() -> None:
    assert as_struct(Strict) is Strict


@pytest.mark.parametrize("options", [Strict, Lenient, Plain])
def test_all_are_checked_alike(options: type[Any]) -> None:
    assert problems(options, {"max-hops": 4}) == []
    assert problems(options, {"max-hop": 4}) == ["max-hop: unknown key 'max-hop'; did you mean 'max-hops'?"]
    assert problems(options, {"max-hops": "4"}) == ["max-hops: expected a whole number, found '4'"]


@pytest.mark.parametrize("options", [Strict, Lenient, Plain])
def test_a_rule_sees_what_its_author_wrote(options: type[Any]) -> None:
    seen = as_options(msgspec.convert({"max-hops": 4}, as_struct(options)), options)

    assert isinstance(seen, options)
    assert seen.max_hops == 4


def test_a_dataclass_may_ask_more_of_its_fields_and_make_others() -> None:
    assert problems(Plain, {"max-hops": -1}) == ["XY101: expected no negative number"]
    assert as_options(msgspec.convert({}, as_struct(Plain)), Plain) == Plain()
    assert as_options(msgspec.convert({"max-hops": 7}, as_struct(Plain)), Plain).made == "made of 7"


def test_a_dataclass_is_described_for_editors() -> None:
    schema = json_schema([RuleInfo("XY101", "far", "mine", as_struct(Plain))])

    described = schema["definitions"]["Plain"]
    assert described["description"] == "How far."
    assert list(described["properties"]) == ["max-hops", "names", "table"]
    assert described["properties"]["max-hops"] == {"type": "integer", "description": "At most so many.", "default": 3}
    assert described["additionalProperties"] is False


@pytest.mark.parametrize("options", [Thawed, dict, 3, None, Plain()])
def test_nothing_else_can_be_options(options: Any) -> None:
    with pytest.raises(TypeError):
        as_struct(options)
