"""The options that several commands have, each written once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from layercheck.facts.fact_cache import FOLDER_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")

config_option = click.option(
    "--config", type=click.Path(path_type=Path), help="Use this configuration file.  [default: the nearest]"
)

plugins_option = click.option(
    "--no-plugins",
    "with_plugins",
    flag_value=False,
    default=True,
    help="Load no plugins, neither installed nor configured ones.",
)

no_cache_option = click.option("--no-cache", is_flag=True, help="Do not use the cache.")

color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the output.",
)


def cache_options(command: _Command) -> _Command:
    """Add what chooses the cache; `cache_folder` reads it."""
    folder = click.option(
        "--cache-dir",
        type=click.Path(path_type=Path),
        help=f"Store the cache in this folder.  [default: {FOLDER_NAME}]",
    )
    return no_cache_option(folder(command))
