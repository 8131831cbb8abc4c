"""What there is to report, as the text that an agent reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.explain.routes_in_reports import RouteFinder
from layercheck.reporters.display import display_prefix
from layercheck.reporters.formats.agent import render
from layercheck.rule.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.commands.hook.judging import New, Verdict

_MOST_CHARACTERS = 9_000
"""Cursor drops longer texts than 10,000, Copilot and Claude Code cut them."""
_MOST_LINES = 20
_LONGEST_LINE = 200
"""Of the lists below these headings, for which there is always room."""
_PROBLEM = "layercheck: since this session began, the project cannot be checked any more; please fix:"
_CONCESSIONS = (
    "layercheck: this session keeps findings from being reported; undo it, or name it to the user with the reason:"
)


def write_verdicts(verdicts: Sequence[Verdict]) -> str:
    """Write what was found in each project, in as many characters as every agent reads."""
    return "".join(_write(verdict, len(verdicts)) for verdict in verdicts)


def _write(verdict: Verdict, projects: int) -> str:
    most_lines = max(1, _MOST_LINES // projects)
    problem = _write_list(_PROBLEM, verdict.problem.splitlines(), most_lines)
    concessions = _write_list(_CONCESSIONS, verdict.concessions, most_lines)
    new = "" if verdict.new is None else _write_new(verdict.new)
    room = _MOST_CHARACTERS // projects - len(problem) - len(concessions)
    return f"{problem}{_shorten(new, room)}{concessions}"


def _write_list(heading: str, lines: Sequence[str], most: int) -> str:
    """Write lines below a heading; nothing where there are none."""
    if not lines:
        return ""
    shown = [line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in lines[:most]]
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return "".join(f"{line}\n" for line in (heading, *shown, *more))


def _shorten(text: str, most: int) -> str:
    """Leave out the last lines of a report that is too long."""
    if not text or len(text) <= most:
        return text
    lines = text.splitlines(keepends=True)
    kept, length = 0, 0
    while kept < len(lines) and length + len(lines[kept]) <= most:
        length += len(lines[kept])
        kept += 1
    more = f"and {len(lines) - kept} more lines; layercheck check --output-format agent reports all findings\n"
    return "".join((*lines[:kept], more))


def _write_new(new: New) -> str:
    root = new.target.root
    finder = RouteFinder(root, [new.target], {}, lambda _, texts: new.open_project(texts))
    context = RenderContext(
        root, list_rules=lambda: new.target.plugins.rules, find_routes=finder.find, prefix=display_prefix(root)
    )
    return f"layercheck: new {new.since}; please fix:\n{render(new.report, context)}"
