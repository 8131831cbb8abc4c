"""`layercheck config`: the configuration in force."""

from __future__ import annotations

from pathlib import Path

import click

from layercheck.config.describing import describe
from layercheck.scope import find_scope


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), help="Use this file instead of the nearest one upward.")
def command(paths: tuple[Path, ...], config: Path | None) -> int:
    """Print the effective configuration, and where each value comes from."""
    click.echo(describe(find_scope(paths, configuration=config).loaded), nl=False)
    return 0
