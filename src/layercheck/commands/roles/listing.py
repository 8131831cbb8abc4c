"""The roles of modules, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.module import Certainty
from layercheck.plurals import count
from layercheck.project.coverage import is_without_layer
from layercheck.reporters.display import make_printable, show_path
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.module_json import describe_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.model.module import Module

_SCHEMA_VERSION = 2
_NONE = "-"
_WIDEST_PATH = 48


class _Line(NamedTuple):
    path: str
    role: str
    certainty: str
    why: str


def list_as_json(modules: Sequence[Module]) -> str:
    """Write one object per module; paths are relative to the project root."""
    described = [describe_module(module) for module in modules]
    return encode_document({"schema_version": _SCHEMA_VERSION, "modules": described})


def list_as_text(modules: Sequence[Module], prefix: str, *, is_folded: bool) -> str:
    """Write a line per module, or per folder where all modules have the same role with the same certainty."""
    lines = list(_fold(modules, "", prefix) if is_folded else (_describe(module, prefix) for module in modules))
    widths = [min(max((len(line[at]) for line in lines), default=0), _WIDEST_PATH) for at in range(3)]
    rows = [
        f"{line.path:<{widths[0]}}  {line.role:<{widths[1]}}  {line.certainty:<{widths[2]}}  {line.why}".rstrip()
        for line in lines
    ]
    return "\n".join([*rows, *_summarise(modules)]) + "\n"


def _fold(modules: Sequence[Module], folder: str, prefix: str) -> Iterator[_Line]:
    """Walk down from `folder`, whose modules these are, until all modules of a folder agree."""
    start = len(folder) + 1 if folder else 0
    inside: dict[str, list[Module]] = {}
    for module in modules:
        head, slash, _ = module.path[start:].partition("/")
        if slash:
            inside.setdefault(f"{folder}/{head}" if folder else head, []).append(module)
        else:
            yield _describe(module, prefix)
    for path, members in inside.items():
        first = members[0]
        if len(members) > 1 and all(
            (each.shown_role, each.certainty) == (first.shown_role, first.certainty) for each in members
        ):
            reasons = Counter(each.evidence for each in members)
            why = f"{len(members)} modules: {reasons.most_common(1)[0][0]}"
            yield _Line(f"{_show(path, prefix)}/", first.shown_role or _NONE, _certainty_of(first), make_printable(why))
        else:
            yield from _fold(members, path, prefix)


def _describe(module: Module, prefix: str) -> _Line:
    why = make_printable(module.evidence)
    return _Line(_show(module.path, prefix), module.shown_role or _NONE, _certainty_of(module), why)


def _certainty_of(module: Module) -> str:
    return str(module.certainty) if module.shown_role else _NONE


def _show(path: str, prefix: str) -> str:
    return show_path(path, prefix)


def _summarise(modules: Sequence[Module]) -> Iterator[str]:
    """Count the modules of applications by certainty, and name what changes a role."""
    inside = [module for module in modules if module.application is not None]
    counts = Counter(module.certainty for module in inside if module.shown_role)
    without = sum(not module.shown_role for module in inside)
    unlayered = sum(map(is_without_layer, modules))
    parts = [f"{counts[each]} {each}" for each in Certainty if counts[each]] or ["none with a role"]
    parts += [f"{without} without a role"] if without else []
    yield ""
    yield f"{count(len(inside), 'module')} in applications: {', '.join(parts)}."
    if unlayered:
        yield f"Not judged, as the role is none of the layers in force: {count(unlayered, 'module')}."
    yield 'To change a role, name the module in the configuration: [tool.layercheck.roles] services = ["app.pricing"]'
