"""`layercheck config`: the effective configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.shared_options import config_option, paths_argument, plugins_option
from layercheck.config.description import describe
from layercheck.engine.project_target import find_plugins, find_target

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck config", "Show the configuration of the project around the current folder:"),
        ("layercheck config --schema", "Print the JSON Schema for editors:"),
    ),
)
@paths_argument
@config_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the configuration instead.")
@plugins_option
def command(paths: tuple[Path, ...], config: Path | None, *, schema: bool, with_plugins: bool) -> int:
    """Print the effective configuration and where each value is set.

    PATHS are files or folders of one project (default: the current folder).
    """
    if schema:
        from layercheck.config.json_schema import json_schema_text  # noqa: PLC0415  (slow, and seldom asked for)

        rules = find_plugins(config, with_plugins=with_plugins).vocabulary.rules
        click.echo(json_schema_text(rules), nl=False)
        return 0
    target = find_target(paths, configuration=config, with_plugins=with_plugins, only_needed_plugins=True)
    click.echo(describe(target.loaded), nl=False)
    return 0
