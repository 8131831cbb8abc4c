"""`layercheck config`: the configuration in force."""

from __future__ import annotations

from pathlib import Path

import click

from layercheck.config.describing import describe
from layercheck.plugins import rule_infos
from layercheck.scope import find_scope


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), help="Use this file instead of the nearest one upward.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the configuration instead, for editors.")
def command(paths: tuple[Path, ...], config: Path | None, *, schema: bool) -> int:
    """Print the effective configuration, and where each value comes from."""
    if schema:
        from layercheck.config.json_schema import json_schema_text  # noqa: PLC0415  (slow, and seldom asked for)

        click.echo(json_schema_text(rule_infos()), nl=False)
        return 0
    click.echo(describe(find_scope(paths, configuration=config).loaded), nl=False)
    return 0
