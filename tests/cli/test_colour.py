from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from layercheck.cli.colour import wants_colour

if TYPE_CHECKING:
    from layercheck.cli.colour import ColourChoice


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "xterm"}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": "0"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "1"}, True, False),
        ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True, True),
    ],
)
def test_the_environment_decides_when_the_user_does_not(
    environ: dict[str, str], on_terminal: bool, in_pipe: bool
) -> None:
    assert wants_colour("auto", Terminal(), environ) is on_terminal
    assert wants_colour("auto", io.StringIO(), environ) is in_pipe


@pytest.mark.parametrize(("choice", "expected"), [("always", True), ("never", False)])
@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}])
def test_the_user_has_the_last_word(choice: ColourChoice, expected: bool, environ: dict[str, str]) -> None:
    assert wants_colour(choice, Terminal(), environ) is expected
    assert wants_colour(choice, io.StringIO(), environ) is expected
