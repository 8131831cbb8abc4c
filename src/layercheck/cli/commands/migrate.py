"""`layercheck migrate`: the configuration of another tool as contracts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.messages import make_lines_printable, say
from layercheck.plurals import count

if TYPE_CHECKING:
    from layercheck.config.foreign.conversion import Conversion


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck migrate", "Print the contracts:"),
        ("layercheck migrate --write", "Add them to the configuration:"),
    ),
)
@click.option(
    "--from",
    "source",
    type=GivenPath(path_type=Path, exists=True, dir_okay=False),
    help="Convert this file.  [default: where the other tool looks in the current folder]",
)
@click.option("--write", is_flag=True, help="Add the contracts to pyproject.toml, or to layercheck.toml.")
def command(source: Path | None, *, write: bool) -> int:
    """Convert a configuration of another tool to contracts.

    Reads the configuration of import-linter, tach, deply, inwards and arborescent. Prints the contracts as TOML; what has no equivalent is listed on stderr, with its file and line. The configuration
    with --write is that of the folder of the converted file, and nothing else in it changes.
    """
    # Imported here, so that --help does not load them.
    from layercheck.commands.migrate.contract_text import (  # noqa: PLC0415
        add_contracts,
        find_home,
        prefix_of,
        write_contracts,
    )
    from layercheck.commands.migrate.foreign_files import convert_files  # noqa: PLC0415

    conversions = convert_files(source, Path())
    home = find_home(conversions[0].path.parent)
    for conversion in conversions:
        _print_remarks(conversion)
    if not any(conversion.contracts for conversion in conversions):
        say("No contract could be converted.")
        return 2
    if not write:
        click.echo(make_lines_printable(write_contracts(conversions, prefix=prefix_of(home))), nl=False)
        return 0
    add_contracts(home, conversions).write()
    added = sum(len(conversion.contracts) for conversion in conversions)
    click.echo(
        make_lines_printable(
            f"Added {count(added, 'contract')} to {os.path.relpath(home)}.\n"
            "`layercheck check --select LC12` judges the contracts alone; other rules run without --select."
        )
    )
    return 0


def _print_remarks(conversion: Conversion) -> None:
    for line, message in conversion.remarks:
        say(f"{os.path.relpath(conversion.path)}:{line}: {message}")
