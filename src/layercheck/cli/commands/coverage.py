"""`layercheck coverage`: what the rules and contracts judge, and what they cannot judge."""

from __future__ import annotations

from typing import Any

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.messages import say
from layercheck.cli.output_files import write_stdout
from layercheck.cli.question_options import QuestionRequest, choose_project, project_option, question_options
from layercheck.reporters.display import display_prefix


class _Request(QuestionRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    require: str | None


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck coverage", "Show what is judged in the project around the current folder:"),
        ("layercheck coverage --require judged", "Fail in CI if a rule or contract cannot judge everything:"),
    ),
)
@click.option(
    "--require",
    type=click.Choice(["judged"]),
    help="Exit with 2 unless every rule and contract can judge everything it is about.",
)
@project_option
@question_options("text", "json")
def command(**options: Any) -> int:
    """Show what each rule and contract judges.

    Each has one of three values: judged, broken, or could not judge, with the places and the reason. Modules whose
    imports nothing holds to an order and patterns that fit most modules are listed as well.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.coverage.formats import write_json, write_text  # noqa: PLC0415
    from layercheck.commands.coverage.report import report_coverage  # noqa: PLC0415

    request = _Request(**options)
    target, how = choose_project((), request, project=request.project)
    with show_progress(f"layercheck: checking {target.root}"):
        report = report_coverage(target._replace(paths=()), how)
    if request.output_format == "json":
        write_stdout(write_json(report))
    else:
        write_stdout(write_text(report, display_prefix(target.root)))
    unjudged = sum(bool(each.unjudged) for each in report.rules)
    if request.require and unjudged:
        say(f"layercheck: {unjudged} rules and contracts cannot judge everything they are about")
        return 2
    return 0
