"""What there is to report, as the text that an agent reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.explain.routes_in_reports import RouteFinder
from layercheck.reporters.display import display_prefix
from layercheck.reporters.formats.agent import render
from layercheck.rule.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.commands.hook.judging import New, Verdict

_MOST_CONCESSIONS = 20


def write_verdicts(verdicts: Iterable[Verdict]) -> str:
    """Write what was found in each project."""
    return "".join(part for verdict in verdicts for part in _write(verdict))


def _write(verdict: Verdict) -> Iterator[str]:
    if verdict.problem:
        yield f"layercheck: since this session began, the project cannot be checked any more; please fix:\n{verdict.problem}\n"
    if verdict.new is not None:
        yield _write_new(verdict.new)
    if verdict.concessions:
        yield "layercheck: this session keeps findings from being reported; undo it, or name it to the user with the reason:\n"
        yield from (f"{text}\n" for text in verdict.concessions[:_MOST_CONCESSIONS])
        more = len(verdict.concessions) - _MOST_CONCESSIONS
        if more > 0:
            yield f"and {more} more\n"


def _write_new(new: New) -> str:
    root = new.target.root
    finder = RouteFinder(root, [new.target], {}, lambda _, texts: new.open_project(texts))
    context = RenderContext(
        root, list_rules=lambda: new.target.plugins.rules, find_routes=finder.find, prefix=display_prefix(root)
    )
    return f"layercheck: new {new.since}; please fix:\n{render(new.report, context)}"
