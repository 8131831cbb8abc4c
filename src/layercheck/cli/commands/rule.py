"""`layercheck rule`: which rules there are, and what each of them means."""

from __future__ import annotations

import difflib
import inspect
from pathlib import Path

import click

from layercheck.cli.completing import complete_rules
from layercheck.cli.plugging import plugins_option
from layercheck.errors import UsageError
from layercheck.scope import find_plugins


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("code", required=False, shell_complete=complete_rules)
@click.option("--config", type=click.Path(path_type=Path), help="Use the plugins that this file names.")
@plugins_option
def command(code: str | None, config: Path | None, *, with_plugins: bool) -> int:
    """List all rules, or explain one, given by its CODE or name.

    Known are also those of plugins: installed ones, and those that the nearest configuration upward names.
    """
    rules = find_plugins(config, with_plugins=with_plugins).rules
    if code is None:
        width = max(len(rule.name) for rule in rules)
        for rule in rules:
            title = inspect.cleandoc(rule.__doc__ or "").partition("\n")[0]
            click.echo(f"{rule.code}  {rule.name:<{width}}  {rule.severity:<7}  {title}")
        click.echo("\nlayercheck rule CODE explains one of them.")
        return 0
    chosen = next((rule for rule in rules if code.lower() in (rule.code.lower(), rule.name)), None)
    if chosen is None:
        words = [word for rule in rules for word in (rule.code, rule.name)]
        guess = difflib.get_close_matches(code, words, n=1)
        hint = f"did you mean {guess[0]}?" if guess else "`layercheck rule` lists them all"
        raise UsageError(f"there is no rule {code!r}; {hint}")
    click.echo(f"# {chosen.name} ({chosen.code})\n\nDefault severity: {chosen.severity}\n")
    click.echo(inspect.cleandoc(chosen.__doc__ or ""))
    return 0
