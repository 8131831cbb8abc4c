"""`layercheck selftest`: whether the rules and contracts of a project can fail."""

from __future__ import annotations

from typing import Any

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.output_files import write_stdout
from layercheck.cli.question_options import QuestionRequest, choose_project, project_option, question_options


class _Request(QuestionRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    verbose: bool


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck selftest", "Test the rules of the project around the current folder:"),
        ("layercheck selftest --verbose", "List what was injected for each rule:"),
    ),
)
@click.option("-v", "--verbose", is_flag=True, help="List every rule and contract, with what was injected.")
@project_option
@question_options("text", "json")
def command(**options: Any) -> int:
    """Test that every rule and contract can fail.

    For each one, something forbidden is injected into the project, in memory, and must be reported; something allowed is
    injected, and must not be. Nothing is written or run. The exit code is 1 if a rule or contract is silent, or reports
    what is allowed.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.selftest.formats import write_json, write_text  # noqa: PLC0415
    from layercheck.commands.selftest.trial import TrialResult  # noqa: PLC0415
    from layercheck.commands.selftest.trials import run_trials  # noqa: PLC0415

    request = _Request(**options)
    target, how = choose_project((), request, project=request.project)
    with show_progress(f"layercheck: testing the rules of {target.root}"):
        trials = run_trials(target._replace(paths=()), how)
    if request.output_format == "json":
        write_stdout(write_json(trials))
    else:
        write_stdout(write_text(trials, is_verbose=request.verbose))
    return 1 if any(each.result in {TrialResult.SILENT, TrialResult.NOISY} for each in trials) else 0
