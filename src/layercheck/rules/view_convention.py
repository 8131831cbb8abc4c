"""The share of views that query the database themselves; for the rules about Flask and Django."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.rules.convention import Convention, in_each_application, stand_down, with_notes
from layercheck.rules.database_queries import sure_queries
from layercheck.rules.selectors import is_selector_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck import Fact, Found, Located, Module, Project, Rule, SourceModule

_VIEW = "view"
_GO_BETWEENS = frozenset({"services", "db"})


def view_facts(module: SourceModule, views: Collection[ast.FunctionDef | ast.AsyncFunctionDef]) -> Iterator[Fact]:
    """Yield a fact for each view about what it calls; `keep_exceptions` counts them."""
    called: dict[ast.AST, set[str]] = {view: set() for view in views}
    for call in module.nodes(ast.Call) if views else ():
        name = module.full_name(call.func)
        view = module.function_around(call)
        if view in called and name is not None and not name.startswith("builtins."):
            called[view].add(name)
    for each, names in called.items():
        yield module.fact(_VIEW, each, sorted(names))


def keep_exceptions(rule: Rule, project: Project, found: Found, share: float) -> Iterator[Located]:
    """Keep the queries of applications in which at least that share of the views uses other layers instead.

    The names of a finding are the conditions of a query.
    """
    modules = {module.name: module for module in project.modules}
    views = in_each_application(found.facts)
    for application, candidates in in_each_application(found).items():
        through = {
            (each.module.path, each.fact.about)
            for each in views[application]
            if any(_is_of_go_between(name, modules) for name in each.fact.names)
        }
        yield from _judge(rule, project, candidates, through, share)


def _judge(
    rule: Rule, project: Project, candidates: Sequence[Located], through: set[tuple[str, str]], share: float
) -> Iterator[Located]:
    queries = sure_queries(project, candidates)
    asking = {(each.module.path, each.finding.about) for each in queries}
    through -= asking
    convention = Convention(len(through), len(asking))
    if convention.is_kept(share):
        yield from with_notes(
            queries,
            f"{len(through)} of {len(through) + len(asking)} views of this application leave queries to another layer",
            "help: move the query to a service, a selector or a repository, and call it here",
        )
    else:
        stand_down(rule, project, candidates[0].module.application, convention, "views query the database directly")


def _is_of_go_between(name: str, modules: Mapping[str, Module]) -> bool:
    """Return whether a full name leads into services, selectors or repositories."""
    while name:
        module = modules.get(name)
        if module is not None:
            return module.role in _GO_BETWEENS or is_selector_name(name)
        name = name.rpartition(".")[0]
    return False
