"""`layercheck diff`: the findings of a change."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from layercheck.cli.ci_server import find_repository
from layercheck.cli.colour import wants_colour
from layercheck.cli.help_layout import WHAT_TO_CHECK, WHAT_TO_REPORT, ExplainedCommand, option
from layercheck.cli.messages import say
from layercheck.cli.output_files import require_writable, write_file, write_stdout
from layercheck.cli.project_request import ProjectRequest
from layercheck.cli.question_options import choose_project
from layercheck.cli.rule_failures import print_failures
from layercheck.cli.shared_options import (
    cache_options,
    color_option,
    config_option,
    exact_option,
    output_file_option,
    output_format_option,
    paths_argument,
    plugins_option,
    split_commas,
    timings_option,
    verbosity_options,
)
from layercheck.cli.terminal_width import find_width
from layercheck.commands.diff.change import Verdict
from layercheck.commands.diff.diff_formats import list_diff_formats, load_diff_format
from layercheck.model.severity import Severity
from layercheck.reporters.display import display_prefix
from layercheck.rule.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layercheck.cli.colour import ColourChoice
    from layercheck.commands.diff.change import Change
    from layercheck.engine.project_target import ProjectTarget

_STAYING = (Verdict.INTRODUCED, Verdict.EXPOSED, Verdict.MOVED, Verdict.CARRIED)
"""The verdicts on findings that exist now; the others cannot fail the run."""
_NEVER = "never"
_TANGLES = "tangles"
_FAIL_WORDS = (*(verdict.value for verdict in _STAYING), _TANGLES, _NEVER, *(severity.value for severity in Severity))


class _FailOn(NamedTuple):
    """What makes the exit code 1."""

    verdicts: frozenset[Verdict]
    severity: Severity
    tangles: bool = False

    def is_met(self, change: Change) -> bool:
        findings = change.findings.by_verdict()
        return any(
            finding.severity.rank <= self.severity.rank for verdict in self.verdicts for finding in findings[verdict]
        ) or (self.tangles and any(tangle.kind in {"new", "grown"} for tangle in change.tangles))


def _read_fail_on(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> _FailOn:
    words = split_commas(context, parameter, values)
    for word in words:
        if word not in _FAIL_WORDS:
            raise click.BadParameter(f"{word!r} is not one of {', '.join(_FAIL_WORDS)}")
    severities = [Severity(word) for word in words if word in set(Severity)]
    verdicts = frozenset(Verdict(word) for word in words if word in set(Verdict))
    is_resolved = bool(verdicts) or _TANGLES in words or _NEVER in words
    if _NEVER in words and len(words) > 1:
        raise click.BadParameter(f"{_NEVER} cannot be combined with other words")
    return _FailOn(
        verdicts if is_resolved else frozenset({Verdict.INTRODUCED}),
        max(severities, key=lambda severity: severity.rank, default=Severity.ERROR),
        _TANGLES in words,
    )


class _Request(ProjectRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    base: str | None
    paths: tuple[Path, ...]
    head: str | None
    exact: bool
    fail_on: _FailOn
    output_format: str
    output_file: Path | None
    color: ColourChoice
    timings: bool
    quiet: int
    verbose: int


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck diff main...", "Report the findings of this branch:"),
        (
            "layercheck diff HEAD~1 --head HEAD --output-format markdown",
            "Compare two commits, as Markdown for a pull request:",
        ),
    ),
)
@click.argument("base", required=False)
@paths_argument
@option(WHAT_TO_CHECK, "--head", metavar="REV", help="Compare this revision instead of the working tree.")
@config_option
@plugins_option
@exact_option
@option(
    WHAT_TO_REPORT,
    "--fail-on",
    multiple=True,
    callback=_read_fail_on,
    metavar="WORDS",
    help=f"Exit with 1 for these: {', '.join(_FAIL_WORDS)}. A severity means that severity or higher. Separate several "
    "with commas.  [default: introduced,error]",
)
@output_format_option(list_diff_formats())
@output_file_option
@color_option
@timings_option("Print to stderr how many files had to be read from commits and parsed.")
@verbosity_options(
    quiet="Print only introduced findings.", verbose="Print every finding in full, including carried ones."
)
@cache_options
def command(**options: Any) -> int:
    """Report which findings a change introduces, moves or resolves.

    BASE is the revision to compare the working tree with: a branch, a tag, a hash, or `main...` for the merge base with
    main. The default is the merge base with the main branch. PATHS are files or folders of one project (default: the
    whole project around the current folder); only their findings are reported.
    """
    request = _Request(**options)
    target, how = choose_project(request.paths, request)
    if not request.paths:
        target = target._replace(paths=())
    output = request.output_file
    if output is not None:
        require_writable(output)
    change = _compare(target, how.cache_folder, request)
    text = load_diff_format(request.output_format)(change, _make_context(target, request))
    if output is None:
        write_stdout(text)
    else:
        write_file(output, text)
    if request.timings:
        effort = change.effort
        say(f"contents read from commits: {effort.read}; files of the base parsed: {effort.parsed}")
    print_failures(change.failures)
    if change.failures:
        return 2
    return 1 if request.fail_on.is_met(change) else 0


def _compare(target: ProjectTarget, cache_folder: Path | None, request: _Request) -> Change:
    # Imported here, so that --help does not load the engine.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.diff.comparison import compare  # noqa: PLC0415
    from layercheck.commands.diff.sides import Question  # noqa: PLC0415

    question = Question(target, request.base, request.head, cache_folder=cache_folder, exact=request.exact)
    with show_progress(f"layercheck: comparing {target.root}"):
        return compare(question)


def _make_context(target: ProjectTarget, request: _Request) -> RenderContext:
    return RenderContext(
        root=target.root,
        prefix=display_prefix(target.root),
        repository=find_repository(target.root, os.environ),
        colour=request.output_file is None and wants_colour(request.color, sys.stdout, os.environ),
        width=find_width(),
        verbosity=request.verbose - request.quiet,
    )
