"""What is known of a module, as text, Markdown and JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from layercheck.commands.explain.json_pages import SCHEMA_VERSION
from layercheck.commands.explain.pages import write_table
from layercheck.plurals import count
from layercheck.reporters.display import make_printable, show_path, show_place
from layercheck.reporters.formats.json import describe_place
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.module_json import describe_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.explain.explain_module import Connection, ModuleExplanation

MOST_SHOWN = 10
"""Imports in each direction; JSON has them all."""
_NO_ROLE = "no role"


def write_text(explanation: ModuleExplanation, prefix: str) -> str:
    """Write what is known of a module, a line for each fact."""
    rows = list(_describe(explanation))
    lines = [f"{show_path(explanation.module.path, prefix)}  {make_printable(explanation.module.name)}"]
    width = max(len(head) for head, _, _ in rows)
    for head, said, connections in rows:
        lines.append(f"  {head:<{width}}  {make_printable(said)}")
        shown = [(show_place(each.location, prefix), _name(each)) for each in connections[:MOST_SHOWN]]
        longest = max((len(place) for place, _ in shown), default=0)
        lines += [f"    {place:<{longest}}  {name}" for place, name in shown]
        if len(connections) > MOST_SHOWN:
            lines.append(f"    … {len(connections) - MOST_SHOWN} more: --output-format json")
    return "\n".join(lines) + "\n"


def write_markdown(explanation: ModuleExplanation, prefix: str) -> str:
    """Write what is known of a module as Markdown."""
    module = explanation.module
    rows = list(_describe(explanation))
    parts = [f"# `{show_path(module.path, prefix)}`", write_table(["", ""], [[head, said] for head, said, _ in rows])]
    for head, _, connections in rows:
        if connections:
            listed = [f"- `{show_place(each.location, prefix)}`: {_name(each)}" for each in connections]
            parts.append(f"## {head[0].upper()}{head[1:]}\n\n" + "\n".join(listed))
    return "\n\n".join(parts) + "\n"


def write_json(explanation: ModuleExplanation) -> str:
    """Write what is known of a module; paths are relative to the project root."""
    module = explanation.module
    return encode_document(
        {
            "schema_version": SCHEMA_VERSION,
            "module": {
                **describe_module(module),
                "layer": module.layer,
                "allowed": list(explanation.allowed),
                "importers": [_connection(each) for each in explanation.importers],
                "imports": [_connection(each) for each in explanation.imports],
            },
        }
    )


def _connection(each: Connection) -> dict[str, Any]:
    other = each.other
    return {
        "module": other.name,
        "role": other.shown_role,
        "layer": other.layer,
        "kind": each.kind,
        **describe_place(each.location),
    }


def _describe(explanation: ModuleExplanation) -> Iterator[tuple[str, str, Sequence[Connection]]]:
    """List the facts: what it is about, a sentence, and the imports that belong to it."""
    module = explanation.module
    if module.shown_role is None:
        yield "role", f"none: {module.evidence}", ()
    else:
        yield "role", f"`{module.shown_role}` ({module.certainty}): {module.evidence}", ()
    if module.layer is None:
        yield "layer", "none, so no layer rule judges its imports", ()
    else:
        why = f": {module.placed}" if module.placed else ""
        yield "layer", f"`{module.layer}` of {explanation.order}{why}", ()
        yield "may import", ", ".join((*explanation.allowed, "modules without a layer")), ()
    yield "imported by", _count(explanation.importers), explanation.importers
    yield "imports", _count(explanation.imports), explanation.imports
    yield "to change the role", f'[tool.layercheck.roles] {module.shown_role or "services"} = ["{module.name}"]', ()


def _count(connections: Sequence[Connection]) -> str:
    if not connections:
        return "no module of this project"
    layers = Counter(map(_label, connections))
    description = ", ".join(
        f"{number} {layer}" for layer, number in sorted(layers.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return f"{count(len(connections), 'module')}: {description}"


def _name(each: Connection) -> str:
    kind = "" if each.kind == "runtime" else f", {each.kind}"
    return f"{make_printable(each.other.name)} ({_label(each)}{kind})"


def _label(each: Connection) -> str:
    return each.other.layer or each.other.shown_role or _NO_ROLE
