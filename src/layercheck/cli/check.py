"""What `layercheck check` does, once its options are read."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from layercheck.cli.check_run import check_all
from layercheck.cli.ci_server import choose_outputs, find_repository
from layercheck.cli.keep_output import prepare_keeper
from layercheck.cli.messages import say
from layercheck.cli.output_files import require_writable, write_stdout
from layercheck.cli.outputs import plan_outputs
from layercheck.cli.route_search import prepare_route_search
from layercheck.cli.rule_failures import print_failures
from layercheck.cli.terminal_width import find_width
from layercheck.cli.write_reports import write_reports
from layercheck.engine.project_target import find_target, find_target_of_text, find_targets
from layercheck.facts.cache_folder import now_ns
from layercheck.reporters.display import display_prefix, show_path
from layercheck.reporters.registry import gather_formats
from layercheck.rule.render_context import LastSave, RenderContext

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from layercheck.cli.check_request import CheckRequest
    from layercheck.cli.check_run import Checked
    from layercheck.cli.outputs import Output
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.engine.workspace import Workspace
    from layercheck.model.report import Report
    from layercheck.reprint.kept_output import OutputKeeper
    from layercheck.rule.rule import Rule


def check_projects(request: CheckRequest) -> int:
    """Check the projects that a request names, write the reports, and return the exit code."""
    started_ns = now_ns()
    request.refuse_contradictions()
    targets = _find(request)
    if request.show_files:
        for target in targets:
            _show_files(target)
        return 0
    plugin_formats = gather_formats(target.plugins for target in targets)
    outputs = _plan(request, plugin_formats)
    for output in outputs:
        if output.file is not None:
            require_writable(output.file)
    if request.watch:
        from layercheck.cli.watch import watch  # noqa: PLC0415  (not needed for a single check)
        from layercheck.engine.workspace import Workspace  # noqa: PLC0415
        from layercheck.files.file_source import DiskSource  # noqa: PLC0415

        return watch(
            partial(_find_one, request),
            lambda target: Workspace(target.root, DiskSource(target.root, request.choose_cache_folder(target))),
            partial(_report_again, request, outputs, _Watched()),
        )
    keeper = prepare_keeper(request, outputs, targets, started_ns)
    checked = check_all(targets, request, note_grounds=None if keeper is None else keeper.note)
    return _write(request, outputs, targets, checked, keeper=keeper)


def _find(request: CheckRequest) -> tuple[ProjectTarget, ...]:
    if request.stdin_filename is not None:
        return _find_for_text(request, request.stdin_filename)
    return find_targets(
        request.paths,
        configuration=request.config,
        overrides=request.overrides,
        allow_none=request.force_exclude,
        may_be_missing=request.staged,
        with_plugins=request.with_plugins,
        only_needed_plugins=request.show_files,
        # A report of the last run needs no rules.
        puts_off_rules=not request.show_files,
    )


def _find_for_text(request: CheckRequest, file: Path) -> tuple[ProjectTarget, ...]:
    target = find_target_of_text(
        file,
        configuration=request.config,
        overrides=request.overrides,
        with_plugins=request.with_plugins,
    )
    if target is None:
        say(f"layercheck: {file} is not checked: it is not in a project")
        return ()
    return (target,)


def _find_one(request: CheckRequest) -> ProjectTarget:
    return find_target(
        request.paths,
        configuration=request.config,
        overrides=request.overrides,
        with_plugins=request.with_plugins,
    )


class _Watched:
    """What the last report of a watched project found."""

    def __init__(self) -> None:
        self._seen: frozenset[str] | None = None

    def compare(self, report: Report) -> LastSave | None:
        """Compare a report with the one before, and keep it for the next; None for the first."""
        before, self._seen = self._seen, frozenset(each.fingerprint for each in report.findings)
        return None if before is None else LastSave(self._seen - before, len(before - self._seen))


def _report_again(
    request: CheckRequest, outputs: Sequence[Output], watched: _Watched, target: ProjectTarget, workspace: Workspace
) -> int:
    from click import clear  # noqa: PLC0415  (which takes longer to import than a small project to check)

    checked = check_all([target], request, workspace)
    clear()
    return _write(request, outputs, [target], checked, watched.compare(checked.report))


def _write(
    request: CheckRequest,
    outputs: Sequence[Output],
    targets: Sequence[ProjectTarget],
    checked: Checked,
    last_save: LastSave | None = None,
    keeper: OutputKeeper | None = None,
) -> int:
    report = checked.report
    # Gathered again, because plugins may change during --watch.
    plugin_formats = gather_formats(target.plugins for target in targets)
    context = _make_context(checked, request, targets, last_save)
    printed = write_reports(report, outputs, context, colour=request.color, plugin_formats=plugin_formats)
    print_failures(report.failures)
    if request.timings:
        _show_timings(report.timings)
    if report.failures:
        return 2
    code = 1 if report.exceeds(context.fail_on) else 0
    if keeper is not None:
        keeper.keep(printed, code)
    return code


def _plan(request: CheckRequest, plugin_formats: Collection[str]) -> tuple[Output, ...]:
    if request.output_format or request.output_file is not None:
        return plan_outputs(request.output_format, request.output_file, plugin_formats)
    return choose_outputs(os.environ, is_wanted=not request.no_ci)


def _list_rules(targets: Sequence[ProjectTarget]) -> tuple[type[Rule], ...]:
    rules = {rule.code: rule for target in targets for rule in target.plugins.rules}
    return tuple(rules[code] for code in sorted(rules))


def _make_context(
    checked: Checked, request: CheckRequest, targets: Sequence[ProjectTarget], last_save: LastSave | None
) -> RenderContext:
    return RenderContext(
        root=checked.root,
        list_rules=partial(_list_rules, targets),
        find_routes=prepare_route_search(checked, targets, request),
        texts=checked.texts,
        prefix=display_prefix(checked.root),
        repository=find_repository(checked.root, os.environ),
        is_terminal=sys.stdout.isatty(),
        width=find_width(),
        fail_on=checked.fail_on,
        last_save=last_save,
        statistics=request.statistics,
        verbosity=request.verbose - request.quiet,
    )


def _show_files(target: ProjectTarget) -> None:
    from layercheck.files.disk_folders import discover  # noqa: PLC0415

    discovery = discover(target.root, exclude=target.loaded.configuration.exclude)
    prefix = display_prefix(target.root)
    write_stdout("".join(f"{show_path(path, prefix)}\n" for path in discovery.files))


def _show_timings(timings: dict[str, float]) -> None:
    for step, seconds in timings.items():
        say(f"{step:>10}  {seconds * 1000:8.1f} ms")
