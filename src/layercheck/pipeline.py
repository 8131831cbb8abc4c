"""The road from a project to its report; every door (command line, editor, tests) takes this one."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.coverage import measure_coverage
from layercheck.errors import NothingCheckedError
from layercheck.filtering import drop_ignored_paths, keep_parts
from layercheck.plugins import active_rules, all_rules
from layercheck.project.assembly import assemble
from layercheck.report import Report, build_report
from layercheck.rule import ProjectRule
from layercheck.sources.cache import Cache, now_ns
from layercheck.sources.discovery import discover
from layercheck.sources.scan import COMMENT, ODD
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

# Up to this many bytes of source every file is parsed, so that every syntax error is named: about 0.2 s.
SMALL_PROJECT = 2_000_000


class CheckOptions(NamedTuple):
    """How to check, as opposed to what."""

    cache_folder: Path | None = None
    """None: no cache."""
    cache: Cache | None = None
    """The cache of the last check in this process, instead of the one in the folder."""
    exact: bool = False
    """Parse every file instead of the suspicious ones."""
    overlay: Mapping[str, bytes] | None = None
    """Texts that stand for a file's content on disk, by path relative to the project root."""


def check(scope: Scope, options: CheckOptions) -> Report:
    """Check one project. Raises NothingCheckedError where there is nothing to give a verdict on."""
    timings: dict[str, float] = {}
    started = now_ns()
    with _timed(timings, "discover"):
        configuration = scope.loaded.configuration
        discovery = discover(scope.root, exclude=configuration.exclude)
        cache = options.cache or Cache(options.cache_folder)
        key = _key(scope, options, discovery)
        # An overlay is nobody else's truth: it neither takes the last report nor leaves one.
        known_report = None if options.overlay else cache.report(key, Report)
    if known_report is not None and cache.is_current(discovery.files):
        return msgspec.structs.replace(known_report, timings=timings)
    with _timed(timings, "scan"):
        store = SourceStore(scope.root, overlay=options.overlay)
        known, unchanged = cache.known(discovery.files)
        store.load(discovery.files, known, unchanged)
        if known_report is not None and store.agrees_with(known):
            # A report follows from the facts alone, and an edit that moves no import changes none of them.
            cache.write(discovery.files, store.facts, key, known_report, started)
            return msgspec.structs.replace(known_report, timings=timings)
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
        _parse_whole(store, discovery, scope.parts)
        rules = active_rules(configuration)
        violations = _run(rules, project)
    with _timed(timings, "report"):
        report = _conclude(scope, project, store, violations, {rule.code for rule in rules})
        if not options.overlay:
            cache.write(discovery.files, store.facts, key, report, started)
    return msgspec.structs.replace(report, timings=timings)


def _key(scope: Scope, options: CheckOptions, discovery: Discovery) -> str:
    """Tell apart everything besides the content of the files that a report depends on."""
    rules = [(rule.code, rule.__module__) for rule in all_rules()]
    asked = (scope.loaded.configuration, scope.parts, scope.configuration_path, options.exact)
    # ASCII, as the names of files need not be text.
    return ascii((*asked, discovery.unreadable, _is_small(discovery), rules))


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


def _parse_whole(store: SourceStore, discovery: Discovery, parts: tuple[str, ...]) -> None:
    """Parse the files whose syntax errors must be named even if nothing in them looks wrong."""
    is_small = _is_small(discovery)
    store.parse(
        [path for path, facts in store.facts.items() if is_small or facts.scan.flags & ODD or path in parts],
        statements_only=True,
    )


def _is_small(discovery: Discovery) -> bool:
    return sum(signature.size for signature in discovery.files.values()) <= SMALL_PROJECT


def _run(rules: Iterable[Rule], project: Project) -> list[Violation]:
    project_rules = [rule for rule in rules if isinstance(rule, ProjectRule)]
    in_order = sorted(project_rules, key=lambda rule: rule.sees_outcome)
    return [violation for rule in in_order for violation in rule.check(project)]


def _conclude(
    scope: Scope, project: Project, store: SourceStore, found: Iterable[Violation], active: Collection[str]
) -> Report:
    """Take away what is suppressed, ignored for its path, or outside the part to report on."""
    commented = {path for path, facts in store.facts.items() if facts.scan.flags & COMMENT}
    kept, suppressed, about_comments = apply_suppressions(
        drop_ignored_paths(found, scope.loaded.configuration.per_path_ignores),
        {path: store.suppressions(path) for path in sorted(commented)},
        known={rule.code: rule.name for rule in all_rules()},
        active=active,
    )
    violations = [*kept, *(violation for violation in about_comments if violation.code in active)]
    shown = keep_parts(violations, scope.parts, scope.configuration_path)
    return build_report(shown, suppressed, measure_coverage(project, store.facts))


@contextmanager
def _timed(timings: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[step] = time.perf_counter() - start
