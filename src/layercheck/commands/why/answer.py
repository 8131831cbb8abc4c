"""From two names to the chains of imports between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.module_argument import NamedModules, find_named_modules
from layercheck.commands.why.import_routes import RouteFinder
from layercheck.commands.why.link_verdicts import LinkVerdict, RouteJudge
from layercheck.engine.build import open_project
from layercheck.errors import UsageError
from layercheck.model.failure import Failure
from layercheck.model.imports import Import, ImportKind
from layercheck.model.module import Module

if TYPE_CHECKING:
    from layercheck.commands.why.import_routes import Link
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget


class Step(msgspec.Struct, frozen=True):
    """One import of a route."""

    importer: Module
    imported: Module
    places: tuple[Import, ...]
    """Where it stands, in the order of the text; at least one."""
    verdict: LinkVerdict


class Answer(msgspec.Struct, frozen=True):
    """The routes from one module or package to another one."""

    start: NamedModules
    end: NamedModules
    kinds: tuple[ImportKind, ...]
    """The kinds of import that count."""
    routes: tuple[tuple[Step, ...], ...]
    """The shortest first; no two share an import."""
    has_more: bool
    counts_too_little: bool
    """Whether there is none of the kinds that count, and one of all kinds."""
    reverse: int
    """Where there is none: the number of imports of the shortest chain the other way round, 0 without one."""
    failures: tuple[Failure, ...]


def find_answer(
    target: ProjectTarget, options: CheckOptions, words: tuple[str, str], kinds: tuple[ImportKind, ...], most: int
) -> Answer:
    """Find the shortest chains of imports between two modules or packages. Raises UsageError for unknown ones."""
    project = open_project(target, options).project
    start, end = (find_named_modules(project, word, target.root) for word in words)
    starts, ends = _part(start, end)
    finder = RouteFinder(project, kinds)
    found: list[list[Link]] = []
    while len(found) <= most and (route := finder.next_route(starts, ends)):
        found.append(route)
    routes, failures = [], {}
    judge = RouteJudge(project, target)
    for route in found[:most]:
        verdicts = judge.judge(route)
        failures.update({each.code: each for each in verdicts.failures})
        steps = zip(route, verdicts.links, strict=True)
        routes.append(tuple(Step(link.importer, link.imported, tuple(link.places), said) for link, said in steps))
    return Answer(
        start=start,
        end=end,
        kinds=kinds,
        routes=tuple(routes),
        has_more=len(found) > most,
        counts_too_little=not found and bool(RouteFinder(project, list(ImportKind)).next_route(starts, ends)),
        reverse=0 if found else len(RouteFinder(project, kinds).next_route(ends, starts)),
        failures=tuple(failures.values()),
    )


def _part(start: NamedModules, end: NamedModules) -> tuple[list[Module], list[Module]]:
    """Return the modules at both ends: those of a package, without the part of it that is the other end."""
    start_paths, end_paths = {each.path for each in start.modules}, {each.path for each in end.modules}
    if start_paths == end_paths:
        raise UsageError(f"{start.label} and {end.label} are the same modules; name two different ones")
    starts = [each for each in start.modules if each.path not in end_paths] or list(start.modules)
    ends = [each for each in end.modules if each.path not in start_paths] or list(end.modules)
    return starts, ends
