"""`layercheck context`: a description of the layers and the place of new code, for an AGENTS.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.messages import say
from layercheck.cli.output_files import write_stdout
from layercheck.cli.project_request import ProjectRequest
from layercheck.cli.question_options import choose_project
from layercheck.cli.shared_options import cache_options, config_option, plugins_option
from layercheck.errors import UsageError


class _Request(ProjectRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    path: Path | None
    write: Path | None
    check: Path | None


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck context", "Print the description:"),
        ("layercheck context --write AGENTS.md", "Keep it in a file that agents read:"),
    ),
)
@click.argument("path", required=False, type=GivenPath(path_type=Path))
@click.option(
    "--write",
    type=GivenPath(path_type=Path),
    metavar="FILE",
    help="Write the description into this file, without changing the rest of the file.",
)
@click.option(
    "--check",
    type=GivenPath(path_type=Path),
    metavar="FILE",
    help="Exit with 1 if the description in this file is out of date.",
)
@config_option
@plugins_option
@cache_options
def command(**options: Any) -> int:
    """Describe the layers for coding agents.

    Prints what each layer may import, where new code goes and which commands to run, in at most 60 lines of Markdown for
    an AGENTS.md or CLAUDE.md. The output stays the same until the structure of the project changes. The exit code is 2
    if no layers are recognised.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.commands.context.marked_part import plan_change  # noqa: PLC0415

    request = _Request(**options)
    write, check = request.write, request.check
    if write is not None and check is not None:
        raise UsageError("--write and --check cannot be combined")
    text = _write_context(request)
    file = write or check
    if file is None:
        write_stdout(text)
        return 0
    change = plan_change(file, text)
    if check is not None:
        if change is not None:
            say(f"layercheck: {file} is out of date: run `layercheck context --write {file}`")
        return 0 if change is None else 1
    if change is not None:
        change.write()
    say(f"layercheck: {file} {'is up to date' if change is None else 'written'}")
    return 0


def _write_context(request: _Request) -> str:
    from layercheck.commands.context.markdown import write_context  # noqa: PLC0415  (see above)
    from layercheck.engine.build import open_project  # noqa: PLC0415
    from layercheck.engine.preconditions import require_layers  # noqa: PLC0415

    target, how = choose_project([] if request.path is None else [request.path], request)
    opened = open_project(target._replace(paths=()), how)
    require_layers(opened.project, opened.discovery, target.root)
    return write_context(opened.project)
