"""The layers of a project as a part of an AGENTS.md, short enough to be read at every start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.context.marked_part import BEGIN, END
from layercheck.commands.context.survey import survey_applications
from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.context.survey import Application, LayerLine
    from layercheck.project.project import Project

MOST_LINES = 60
_MOST_APPLICATIONS = 2
"""Those with the most modules; the others are named."""
_LINES_BESIDE = 16
"""What the introduction, the commands and the markers take, and the names of further applications."""
_LINES_OF_ONE = 15
"""What an application takes besides its layers."""
_MANY = 6
"""So many layers that may be imported are rather told as a whole."""
_COMMANDS = (
    "after a change: `layercheck check --output-format agent`; exit code 0 is clean, 1 findings, 2 not checked",
    "a file that is not written yet: `layercheck check --stdin-filename FILE --output-format agent -`",
    "a finding: `layercheck explain PATH:LINE`; a module: `layercheck explain PATH`; a rule: `layercheck explain LC102`",
    "what the change introduced: `layercheck diff`",
)
_MANNERS = "Fix findings by moving code; write no `layercheck: ignore` comment and no baseline entry unasked."


def write_context(project: Project) -> str:
    """Write at most `MOST_LINES` lines, the markers included; the same for the same structure."""
    applications = survey_applications(project)
    shown = sorted(applications, key=lambda each: (-each.size, each.path))[:_MOST_APPLICATIONS]
    rest = [each for each in applications if each not in shown]
    lines = [BEGIN, "## Layers", "", _introduce(project), ""]
    most = (MOST_LINES - _LINES_BESIDE) // max(1, len(shown)) - _LINES_OF_ONE
    for application in sorted(shown, key=lambda each: each.path):
        lines += _write_application(application, most, is_named=len(applications) > 1)
    if rest:
        lines += [f"The same holds in {', '.join(_code(each.path or '.') for each in rest[:8])}.", ""]
    lines += ["Commands, from the root of the project:", "", *(f"- {command}" for command in _COMMANDS), "", _MANNERS]
    return "".join(f"{line}\n" for line in (*lines, END))


def _introduce(project: Project) -> str:
    order = make_printable(project.layers.order)
    return (
        f"Imports go down: {order}. A layer may import what its row names, and modules without a layer; "
        "`layercheck` checks that."
    )


def _write_application(application: Application, most: int, *, is_named: bool) -> Iterator[str]:
    if is_named:
        yield f"### {_code(application.path or '.')}"
        yield ""
    yield "| layer | where | may import |"
    yield "|---|---|---|"
    shown = application.layers if len(application.layers) <= most else application.layers[: most - 1]
    names = [layer.name for layer in application.layers]
    yield from (_write_row(layer, names) for layer in shown)
    if len(shown) < len(application.layers):
        yield f"| {len(application.layers) - len(shown)} more | | `layercheck config` names them |"
    yield ""
    if application.places:
        yield "Where new code goes:"
        yield ""
        for place in application.places:
            yield f"- {place.kind}: {_code_all(place.path)}{' (the first one)' if place.is_new else ''}"
        yield ""


def _write_row(layer: LayerLine, names: Sequence[str]) -> str:
    """Write one layer; `names` are those of all layers, as the rows stand."""
    allowed = ", ".join(map(_code, layer.allowed)) or "no layer"
    if len(layer.allowed) > _MANY and list(layer.allowed) == names[names.index(layer.allowed[0]) :]:
        allowed = f"{_code(layer.allowed[0])} and all rows below it"
    return f"| {_code(layer.name)} | {_code_all(layer.home)} | {allowed} |"


def _code_all(paths: str) -> str:
    return ", ".join(map(_code, paths.split(", ")))


def _code(text: str) -> str:
    # A bar would end the cell, a backtick the code.
    return f"`{make_printable(text).replace('|', '/').replace('`', chr(39))}`"
