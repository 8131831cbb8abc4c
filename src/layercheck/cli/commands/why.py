"""`layercheck why`: the shortest chains of imports between two modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.output_files import write_stdout
from layercheck.cli.question_options import (
    QuestionRequest,
    choose_project,
    find_paths,
    project_option,
    question_options,
)
from layercheck.cli.rule_failures import print_failures
from layercheck.cli.shared_options import split_commas
from layercheck.model.imports import COUNTED_KINDS, ImportKind
from layercheck.reporters.display import display_prefix

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALL = "all"


class _Request(QuestionRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    importer: str
    imported: str
    most: int
    kinds: tuple[ImportKind, ...]


def _read_kinds(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[ImportKind, ...]:
    words = split_commas(context, parameter, values)
    for word in words:
        if word not in {*ImportKind, _ALL}:
            raise click.BadParameter(f"{word!r} is not one of {', '.join((*ImportKind, _ALL))}")
    if _ALL in words:
        return tuple(ImportKind)
    return tuple(kind for kind in ImportKind if kind in words) or COUNTED_KINDS


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck why app.services app.api", "Show why the services depend on the endpoints:"),
        ("layercheck why app.services app.api --imports all", "Follow imports for the type checker, too:"),
    ),
)
@click.argument("importer", metavar="A")
@click.argument("imported", metavar="B")
@click.option("--most", type=click.IntRange(min=1), default=5, show_default=True, help="Show at most this many chains.")
@click.option(
    "--imports",
    "kinds",
    multiple=True,
    metavar="KINDS",
    callback=_read_kinds,
    help=f"Follow these kinds of import: {', '.join(ImportKind)}, or all. Separate several with commas.  [default: all "
    "but typing]",
)
@project_option
@question_options("text", "json")
def command(**options: Any) -> int:
    """Show why A depends on B: the shortest chains of imports.

    A and B are modules or packages, by dotted name (app.api) or path (app/api). Each import is shown with its location
    and the rules that judge it. The chains share no import. The exit code is 1 if there is no chain.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.why.answer import find_answer  # noqa: PLC0415
    from layercheck.commands.why.formats import write_json, write_text  # noqa: PLC0415

    request = _Request(**options)
    ends = request.importer, request.imported
    target, how = choose_project(find_paths(ends), request, project=request.project)
    target = target._replace(paths=())
    with show_progress(f"layercheck: reading {target.root}"):
        answer = find_answer(target, how, ends, request.kinds, request.most)
    if request.output_format == "json":
        write_stdout(write_json(answer))
    else:
        write_stdout(write_text(answer, display_prefix(target.root)))
    print_failures(answer.failures)
    if answer.failures:
        return 2
    return 0 if answer.routes else 1
