"""The form for Graphviz: `layercheck map --output-format dot | dot -Tsvg -o map.svg`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from layercheck.commands.map.dependency_map import DependencyMap, MapEdge


def render(drawn: DependencyMap) -> str:
    """Write a directed graph; what breaks a rule is red."""
    lines = ["digraph layercheck {", "    node [shape=box];"]
    lines += [f"    {_quote(node.name)} [label={_quote(f'{node.name} ({node.modules})')}];" for node in drawn.nodes]
    lines += [f"    {_quote(edge.importer)} -> {_quote(edge.imported)} [{_style(edge)}];" for edge in drawn.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _style(edge: MapEdge) -> str:
    if not edge.broken:
        return f'label="{edge.imports}"'
    codes = ", ".join(f"{code}: {count}" for code, count in edge.broken.items())
    return f'label={_quote(f"{edge.imports} ({codes})")}, color="red", fontcolor="red", penwidth=2'


def _quote(text: str) -> str:
    escaped = make_printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
