"""The road from a project to its report; every door (command line, editor, tests) takes this one."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.coverage import measure_coverage
from layercheck.errors import NothingCheckedError
from layercheck.filtering import drop_ignored_paths, is_within, keep_parts
from layercheck.plugins import active_rules, all_rules
from layercheck.project.assembly import assemble
from layercheck.report import Report, build_report
from layercheck.rule import ProjectRule
from layercheck.sources.cache import now_ns
from layercheck.sources.file_source import DiskSource
from layercheck.sources.scan import COMMENT, NOQA, ODD
from layercheck.sources.store import SourceStore
from layercheck.suppressions import apply_suppressions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from layercheck.model.violation import Violation
    from layercheck.project.project import Project
    from layercheck.rule import Rule
    from layercheck.scope import Scope
    from layercheck.sources.discovery import Discovery
    from layercheck.sources.facts import FileFacts
    from layercheck.sources.file_source import FileSource

# Up to this many bytes of source every file is parsed, so that every syntax error is named: about 0.2 s.
SMALL_PROJECT = 2_000_000


class CheckOptions(NamedTuple):
    """How to check, as opposed to what."""

    cache_folder: Path | None = None
    """None: no cache."""
    exact: bool = False
    """Parse every file instead of the suspicious ones."""
    overlay: Mapping[str, bytes] | None = None
    """Texts that stand for a file's content on disk, by path relative to the project root."""
    source: FileSource | None = None
    """Where the files are; None: on disk below the project root, with a cache in `cache_folder`."""
    parse: Collection[str] = ()
    """Files to parse whatever they look like, relative to the project root."""
    parse_whole: bool | None = None
    """Whether to parse every file for its syntax errors; None: if the project is small."""
    pass_over: bool = False
    """Whether it is all right that nothing of what was named is a file of the project; for hooks."""
    today: dt.date | None = None
    """The day by which suppression comments have or have not expired; None: today."""


class Examination(NamedTuple):
    """One check with all that it rests on, for those who compare."""

    project: Project
    store: SourceStore
    report: Report
    is_parsed_whole: bool


def check(scope: Scope, options: CheckOptions) -> Report:
    """Check one project. Raises NothingCheckedError where there is nothing to give a verdict on."""
    start = _start(scope, options)
    cache, files = start.source.cache, start.discovery.files
    # An overlay is nobody else's truth: it neither takes the last report nor leaves one.
    kept = None if options.overlay else cache.report(start.key, _Remembered)
    if kept is not None and not kept.serves(start):
        kept = None
    if kept is not None and cache.is_current(files):
        return _finish(kept.report, scope, start.timings)
    store, known = _load(scope, options, start)
    if kept is not None and store.agrees_with(known):
        # A report follows from the facts alone, and an edit that moves no import changes none of them.
        cache.write(files, store.facts, start.key, kept, start.started)
        return _finish(kept.report, scope, start.timings)
    return _examine(scope, options, start, store).report


def examine(scope: Scope, options: CheckOptions) -> Examination:
    """Check one project and keep what the verdict rests on; raises like `check`."""
    start = _start(scope, options)
    return _examine(scope, options, start, _load(scope, options, start)[0])


class _Start(NamedTuple):
    source: FileSource
    discovery: Discovery
    key: str
    started: int
    timings: dict[str, float]
    named: frozenset[str]
    """The files named by the user that are parsed whatever they look like."""
    today: str


def _start(scope: Scope, options: CheckOptions) -> _Start:
    timings: dict[str, float] = {}
    started = now_ns()
    source = options.source or DiskSource(scope.root, options.cache_folder)
    with _timed(timings, "discover"):
        discovery = source.discover(scope.loaded.configuration.exclude)
        if scope.parts and not options.pass_over:
            _require_parts(scope, discovery)
        key = _key(scope, options, discovery)
    today = (options.today or dt.date.today()).isoformat()  # noqa: DTZ011  (the user's own calendar)
    return _Start(source, discovery, key, started, timings, _named_files(scope, discovery), today)


def _load(scope: Scope, options: CheckOptions, start: _Start) -> tuple[SourceStore, dict[str, FileFacts]]:
    """Take in the files; return with them what earlier runs knew."""
    with _timed(start.timings, "scan"):
        store = SourceStore(scope.root, overlay=options.overlay, read=start.source.read)
        known, unchanged = start.source.cache.known(start.discovery.files)
        store.load(start.discovery.files, known, unchanged)
    return store, known


def _examine(scope: Scope, options: CheckOptions, start: _Start, store: SourceStore) -> Examination:
    source, discovery, key, started, timings, named, today = start
    with _timed(timings, "assemble"):
        project = assemble(
            scope.loaded,
            discovery,
            store,
            configuration_path=scope.configuration_path,
            exact=options.exact,
        )
        _require_layers(project, discovery)
    with _timed(timings, "rules"):
        is_whole = _is_small(discovery) if options.parse_whole is None else options.parse_whole
        _parse_some(store, {*named, *options.parse}, is_whole=is_whole)
        rules = active_rules(scope.loaded.configuration)
        violations = _run(rules, project)
    with _timed(timings, "report"):
        report, depends_on_day = _conclude(scope, project, store, violations, rules, today)
        unparsed = frozenset(path for path, facts in store.facts.items() if not (facts.imports or facts.unreadable))
        if not options.overlay:
            remembered = _Remembered(report, today if depends_on_day else "", unparsed)
            source.cache.write(discovery.files, store.facts, key, remembered, started)
    return Examination(project, store, _finish(report, scope, timings), is_whole)


class _Remembered(msgspec.Struct, frozen=True):
    """The report on a whole project as the cache keeps it: whatever part is asked for next time, it is in there."""

    report: Report
    day: str
    """The day it is true for, `2027-03-01`; empty: any."""
    unparsed: frozenset[str]
    """The files of which only the imports are known, so that their syntax errors are not in the report."""

    def serves(self, start: _Start) -> bool:
        """Tell whether it is an answer to what is asked."""
        return self.day in {"", start.today} and not start.named & self.unparsed


def _finish(report: Report, scope: Scope, timings: dict[str, float]) -> Report:
    """Cut a report to the part that was asked for."""
    shown = keep_parts(report.violations, scope.parts, scope.configuration_path)
    return msgspec.structs.replace(report, violations=tuple(shown), timings=timings)


def _named_files(scope: Scope, discovery: Discovery) -> frozenset[str]:
    """Collect the files named by the user, whose syntax errors are told whatever the size of the project."""
    named = discovery.files.keys() & set(scope.parts)
    # A hook that names the whole project means what it says of each file less than an editor that names one.
    is_few = sum(discovery.files[path].size for path in named) <= SMALL_PROJECT
    return frozenset(named) if is_few else frozenset()


def _key(scope: Scope, options: CheckOptions, discovery: Discovery) -> str:
    """Tell apart everything besides the content of the files that a report depends on."""
    rules = [(rule.code, rule.__module__) for rule in all_rules()]
    asked = (scope.loaded.configuration, scope.configuration_path, options.exact)
    parsed = (sorted(options.parse), options.parse_whole)
    # ASCII, as the names of files need not be text.
    return ascii((*asked, *parsed, discovery.unreadable, _is_small(discovery), rules))


def _require_parts(scope: Scope, discovery: Discovery) -> None:
    parts = frozenset(scope.parts)
    known = (*discovery.files, *discovery.unreadable, scope.configuration_path)
    if not any(is_within(path, parts) for path in known):
        first, *others = scope.parts
        rest = f" and {len(others)} more" if others else ""
        raise NothingCheckedError(
            f"nothing that was named is read ({first}{rest}): it is no Python file, or `exclude` or a .gitignore leaves "
            "it out; --force-exclude passes over that"
        )


def _require_layers(project: Project, discovery: Discovery) -> None:
    if not discovery.files and not discovery.unreadable:
        raise NothingCheckedError("there is no Python file here; give the path of your backend: layercheck check PATH")
    layers = {module.layer for module in project.modules if module.layer is not None}
    if len(layers) < 2 and "layers" not in project.loaded.user_keys:
        seen = f" (only {', '.join(sorted(layers))})" if layers else ""
        raise NothingCheckedError(
            f"no layers were recognised in {len(project.modules)} modules{seen}, so nothing could be checked.\n"
            "Say in pyproject.toml which modules are which, for example:\n\n"
            "    [tool.layercheck.roles]\n"
            '    api = ["app.web"]\n'
            '    services = ["app.usecases"]\n'
            '    models = ["app.tables"]\n\n'
            "or give layers of your own, highest first:\n\n"
            "    [tool.layercheck]\n"
            '    layers = ["app.web", "app.usecases", "app.tables"]'
        )


def _parse_some(store: SourceStore, named: Collection[str], *, is_whole: bool) -> None:
    """Parse the files whose syntax errors must be named even if nothing in them looks wrong."""
    store.parse(
        [path for path, facts in store.facts.items() if is_whole or facts.scan.flags & ODD or path in named],
        statements_only=True,
    )


def _is_small(discovery: Discovery) -> bool:
    return sum(signature.size for signature in discovery.files.values()) <= SMALL_PROJECT


def _run(rules: Iterable[Rule], project: Project) -> list[Violation]:
    project_rules = [rule for rule in rules if isinstance(rule, ProjectRule)]
    in_order = sorted(project_rules, key=lambda rule: rule.sees_outcome)
    return [violation for rule in in_order for violation in rule.check(project)]


def _conclude(
    scope: Scope,
    project: Project,
    store: SourceStore,
    found: Iterable[Violation],
    rules: Iterable[Rule],
    today: str,
) -> tuple[Report, bool]:
    """Take away what is suppressed or ignored for its path; tell, too, whether the outcome is for one day only."""
    configuration = scope.loaded.configuration
    flags = COMMENT | (NOQA if configuration.suppressions.noqa else 0)
    suppressions = {
        path: store.suppressions(path) for path, facts in sorted(store.facts.items()) if facts.scan.flags & flags
    }
    severities = {rule.code: rule.severity for rule in rules}
    kept, suppressed, about_comments = apply_suppressions(
        drop_ignored_paths(found, configuration.per_path_ignores),
        suppressions,
        known={rule.code: rule.name for rule in all_rules()},
        active=severities,
        policy=configuration.suppressions,
        today=today,
    )
    complaints = [
        msgspec.structs.replace(violation, severity=severities[violation.code])
        for violation in drop_ignored_paths(about_comments, configuration.per_path_ignores)
        if violation.code in severities
    ]
    depends_on_day = any(each.until for in_file in suppressions.values() for each in in_file)
    return build_report([*kept, *complaints], suppressed, measure_coverage(project, store.facts)), depends_on_day


@contextmanager
def _timed(timings: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[step] = time.perf_counter() - start
