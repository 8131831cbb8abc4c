from __future__ import annotations

import dataclasses
import enum
from typing import Annotated, ClassVar, Literal

import msgspec
import pytest

from layercheck.model.severity import Severity
from layercheck.plugins.built_in import builtin_rules
from layercheck.rule.documentation import OptionDocumentation, describe_rule, read_docstring
from layercheck.rule.rule import Rule


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Options(msgspec.Struct, frozen=True, rename="kebab"):
    allow_kinds: tuple[Colour, ...] = (Colour.RED,)
    most: Annotated[int, msgspec.Meta(ge=0)] = 3
    mode: Literal["warm", "cold"] = "warm"
    by_layer: dict[str, tuple[str, ...]] = msgspec.field(default_factory=lambda: {"api": ("flask",)})
    name: str | None = None


class Painted(Rule):
    """A wall of the wrong colour.

    ## What it does

    Looks at walls.

    ## Options

    - `allow-kinds`: which colours
      may be there.
    - `most`: how many.

    Paint is a matter of taste.
    """

    code: ClassVar[str] = "PX101"
    name: ClassVar[str] = "painted"
    severity: ClassVar[Severity] = Severity.INFO
    is_default: ClassVar[bool] = False
    fixable: ClassVar[bool] = True
    Options: ClassVar[type[msgspec.Struct]] = Options


def test_a_docstring_is_parted_into_title_and_sections() -> None:
    title, sections = read_docstring(
        "A title.\n\n    ## One\n\n    text\n\n    ## Two?\n\n    ```python\n    # no heading\n    ```\n"
    )

    assert title == "A title."
    assert sections == {"One": "text", "Two?": "```python\n# no heading\n```"}
    assert read_docstring(None) == ("", {})


def test_a_rule_is_described_with_its_options() -> None:
    page = describe_rule(Painted)

    assert (page.code, page.name, page.title) == ("PX101", "painted", "A wall of the wrong colour.")
    assert (page.severity, page.default, page.fixable) == (Severity.INFO, False, True)
    assert (page.set, page.since) == (__name__.partition(".")[0], "")
    assert page.sections == {"What it does": "Looks at walls.", "Options": "Paint is a matter of taste."}
    assert page.options == (
        OptionDocumentation("allow-kinds", "list of red, blue", '["red"]', "which colours may be there."),
        OptionDocumentation("most", "number", "3", "how many."),
        OptionDocumentation("mode", "cold, warm", '"warm"', ""),
        OptionDocumentation("by-layer", "table of list of text", '{ "api" = ["flask"] }', ""),
        OptionDocumentation("name", "text", "", ""),
    )


def test_the_options_of_another_may_be_a_dataclass() -> None:
    @dataclasses.dataclass(frozen=True)
    class Plain:
        most: int = 2

    class Other(Painted):
        """A wall."""

        Options: ClassVar[type] = Plain

    assert describe_rule(Other).options == (OptionDocumentation("most", "number", "2", ""),)


@pytest.mark.parametrize("rule", builtin_rules(), ids=lambda rule: rule.code)
def test_every_rule_of_ours_has_a_set_and_a_first_version(rule: type[Rule]) -> None:
    page = describe_rule(rule)

    assert rule.__module__ == f"layercheck.rules.{page.set}.{page.name.replace('-', '_')}"
    assert page.since
    assert all(option.description for option in page.options)
