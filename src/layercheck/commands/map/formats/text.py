"""The form for people: a line per edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.plurals import count
from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from layercheck.commands.map.dependency_map import DependencyMap, MapEdge

_MARK = "!"


def render(drawn: DependencyMap) -> str:
    """Write the edges in the order of the layers, and mark those that break a rule."""
    rows = [
        (
            _MARK if edge.broken else " ",
            make_printable(edge.importer),
            make_printable(edge.imported),
            str(edge.imports),
            _describe_broken(edge),
        )
        for edge in drawn.edges
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(4)]
    lines = [f"layers: {drawn.order}"] if drawn.by == "layer" else []
    lines += ["imports, counted in pairs of modules:"] if rows else []
    lines += [
        f"{mark} {importer:<{widths[1]}} -> {imported:<{widths[2]}}  {count:>{widths[3]}}  {broken}".rstrip()
        for mark, importer, imported, count, broken in rows
    ]
    return "\n".join([*lines, *_summarise(drawn)]) + "\n"


def _describe_broken(edge: MapEdge) -> str:
    return ", ".join(f"{number} break{'s' if number == 1 else ''} {code}" for code, number in edge.broken.items())


def _summarise(drawn: DependencyMap) -> list[str]:
    what = "layers and roles" if drawn.by == "layer" else "packages"
    if not drawn.edges:
        return [f"{len(drawn.nodes)} {what}, and no import between them"]
    broken = sum(bool(edge.broken) for edge in drawn.edges)
    edges = f"{count(len(drawn.edges), 'edge')} between {len(drawn.nodes)} {what}"
    if not broken:
        return [f"{edges}; none breaks a rule"]
    return [
        f"{edges}; {broken} marked {_MARK} break{'s' if broken == 1 else ''} a rule",
        "For the findings, run `layercheck check`.",
    ]
