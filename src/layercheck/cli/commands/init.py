"""`layercheck init`: write a configuration with which the first check passes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.messages import make_lines_printable
from layercheck.cli.rule_failures import print_failures
from layercheck.cli.shared_options import plugins_option
from layercheck.commands.init.settings import all_settings
from layercheck.errors import UsageError
from layercheck.version import IS_PUBLISHED, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.commands.init.changes import Change
    from layercheck.commands.init.plan import Plan
    from layercheck.commands.init.survey import Measured, Survey

_BASELINE = "baseline"
"""The command that accepts existing findings; called as a user would call it."""


class _Answers(NamedTuple):
    """The answers given on the command line; None means that the user must be asked."""

    setting: str | None
    baseline: bool | None
    pre_commit: bool | None
    yes: bool
    dry_run: bool

    def confirm(self, question: str, given: bool | None = None) -> bool:
        if given is not None:
            return given
        return self.yes or self.dry_run or click.confirm(make_lines_printable(question), default=True)

    def print(self, text: str = "") -> None:
        """Print a message; with --dry-run to stderr, because stdout contains only the diff."""
        click.echo(make_lines_printable(text), err=self.dry_run)


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck init --dry-run", "Show what would be written:"),
        ("layercheck init --yes --baseline", "Set up everything that is proposed, and accept existing findings:"),
    ),
)
@click.argument("path", type=GivenPath(path_type=Path), default=Path())
@click.option(
    "--setting",
    type=click.Choice([each.name for each in all_settings(())]),
    help="Use this setting.  [default: the proposed one]",
)
@click.option(
    "--baseline/--no-baseline",
    default=None,
    help="Accept existing findings in a baseline, or reduce the severity of the rules that report them.",
)
@click.option(
    "--pre-commit/--no-pre-commit", default=None, help="Whether to add the hook to the pre-commit configuration."
)
@plugins_option
@click.option("-y", "--yes", is_flag=True, help="Accept every proposal without asking.")
@click.option("--dry-run", is_flag=True, help="Print the changes as a diff and write nothing.")
@click.pass_context
def command(context: click.Context, /, path: Path, *, with_plugins: bool, **options: Any) -> int:
    """Set up layercheck for a project.

    Shows the recognised layers of the project at PATH and how many findings each setting gives, then writes a commented
    configuration with which `layercheck check` passes. An existing configuration is never modified.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.commands.init.hook_entry import hook_in  # noqa: PLC0415
    from layercheck.commands.init.plan import make_plan  # noqa: PLC0415
    from layercheck.commands.init.survey import survey  # noqa: PLC0415
    from layercheck.engine.project_target import find_target  # noqa: PLC0415
    from layercheck.files.ignore_rules import find_top  # noqa: PLC0415

    answers = _Answers(**options)
    surveyed = survey(find_target([path], with_plugins=with_plugins))
    measured = _choose(surveyed, answers)
    baseline = _find_baseline(context)
    with_baseline = baseline is not None and _wants_baseline(measured, answers)
    plan = make_plan(surveyed, measured, with_baseline=with_baseline)
    hooking = hook_in(find_top(surveyed.root) or surveyed.root)
    changes = [plan.change]
    if hooking.change and answers.confirm(f"Add the hook to {hooking.change.path.name}?", answers.pre_commit):
        changes.append(hooking.change)
    _print_plan(plan, measured, answers, with_baseline=with_baseline)
    if answers.dry_run:
        # The hooks of a repository may stand above the project.
        base = Path(os.path.commonpath([surveyed.root, *(change.path.parent for change in changes)]))
        click.echo("".join(change.diff(base) for change in changes), nl=False)
        return 0
    if not answers.confirm(f"Write {' and '.join(_here(change.path) for change in changes)}?"):
        answers.print("Nothing was written.")
        return 2
    _write(changes, answers)
    if with_baseline and baseline is not None:
        without_plugins = [] if with_plugins else ["--no-plugins"]
        baseline.main(
            ["--all", *without_plugins, str(surveyed.root)], prog_name=f"layercheck {_BASELINE}", standalone_mode=False
        )
    is_green = _check(surveyed.root, answers, with_plugins=with_plugins)
    _print_rest(surveyed.root, answers, has_hook=hooking.is_there or len(changes) > 1)
    return 0 if is_green else 1


def _choose(surveyed: Survey, answers: _Answers) -> Measured:
    from layercheck.commands.init.survey_text import describe_survey  # noqa: PLC0415

    proposed = surveyed.named(answers.setting) if answers.setting else surveyed.choose()
    for line in describe_survey(surveyed, proposed):
        answers.print(line)
    answers.print()
    if answers.yes or answers.dry_run:
        return proposed
    if not sys.stdin.isatty():
        raise UsageError("no terminal to ask on: use --yes to accept every proposal, or --dry-run to print a diff")
    if answers.setting:
        return proposed
    names = [each.setting.name for each in surveyed.measured]
    return surveyed.named(click.prompt("Start with", type=click.Choice(names), default=proposed.setting.name))


def _find_baseline(context: click.Context) -> click.Command | None:
    group = context.find_root().command
    return group.get_command(context, _BASELINE) if isinstance(group, click.Group) else None


def _wants_baseline(measured: Measured, answers: _Answers) -> bool:
    from layercheck.plurals import count  # noqa: PLC0415

    if not measured.is_failing:
        # Warnings alone need no baseline, but may have one.
        return bool(answers.baseline) and measured.warnings > 0
    found = f"{count(measured.errors, 'error')} and {count(measured.warnings, 'warning')}"
    return answers.confirm(f"Accept the existing findings ({found}) in a baseline?", answers.baseline)


def _print_plan(plan: Plan, measured: Measured, answers: _Answers, *, with_baseline: bool) -> None:
    answers.print(f"Setting: {measured.setting.name}.")
    if plan.why_own_file:
        answers.print(f"{plan.why_own_file}; the configuration is written to a separate file.")
    if with_baseline:
        answers.print("Existing errors and warnings go into the baseline; new ones fail the check.")
    if plan.concessions.lowered:
        counts = ", ".join(f"{code} ({count:,})" for code, count in plan.concessions.lowered.items())
        answers.print(f"Rules with findings, reduced to {plan.concessions.severity}s: {counts}.")
    if plan.concessions.ignored:
        answers.print(f"Rules with findings that fail even so, switched off: {', '.join(plan.concessions.ignored)}.")
    if plan.concessions.unreadable:
        answers.print(f"Unreadable files, each ignored by name: {len(plan.concessions.unreadable)}.")
    answers.print()


def _write(changes: Sequence[Change], answers: _Answers) -> None:
    for change in changes:
        change.write()
        answers.print(f"Wrote {_here(change.path)}.")


def _check(root: Path, answers: _Answers, *, with_plugins: bool) -> bool:
    """Run the check that the user will run, and print its result."""
    from layercheck.engine.check import check  # noqa: PLC0415
    from layercheck.engine.options import CheckOptions  # noqa: PLC0415
    from layercheck.engine.project_target import find_target  # noqa: PLC0415
    from layercheck.facts.cache_folder import FOLDER_NAME  # noqa: PLC0415
    from layercheck.reporters.summary import summarise  # noqa: PLC0415

    target = find_target([root], with_plugins=with_plugins)
    report = check(target, CheckOptions(cache_folder=root / FOLDER_NAME))
    print_failures(report.failures)
    is_green = not (report.failures or report.exceeds(target.loaded.configuration.fail_on))
    answers.print(f"\nlayercheck check: {summarise(report)}")
    answers.print("The check passes (exit code 0)." if is_green else "The check fails: `layercheck check` shows why.")
    return is_green


def _print_rest(root: Path, answers: _Answers, *, has_hook: bool) -> None:
    from layercheck.commands.init.ci_job import ci_snippet  # noqa: PLC0415
    from layercheck.commands.init.hook_entry import FILE_NAME, entry_text  # noqa: PLC0415
    from layercheck.files.ignore_rules import find_top  # noqa: PLC0415

    top = find_top(root) or root
    if not has_hook and answers.pre_commit is not False:
        answers.print(f"\nFor pre-commit, in {FILE_NAME}:\n\n{_indented(entry_text())}")
    snippet = ci_snippet(top, root)
    answers.print(f"\nFor CI, in {snippet.file}:\n\n{_indented(snippet.text)}")
    if not IS_PUBLISHED:
        answers.print(
            f"\nThis version is not published yet: {__version__} is not on PyPI, and there is no tag v{__version__}."
        )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _here(path: Path) -> str:
    return os.path.relpath(path)
