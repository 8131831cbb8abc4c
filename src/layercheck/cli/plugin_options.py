"""Shared by the commands that load rules: the option that disables plugins, and the report on failed rules."""

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
    help="Load no plugins, neither installed nor configured ones.",
)


def print_failures(failures: Sequence[Failure]) -> None:
    """Print the rules that failed to stderr, one per line."""
    for failure in failures:
        say(f"layercheck: {failure}")
