"""From the options of `layercheck check` to one report on all projects that are asked about."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.cli.ci_server import is_ci
from layercheck.cli.messages import say
from layercheck.cli.standard_input import read_standard_input
from layercheck.engine.merge_reports import merge_reports
from layercheck.errors import NothingCheckedError, NothingNamedError, UsageError
from layercheck.files.discovery import SUFFIXES
from layercheck.model.report import empty_report
from layercheck.model.severity import Severity
from layercheck.plurals import count
from layercheck.reporters.display import display_prefix, show_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from layercheck.cli.check_request import CheckRequest
    from layercheck.engine.grounds import Grounds
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.engine.workspace import Workspace
    from layercheck.model.report import Report


class Checked(NamedTuple):
    """One report on all projects that were asked about."""

    root: Path
    """The folder that paths in the report are relative to."""
    report: Report
    texts: dict[str, bytes]
    """What the files with findings hold, by path, where that need not be what lies on disk."""
    fail_on: Severity
    """The least severe finding that fails the run."""


def check_all(
    targets: Sequence[ProjectTarget],
    request: CheckRequest,
    workspace: Workspace | None = None,
    note_grounds: Callable[[Grounds], None] | None = None,
) -> Checked:
    """Check every project, and write comments first if that is asked for.

    `workspace` keeps what is known of a single project from one time to the next; `note_grounds` is told what the report
    on it rests on.
    """
    if request.fix:
        _fix(targets, request)
    if request.add_ignore is not None:
        _add_ignores(targets, request, request.add_ignore)
    checked = [_check(target, targets, request, workspace, note_grounds) for target in targets]
    root, report = merge_reports({each.root: each.report for each in checked})
    texts = {
        (each.root / path).relative_to(root).as_posix(): data for each in checked for path, data in each.texts.items()
    }
    return Checked(root, report, texts, _join_fail_on(checked))


def _join_fail_on(checked: Sequence[Checked]) -> Severity:
    """Choose one severity for several projects, so that the run fails if one of them fails by its own configuration."""
    failing = [each.fail_on for each in checked if each.report.exceeds(each.fail_on)]
    if failing:
        return max(failing, key=lambda severity: severity.rank)
    return min((each.fail_on for each in checked), key=lambda severity: severity.rank, default=Severity.ERROR)


def _check(
    target: ProjectTarget,
    targets: Sequence[ProjectTarget],
    request: CheckRequest,
    workspace: Workspace | None = None,
    note_grounds: Callable[[Grounds], None] | None = None,
) -> Checked:
    # Everything that reads and judges; whoever only asks for --help does without.
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.engine.check import check  # noqa: PLC0415
    from layercheck.engine.options import CheckOptions  # noqa: PLC0415

    how = CheckOptions(
        cache_folder=request.choose_cache_folder(target, targets),
        exact=request.exact,
        allow_none=request.force_exclude,
        is_ci=is_ci(os.environ),
        note_grounds=note_grounds,
    )
    with show_progress(f"layercheck: checking {target.root}"), _naming(target, targets):
        if request.stdin_filename is not None:
            return _check_standard_input(target, request, how)
        if request.facts:
            report = _check_parts(target, targets, request, how)
            return Checked(target.root, report, {}, request.choose_fail_on(target))
        if request.staged:
            return _check_staged(target, request, how)
        since = request.since
        if since is not None:
            report = _check_since(target, since, how)
        else:
            report = check(target, how) if workspace is None else workspace.check(target, how, {})
        return Checked(target.root, report, {}, request.choose_fail_on(target))


def _check_since(target: ProjectTarget, base: str, how: CheckOptions) -> Report:
    from layercheck.commands.diff.comparison import report_introduced  # noqa: PLC0415  (needs git)
    from layercheck.commands.diff.sides import Question  # noqa: PLC0415

    since = report_introduced(Question(target, base, cache_folder=how.cache_folder, exact=how.exact))
    if since.left_out:
        description = f"{since.left_out:,} that were there at {since.base.name} ({since.base.commit[:10]})"
        say(f"layercheck: reports what is new, not {description}")
    return since.report


def _check_parts(
    target: ProjectTarget, targets: Sequence[ProjectTarget], request: CheckRequest, how: CheckOptions
) -> Report:
    from layercheck.engine.merge_parts import check_parts  # noqa: PLC0415  (only for those who have parts)

    if len(targets) > 1:
        raise UsageError("--facts is about one project: name paths of one")
    # What builds the parts is the cache.
    return check_parts(target, how._replace(cache_folder=None), _find_parts(request.facts))


def _find_parts(patterns: Sequence[str]) -> list[Path]:
    """Find the files that some patterns mean, each once. Raises UsageError for a pattern that means none."""
    import glob  # noqa: PLC0415  (see above)

    found: dict[Path, None] = {}
    for pattern in patterns:
        if not pattern.strip():
            raise UsageError("--facts: the pattern is empty")
        files = [pattern] if os.path.lexists(pattern) else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  (a whole path)
        if not files:
            raise UsageError(f"--facts {pattern}: there is no such file; `layercheck facts` makes parts")
        found.update(dict.fromkeys(map(Path, files)))
    return list(found)


def _check_staged(target: ProjectTarget, request: CheckRequest, how: CheckOptions) -> Checked:
    from layercheck.commands.diff.staged import open_staged  # noqa: PLC0415  (needs git)
    from layercheck.engine.check import check  # noqa: PLC0415  (see above)
    from layercheck.engine.options import SMALL_PROJECT  # noqa: PLC0415  (see above)

    with open_staged(target, how.cache_folder) as staged:
        report = check(staged.target, how._replace(source=staged.source, parse_whole=staged.size <= SMALL_PROJECT))
        paths = staged.paths & {finding.location.path for finding in report.findings}
        texts = {path: staged.source.read(path) for path in paths}
        return Checked(staged.target.root, report, texts, request.choose_fail_on(staged.target))


def _check_standard_input(target: ProjectTarget, request: CheckRequest, how: CheckOptions) -> Checked:
    """Check the one file of the target with standard input as its content, and report what is found in it."""
    from layercheck.cli.kept_checking import find_checking  # noqa: PLC0415  (who checks files does without)

    (path,) = target.paths
    texts = {path: read_standard_input()}
    try:
        _require_python(path)
        report = find_checking().check(target, how, texts)
    except NothingNamedError as error:
        # An editor asks about every file that is opened, and has nothing to tell of one that is left out.
        say(f"layercheck: {path} is not checked: {error.why}")
        return Checked(target.root, empty_report(), {}, request.choose_fail_on(target))
    own = tuple(finding for finding in report.findings if finding.location.path == path)
    return Checked(target.root, msgspec.structs.replace(report, findings=own), texts, request.choose_fail_on(target))


def _require_python(path: str) -> None:
    """Refuse other files: the configuration may be named in other calls, but its text would not be what is in force."""
    if not path.endswith(SUFFIXES):
        raise NothingNamedError(f"{path} is no Python file", "it is not a Python file")


@contextmanager
def _naming(target: ProjectTarget, targets: Sequence[ProjectTarget]) -> Iterator[None]:
    """Say of which of several projects nothing could be said."""
    try:
        yield
    except NothingCheckedError as error:
        if len(targets) == 1:
            raise
        raise NothingCheckedError(f"{target.root}: {error}") from error


def _fix(targets: Sequence[ProjectTarget], request: CheckRequest) -> None:
    """Apply fixes, and tell on stderr what was done; the report that follows shows what is left."""
    from layercheck.edits.fixes import fix_all  # noqa: PLC0415  (parses files)

    for target in targets:
        check_again = partial(_check, target, targets, request)
        done = fix_all(target.root, lambda: check_again().report, unsafe=request.unsafe_fixes)  # noqa: B023  (called here)
        say(f"layercheck: {count(done.fixes, 'finding')} fixed in {count(len(done.files), 'file')} of {target.root}")
        for path, why in done.left.items():
            say(f"layercheck: left alone: {show_path(path, display_prefix(target.root))}: {why}")
        for code, what in done.faulty.items():
            raise target.plugins.blame_rule(code, what)


def _add_ignores(targets: Sequence[ProjectTarget], request: CheckRequest, reason: str) -> None:
    """Write the comments, and tell on stderr what was done; the report that follows shows what is left."""
    from layercheck.edits.add_ignores import add_ignores, require_discipline  # noqa: PLC0415  (parses files)

    reason = reason.strip()
    for target in targets:
        require_discipline(reason, target.loaded.configuration.suppressions)
    for target in targets:
        # What is only worth knowing is no reason to write into the code, unless it fails the check.
        down_to = max(Severity.WARNING, request.choose_fail_on(target), key=lambda severity: severity.rank)
        report = _check(target, targets, request).report
        done = add_ignores(report, target.root, reason, target.plugins.names, down_to=down_to)
        comments, files = count(done.places, "comment"), count(done.files, "file")
        say(f"layercheck: {comments} written in {files} of {target.root}")
        for path, why in done.left.items():
            say(f"layercheck: left alone: {show_path(path, display_prefix(target.root))}: {why}")
