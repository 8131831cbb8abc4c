"""`layercheck map`: the imports between layers or packages, and those of them that break a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.output_files import write_stdout
from layercheck.cli.question_options import QuestionRequest, choose_project, question_options
from layercheck.cli.rule_failures import print_failures
from layercheck.cli.shared_options import paths_argument
from layercheck.commands.map.map_formats import list_map_formats, load_map_format

if TYPE_CHECKING:
    from pathlib import Path


class _Request(QuestionRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    paths: tuple[Path, ...]
    depth: int | None
    with_tests: bool


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck map", "Draw the layers:"),
        ("layercheck map --depth 2 --output-format mermaid", "Draw packages, for a page in Markdown:"),
    ),
)
@paths_argument
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    help="Draw packages instead of layers: the first DEPTH parts of each module name (2: app.api).",
)
@click.option("--with-tests", is_flag=True, help="Include tests, migrations and scripts.")
@question_options(*list_map_formats())
def command(**options: Any) -> int:
    """Draw the imports between layers or packages.

    PATHS are files or folders of one project (default: the whole project around the current folder); only imports
    between them are drawn. A count is the number of module pairs; imports for the type checker do not count. Edges that
    break a rule are marked. Without recognised layers, packages are drawn.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.map.dependency_map import MapRequest, draw_map  # noqa: PLC0415

    request = _Request(**options)
    target, how = choose_project(request.paths, request)
    with show_progress(f"layercheck: reading {target.root}"):
        drawn = draw_map(target, how, MapRequest(target.paths, request.depth, request.with_tests))
    write_stdout(load_map_format(request.output_format)(drawn))
    print_failures(drawn.failures)
    return 2 if drawn.failures else 0
