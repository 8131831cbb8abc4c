"""`layercheck rule`: list the rules, or show the page of one, the same as `layercheck explain`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from layercheck.cli.completions import complete_rules
from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.output_files import write_stdout
from layercheck.cli.rule_pages import FORMATS, show_rule
from layercheck.cli.shared_options import color_option, output_format_option, plugins_option
from layercheck.commands.explain.lookup import find_rule_at_need
from layercheck.engine.project_target import find_plugins
from layercheck.errors import UsageError
from layercheck.reporters.columns import align
from layercheck.rule.documentation import describe_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.cli.colour import ColourChoice
    from layercheck.rule.documentation import RulePage
    from layercheck.rule.rule import Rule


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck rule", "List all rules:"),
        ("layercheck rule LC101", "Show the documentation of one:"),
    ),
)
@click.argument("code", required=False, shell_complete=complete_rules)
@click.option("--all", "everything", is_flag=True, help="List all rules; the same as giving no CODE.")
@output_format_option(FORMATS)
@click.option("--config", type=GivenPath(path_type=Path), help="Load the plugins from this configuration file.")
@plugins_option
@color_option
def command(
    code: str | None,
    output_format: str,
    config: Path | None,
    color: ColourChoice,
    *,
    everything: bool,
    with_plugins: bool,
) -> int:
    """List all rules, or show the documentation of one.

    CODE is the code or the name of a rule. Rules of plugins are included: installed plugins, and those in the nearest
    configuration.
    """
    if code is not None:
        if everything:
            raise UsageError(f"use either {code} or --all, not both")
        show_rule(describe_rule(find_rule_at_need(code, config, with_plugins=with_plugins)), output_format, color)
        return 0
    write_stdout(_list(find_plugins(config, with_plugins=with_plugins).rules, output_format))
    return 0


def _list(rules: Sequence[type[Rule]], output_format: str) -> str:
    from layercheck.commands.explain.json_pages import write_rules  # noqa: PLC0415  (one of three)
    from layercheck.commands.explain.pages import write_list  # noqa: PLC0415

    pages = [describe_rule(rule) for rule in rules]
    if output_format == "json":
        return write_rules(pages)
    if output_format == "markdown":
        return write_list(pages)
    return f"{_lay_out(pages)}\n\nFor the documentation of a rule, run `layercheck explain CODE`.\n"


def _lay_out(pages: Sequence[RulePage]) -> str:
    rows = [("code", "name", "severity", "default", "fix", "set", "reports"), *map(_list_facts, pages)]
    return "\n".join(align(rows))


def _list_facts(page: RulePage) -> tuple[str, ...]:
    is_on, is_fixable = "on" if page.default else "off", "yes" if page.fixable else "-"
    return (page.code, page.name, str(page.severity), is_on, is_fixable, page.set, page.title)
