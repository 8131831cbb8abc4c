"""What the commands that make rules have in common: the option to leave plugins out, and what to say of failed rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from layercheck.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.model.failure import Failure

plugins_option = click.option(
    "--no-plugins",
    "with_plugins",
    flag_value=False,
    default=True,
    help="Leave out every plugin, installed or configured.",
)


def print_failures(failures: Sequence[Failure]) -> None:
    """Tell on stderr which rules failed, a line each."""
    for failure in failures:
        say(f"layercheck: {failure}")
