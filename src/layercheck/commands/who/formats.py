"""What is known of a module, as text and as JSON."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from layercheck.plurals import count
from layercheck.reporters.columns import align
from layercheck.reporters.display import make_printable, show_path
from layercheck.reporters.formats.json import describe_place
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.module_json import identify_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.who.module_profile import ModuleProfile, Neighbour
    from layercheck.model.imports import ImportKind
    from layercheck.model.module import Module

_SCHEMA_VERSION = 1
_MOST_NAMED = 3
"""Modules of each group; JSON has them all."""
_NO_ROLE = "no role"


def write_text(profile: ModuleProfile, prefix: str) -> str:
    """Write a line for each fact, and one for each group of neighbours with the same layer and kind of import."""
    module = profile.named.modules[0]
    if profile.named.is_package:
        lines = [make_printable(profile.named.label)]
        rows = list(_describe_package(profile))
    else:
        lines = [f"{make_printable(module.name)}  {show_path(module.path, prefix)}"]
        rows = list(_describe_module(profile, module))
    width = max(len(head) for head, _ in rows)
    lines += [f"  {head:<{width}}  {make_printable(said)}" for head, said in rows]
    lines += _write_neighbours("imported by", profile.importers)
    lines += _write_neighbours("imports", profile.imports)
    if profile.importers or profile.imports:
        lines.append("Every import with its location: --output-format json")
    return "\n".join(lines) + "\n"


def write_json(profile: ModuleProfile) -> str:
    """Write all that is known of a module or package; paths are relative to the project root."""
    return encode_document(
        {
            "schema_version": _SCHEMA_VERSION,
            "name": profile.named.label,
            "package": profile.named.is_package,
            "modules": [
                {
                    **identify_module(module),
                    "application": module.application,
                    "certainty": module.certainty,
                    "evidence": module.evidence,
                }
                for module in profile.named.modules
            ],
            "layers": profile.order,
            "allowed": list(profile.allowed),
            "importers": [_describe_neighbour(each) for each in profile.importers],
            "imports": [_describe_neighbour(each) for each in profile.imports],
        }
    )


def _describe_module(profile: ModuleProfile, module: Module) -> Iterator[tuple[str, str]]:
    role = f"{module.role} ({module.certainty})" if module.role else "none"
    yield "role", f"{role}: {module.evidence}"
    if module.layer is None:
        yield "layer", "none, so no layer rule judges its imports"
    else:
        yield "layer", f"{module.layer} of {profile.order}"
        yield "may import", ", ".join((*profile.allowed, "modules without a layer"))


def _describe_package(profile: ModuleProfile) -> Iterator[tuple[str, str]]:
    modules = profile.named.modules
    roles = Counter(module.role or _NO_ROLE for module in modules)
    layers = Counter(module.layer or "no layer" for module in modules)
    yield "modules", str(len(modules))
    yield "roles", _list_counts(roles)
    yield "layers", _list_counts(layers)


def _list_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _write_neighbours(heading: str, neighbours: Sequence[Neighbour]) -> list[str]:
    if not neighbours:
        return [f"  {heading} no other module of the project"]
    groups: dict[tuple[str, ImportKind], list[Neighbour]] = defaultdict(list)
    for each in neighbours:
        groups[_label(each.module), each.kind].append(each)
    rows = []
    for (label, kind), members in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        names = ", ".join(make_printable(each.module.name) for each in members[:_MOST_NAMED])
        more = f", … {len(members) - _MOST_NAMED} more" if len(members) > _MOST_NAMED else ""
        rows.append((str(len(members)), label, str(kind), names + more))
    return [f"  {heading} {count(len(neighbours), 'module')}", *(f"    {line}" for line in align(rows, right={0}))]


def _label(module: Module) -> str:
    return module.layer or module.role or _NO_ROLE


def _describe_neighbour(each: Neighbour) -> dict[str, Any]:
    places = [{"kind": place.kind, **describe_place(place.location)} for place in each.places]
    return {**identify_module(each.module), "kind": each.kind, "places": places}
