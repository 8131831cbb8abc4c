"""`layercheck affected`: the tests that a change can reach."""

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

    since: str | None
    ignored: tuple[str, ...]
    conftest: str


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck affected --since main", "List the tests that the changes of this branch can reach:"),
        ("layercheck affected --ignore '*.md'", "Ignore changes in documents:"),
    ),
)
@click.option(
    "--since",
    metavar="REV",
    help="Compare the working tree with this revision: a branch, a tag, a hash, or `main...` for the merge base with "
    "main.  [default: the merge base with the main branch]",
)
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="PATTERN",
    help="Ignore changes in these files (.gitignore syntax), such as '*.md'. May be given several times.",
)
@click.option(
    "--conftest",
    type=click.Choice(["all", "used"]),
    default="all",
    show_default=True,
    help="Which tests depend on what a conftest.py imports: all tests below it, or those that use one of its names. "
    "stderr counts the tests that are left out.",
)
@project_option
@question_options("text", "json")
def command(**options: Any) -> int:
    """List the tests that a change can reach, one path per line.

    Use it as `pytest $(layercheck affected --since main)`. More tests are listed where the imports do not say enough, and
    stderr says why: for data files, conftest.py, computed imports and deleted files.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.affected.formats import summarise, write_json, write_text  # noqa: PLC0415
    from layercheck.commands.affected.selection import find_affected  # noqa: PLC0415

    request = _Request(**options)
    # Tests need not belong to the packages whose layers are checked.
    target, how = choose_project((), request, project=request.project, overrides={"packages": []})
    with show_progress(f"layercheck: reading {target.root}"):
        affected = find_affected(target, how, request.since, request.ignored, only_used=request.conftest == "used")
    if request.output_format == "json":
        write_stdout(write_json(affected))
    else:
        write_stdout(write_text(affected, display_prefix(target.root)))
    for line in summarise(affected):
        say(f"layercheck: {line}")
    return 0
