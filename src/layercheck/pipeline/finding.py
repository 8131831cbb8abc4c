"""From files to everything that is wrong with them, whether somebody has accepted it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.filtering import put_aside
from layercheck.model.imports import Depth
from layercheck.pipeline.grounds import require_layers
from layercheck.pipeline.options import is_small
from layercheck.pipeline.timing import timed
from layercheck.plugins import active_rules
from layercheck.project.assembly import assemble
from layercheck.project.files import ProjectFiles
from layercheck.rule import ProjectRule
from layercheck.sources.scan import ODD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from layercheck.model.violation import Suppressed, Violation
    from layercheck.pipeline.options import CheckOptions
    from layercheck.pipeline.starting import Start
    from layercheck.project.project import Project
    from layercheck.rule import Rule
    from layercheck.scope import Scope
    from layercheck.sources.store import SourceStore


class Found(NamedTuple):
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


def find_all(scope: Scope, options: CheckOptions, start: Start, store: SourceStore) -> Found:
    """Put the project together and let the rules look at it."""
    discovery, timings = start.discovery, start.timings
    with timed(timings, "assemble"):
        project = assemble(
            scope.loaded,
            discovery,
            store,
            configuration_path=scope.configuration_path,
            exact=options.exact,
            files=ProjectFiles(discovery, store.read, start.source.tracked),
        )
        require_layers(project, discovery)
    with timed(timings, "rules"):
        is_whole = is_small(discovery) if options.parse_whole is None else options.parse_whole
        parse_some(store, {*start.named, *options.parse}, is_whole=is_whole)
        rules = active_rules(scope.loaded.configuration)
        violations, suppressed, is_dated = put_aside(
            scope.loaded.configuration, store, _run(rules, project), rules, options.day
        )
    return Found(project, store, rules, violations, suppressed, is_whole, is_dated)


def parse_some(store: SourceStore, named: Collection[str], *, is_whole: bool) -> None:
    """Parse the files whose syntax errors must be named even if nothing in them looks wrong."""
    store.parse(
        [path for path, facts in store.facts.items() if is_whole or facts.scan.flags & ODD or path in named],
        Depth.STATEMENTS,
    )


def _run(rules: Iterable[Rule], project: Project) -> list[Violation]:
    project_rules = [rule for rule in rules if isinstance(rule, ProjectRule)]
    in_order = sorted(project_rules, key=lambda rule: rule.sees_outcome)
    return [violation for rule in in_order for violation in rule.check(project)]
