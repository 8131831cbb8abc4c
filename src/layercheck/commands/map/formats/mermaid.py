"""The form for Markdown pages of GitHub and GitLab: a flowchart of Mermaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from layercheck.commands.map.dependency_map import DependencyMap, MapEdge


def render(drawn: DependencyMap) -> str:
    """Write a flowchart; what breaks a rule is red."""
    # Names of nodes must not be words of the language (`end`), so they are numbers.
    numbers = {node.name: f"n{at}" for at, node in enumerate(drawn.nodes)}
    lines = ["flowchart TD"]
    lines += [f"    {numbers[node.name]}[{_quote(f'{node.name} ({node.modules})')}]" for node in drawn.nodes]
    lines += [
        f"    {numbers[edge.importer]} -->|{_quote(_label(edge))}| {numbers[edge.imported]}" for edge in drawn.edges
    ]
    broken = [str(at) for at, edge in enumerate(drawn.edges) if edge.broken]
    if broken:
        lines.append(f"    linkStyle {','.join(broken)} stroke:red,stroke-width:2px,color:red")
    return "\n".join(lines) + "\n"


def _label(edge: MapEdge) -> str:
    codes = ", ".join(f"{code}: {count}" for code, count in edge.broken.items())
    return f"{edge.imports} ({codes})" if codes else str(edge.imports)


def _quote(text: str) -> str:
    # Mermaid knows no backslash, only entities.
    escaped = make_printable(text).replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    return f'"{escaped}"'
