"""The road from a project to its report; every door (command line, editor, tests) takes this one."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.baseline.texts import read_texts
from layercheck.coverage import measure_coverage
from layercheck.errors import NothingCheckedError
from layercheck.filtering import is_within, keep_parts, put_aside
from layercheck.model.violation import Baselined
from layercheck.plugins import active_rules, all_rules
from layercheck.project.assembly import assemble
from layercheck.report import Debt, Report, build_report
from layercheck.rule import ProjectRule
from layercheck.sources.cache import now_ns
from layercheck.sources.facts import digest_of
from layercheck.sources.file_source import DiskSource
from layercheck.sources.scan import ODD
from layercheck.sources.store import SourceStore

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.baseline.files import Baseline
    from layercheck.baseline.stock import Balance
    from layercheck.baseline.texts import BaselineText
    from layercheck.model.violation import Suppressed, Violation
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
    """The day by which suppression comments and entries of the baseline are or are not past theirs; None: today."""
    is_ci: bool = False
    """Whether a baseline that could be smaller is an error; else it is a hint."""

    @property
    def day(self) -> dt.date:
        """The day of the check."""
        return self.today or dt.date.today()  # noqa: DTZ011  (the user's own calendar)


class Examination(NamedTuple):
    """One check with all that it rests on, for those who compare."""

    project: Project
    store: SourceStore
    report: Report
    is_parsed_whole: bool


class _Found(NamedTuple):
    """Everything that is wrong with a project, whether somebody has accepted it or not."""

    project: Project
    store: SourceStore
    rules: tuple[Rule, ...]
    violations: tuple[Violation, ...]
    """All but what comments suppress and what is ignored for its path."""
    suppressed: tuple[Suppressed, ...]
    is_parsed_whole: bool
    is_dated: bool
    """Whether a comment names a day, so that all this may be different tomorrow."""


def check(scope: Scope, options: CheckOptions) -> Report:
    """Check one project. Raises NothingCheckedError where there is nothing to give a verdict on.

    Raises BaselineError where there is a baseline that cannot be understood.
    """
    start = _start(scope, options)
    cache, files = start.source.cache, start.discovery.files
    # An overlay is nobody else's truth: it neither takes the last report nor leaves one.
    kept = None if options.overlay else cache.report(start.key, _Remembered)
    if kept is not None and not kept.serves(start, options):
        kept = None
    if kept is not None and cache.is_current(files):
        return _finish(kept.report, scope, start)
    store, known = _load(scope, options, start)
    if kept is not None and store.agrees_with(known):
        # A report follows from the facts alone, and an edit that moves no import changes none of them.
        cache.write(files, store.facts, start.key, kept, start.started)
        return _finish(kept.report, scope, start)
    baseline = _parse_baseline(scope, start.accepted)
    found = _find(scope, options, start, store)
    with _timed(start.timings, "report"):
        balance = _balance(scope, options, found, baseline) if start.accepted else None
        report = _report_all(found) if balance is None else _report_rest(found, balance)
        if not options.overlay:
            # What git says may change while no file does.
            key = "" if balance is not None and balance.stock.asked_history else start.key
            cache.write(files, store.facts, key, _remember(report, found, options), start.started)
    return _finish(report, scope, start)


def examine(scope: Scope, options: CheckOptions) -> Examination:
    """Check one project and keep what the verdict rests on; raises like `check`.

    The baseline is left aside: who compares two states wants to know all that is found in them.
    """
    start = _start(scope, options, with_baseline=False)
    found = _find(scope, options, start, _load(scope, options, start)[0])
    with _timed(start.timings, "report"):
        report = _report_all(found)
        if not options.overlay:
            remembered = _remember(report, found, options)
            start.source.cache.write(start.discovery.files, found.store.facts, start.key, remembered, start.started)
    return Examination(found.project, found.store, _finish(report, scope, start), found.is_parsed_whole)


def take_balance(scope: Scope, options: CheckOptions) -> Balance:
    """Hold a project against its baseline, with all that is needed to change it. Raises what `check` raises."""
    start = _start(scope, options)
    baseline = _parse_baseline(scope, start.accepted)
    found = _find(scope, options, start, _load(scope, options, start)[0])
    return _balance(scope, options, found, baseline)


class _Start(NamedTuple):
    source: FileSource
    discovery: Discovery
    accepted: tuple[BaselineText, ...]
    key: str
    started: int
    timings: dict[str, float]
    named: frozenset[str]
    """The files named by the user that are parsed whatever they look like."""


def _start(scope: Scope, options: CheckOptions, *, with_baseline: bool = True) -> _Start:
    timings: dict[str, float] = {}
    started = now_ns()
    source = options.source or DiskSource(scope.root, options.cache_folder)
    with _timed(timings, "discover"):
        discovery = source.discover(scope.loaded.configuration.exclude)
        accepted = read_texts(scope.root, discovery.baselines if with_baseline else (), source.read)
    if scope.parts and not options.pass_over:
        _require_parts(scope, discovery)
    key = _key(scope, options, discovery, accepted)
    return _Start(source, discovery, accepted, key, started, timings, _named_files(scope, discovery))


def _load(scope: Scope, options: CheckOptions, start: _Start) -> tuple[SourceStore, dict[str, FileFacts]]:
    """Take in the files; return with them what earlier runs knew."""
    with _timed(start.timings, "scan"):
        store = SourceStore(scope.root, overlay=options.overlay, read=start.source.read)
        known, unchanged = start.source.cache.known(start.discovery.files)
        store.load(start.discovery.files, known, unchanged)
    return store, known


def _find(scope: Scope, options: CheckOptions, start: _Start, store: SourceStore) -> _Found:
    discovery, timings = start.discovery, start.timings
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
        _parse_some(store, {*start.named, *options.parse}, is_whole=is_whole)
        rules = active_rules(scope.loaded.configuration)
        violations, suppressed, is_dated = put_aside(
            scope.loaded.configuration, store, _run(rules, project), rules, options.day
        )
    return _Found(project, store, rules, violations, suppressed, is_whole, is_dated)


class _Remembered(msgspec.Struct, frozen=True):
    """A report as the cache keeps it; without a baseline it is on the whole project, whatever part was asked for."""

    report: Report
    day: dt.date | None
    """The day it is true for; None: any."""
    unparsed: frozenset[str]
    """The files of which only the imports are known, so that their syntax errors are not in the report."""

    def serves(self, start: _Start, options: CheckOptions) -> bool:
        """Tell whether it is an answer to what is asked."""
        return self.day in {None, options.day} and not start.named & self.unparsed


def _remember(report: Report, found: _Found, options: CheckOptions) -> _Remembered:
    facts = found.store.facts
    unparsed = (path for path, each in facts.items() if each.imports is None and each.unreadable is None)
    return _Remembered(report, options.day if found.is_dated else None, frozenset(unparsed))


def _finish(report: Report, scope: Scope, start: _Start) -> Report:
    """Cut a report to the part that was asked for."""
    if not start.accepted:
        shown = keep_parts(report.violations, scope.parts, scope.configuration_path)
        report = msgspec.structs.replace(report, violations=tuple(shown))
    return msgspec.structs.replace(report, timings=start.timings)


def _named_files(scope: Scope, discovery: Discovery) -> frozenset[str]:
    """Collect the files named by the user, whose syntax errors are told whatever the size of the project."""
    named = discovery.files.keys() & set(scope.parts)
    # A hook that names the whole project means what it says of each file less than an editor that names one.
    is_few = sum(discovery.files[path].size for path in named) <= SMALL_PROJECT
    return frozenset(named) if is_few else frozenset()


def _key(scope: Scope, options: CheckOptions, discovery: Discovery, accepted: Sequence[BaselineText]) -> str:
    """Tell apart everything besides the content of the files that a report depends on."""
    rules = [(rule.code, rule.__module__) for rule in all_rules()]
    # What is stale in a baseline is told by the files that are asked about; all else serves any part.
    parts = scope.parts if accepted else ()
    asked = (scope.loaded.configuration, parts, scope.configuration_path, options.exact)
    parsed = (sorted(options.parse), options.parse_whole)
    texts = [(text.path, digest_of(text.data)) for text in accepted]
    day = options.day if any(b"until" in text.data for text in accepted) else None
    held = (texts, day, options.is_ci and bool(accepted))
    # ASCII, as the names of files need not be text.
    return ascii((*asked, *parsed, *held, discovery.unreadable, _is_small(discovery), rules))


def _parse_baseline(scope: Scope, accepted: Sequence[BaselineText]) -> Baseline:
    # A report that is taken from the cache does without all of this.
    from layercheck.baseline.files import parse_texts  # noqa: PLC0415
    from layercheck.baseline.findings import EXPIRED, STALE  # noqa: PLC0415

    # What is wrong with the baseline itself cannot be accepted in it.
    acceptable = {rule.code: rule.name for rule in all_rules() if rule.code not in {STALE, EXPIRED}}
    return parse_texts(scope.root, accepted, acceptable)


def _balance(scope: Scope, options: CheckOptions, found: _Found, baseline: Baseline) -> Balance:
    from layercheck.baseline.stock import Balance, Stock  # noqa: PLC0415  (see above)

    stock = Stock(found.project, found.store, baseline, rules=found.rules, parts=scope.parts)
    return Balance(baseline, stock, stock.settle(found.violations, options.day, is_ci=options.is_ci))


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


def _report_all(found: _Found) -> Report:
    return build_report(found.violations, found.suppressed, measure_coverage(found.project, found.store.facts))


def _report_rest(found: _Found, balance: Balance) -> Report:
    """Report what is not accepted, in the part that was asked for, and what is wrong with the entries."""
    settlement = balance.settlement
    debt = Debt(
        known=len({match.known.entry.identity for match in settlement.known}),
        gone=len(settlement.stale),
        moved=len({match.known.entry.identity for match in settlement.moved}),
        expired=len({match.known.entry.identity for match in settlement.expired}),
        expiring=len(settlement.expiring),
    )
    return build_report(
        (*settlement.reported, *settlement.about_entries),
        found.suppressed,
        measure_coverage(found.project, found.store.facts),
        baselined=[Baselined(match.violation, match.known.entry.notes.reason) for match in settlement.known],
        debt=debt,
    )


@contextmanager
def _timed(timings: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[step] = time.perf_counter() - start
