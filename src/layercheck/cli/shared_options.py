"""The arguments and options that several commands have, each written once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from layercheck.cli.completions import complete_rules
from layercheck.cli.given_path import CacheFolder, GivenPath
from layercheck.cli.given_values import split_at_commas
from layercheck.cli.help_layout import CACHE, OUTPUT, WHAT_TO_CHECK, option
from layercheck.cli.project_request import STANDARD_OUTPUT
from layercheck.facts.cache_folder import FOLDER_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


_Command = TypeVar("_Command", bound="Callable[..., Any]")

paths_argument = click.argument("paths", nargs=-1, type=GivenPath(path_type=Path))

config_option = option(
    WHAT_TO_CHECK,
    "--config",
    type=GivenPath(path_type=Path),
    help="Use this configuration file.  [default: the nearest]",
)

plugins_option = option(
    WHAT_TO_CHECK,
    "--no-plugins",
    "with_plugins",
    flag_value=False,
    default=True,
    help="Load no plugins, neither installed nor configured ones.",
)

exact_option = option(
    WHAT_TO_CHECK, "--exact", is_flag=True, help="Parse every file, not only those with possible findings."
)

no_cache_option = option(CACHE, "--no-cache", is_flag=True, help="Do not use the cache.")

output_file_option = option(
    OUTPUT,
    "-o",
    "--output-file",
    type=GivenPath(path_type=Path),
    callback=lambda _context, _parameter, value: None if value == STANDARD_OUTPUT else value,
    help="Write the report to this file; `-` means stdout.  [default: stdout]",
)

color_option = option(
    OUTPUT,
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the output.",
)


def output_format_option(formats: Sequence[str]) -> Callable[[_Command], _Command]:
    """Choose one of the output formats of a command, text unless another one is named."""
    return option(
        OUTPUT, "--output-format", type=click.Choice(formats), default="text", show_default=True, help="Output format."
    )


def rules_option(section: str, *names: str, what: str) -> Callable[[_Command], _Command]:
    """Name rules, by codes or names; `what` says what is done with them."""
    return option(section, *names, multiple=True, callback=split_commas, shell_complete=complete_rules, help=what)


def timings_option(what: str) -> Callable[[_Command], _Command]:
    """Print to stderr what a run cost; `what` says how the command counts it."""
    return option(OUTPUT, "--timings", is_flag=True, help=what)


def verbosity_options(*, quiet: str, verbose: str) -> Callable[[_Command], _Command]:
    """Print less or more, the more often each is given."""

    def decorate(command: _Command) -> _Command:
        more = option(OUTPUT, "-v", "--verbose", count=True, help=verbose)
        return option(OUTPUT, "-q", "--quiet", count=True, help=quiet)(more(command))

    return decorate


def cache_options(command: _Command) -> _Command:
    """Add what chooses the cache; `ProjectRequest` reads it."""
    folder = option(
        CACHE,
        "--cache-dir",
        type=CacheFolder(path_type=Path),
        help=f"Store the cache in this folder.  [default: {FOLDER_NAME}]",
    )
    return no_cache_option(folder(command))


def split_commas(_context: click.Context, _parameter: click.Parameter, values: Iterable[str]) -> tuple[str, ...]:
    """Read an option that may be given several times, with several values separated by commas."""
    return split_at_commas(values)
