"""Makes contracts of what tach checks: layers, dependencies, libraries and interfaces of its modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from layercheck.config.foreign.carving import ANY_MODULE
from layercheck.config.foreign.conversion import ForeignContract
from layercheck.config.foreign.tach_project import ROOT, TachModule, fail_at
from layercheck.config.library_pattern import STANDARD_LIBRARY
from layercheck.model.imports import ImportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck.config.foreign.reader import LinedFile
    from layercheck.config.foreign.tach_project import TachInterface, TachReader
    from layercheck.config.foreign.tach_territory import Territory

    Located = tuple[LinedFile, ForeignContract]
    """A contract, and its file."""

_SEEN_KINDS = (ImportKind.RUNTIME, ImportKind.CONDITIONAL, ImportKind.DEFERRED)


class TachContracts:
    """Makes the contracts of one project."""

    def __init__(self, main: TachReader, modules: Sequence[TachModule], territory: Territory) -> None:
        self._main = main
        self._territory = territory
        self._table = main.table
        self._layers, self._closed = _read_layers(main)
        self._treats_root = self._table.get("root_module", "ignore") != "ignore"
        self._modules = [each for each in modules if territory.is_there(each.path)]
        if self._treats_root and all(each.path != ROOT for each in modules) and territory.is_there(ROOT):
            self._modules.append(_implied_root(main))
        kinds = [*_SEEN_KINDS, *([] if self._table.get("ignore_type_checking_imports", True) else [ImportKind.TYPING])]
        self._imports = [str(each) for each in kinds]
        self._importers = [
            each
            for each in self._modules
            if not each.is_unchecked and territory.is_looked_at(each.path) and (each.path != ROOT or self._treats_root)
        ]
        for module in modules:
            self._check(module)

    def make(self, interfaces: Sequence[TachInterface]) -> Iterator[Located]:
        """Make all contracts."""
        yield from self._convert_layers()
        for module in self._importers:
            yield from self._convert_module(module)
        for module in self._modules:
            yield from self._convert_interfaces(module, interfaces)

    def _check(self, module: TachModule) -> None:
        """Reject what tach rejects."""
        if module.layer is not None and module.layer not in self._layers:
            raise fail_at(module, f"the layer {module.layer!r} is not in 'layers'")
        for other in self._modules:
            if (
                module.depends_on
                and any(each.path == other.path for each in module.depends_on)
                and not module.may_list(other)
            ):
                raise fail_at(
                    module, f"{module.path!r} depends on {other.path!r}, which is not visible to it: tach refuses that"
                )

    def _convert_layers(self) -> Iterator[Located]:
        """Forbid each layer the layers above it, and those below a closed layer."""
        for rank, name in enumerate(self._layers):
            sources = [each for each in self._importers if each.layer == name]
            targets = [
                each
                for each in self._modules
                if each.layer is not None and not self._may_reach(rank, self._layers.index(each.layer))
            ]
            if sources and targets:
                line = self._main.line(("layers", rank))
                yield self._main.document, self._forbid(f"layer {name}", line, sources, targets)

    def _may_reach(self, rank: int, other: int) -> bool:
        return other >= rank and not any(rank < closed < other for closed in self._closed)

    def _convert_module(self, module: TachModule) -> Iterator[Located]:
        others = [each for each in self._modules if each is not module and not self._is_settled(module, each)]
        refused = [each for each in others if any(other.means(each.path) for other in module.cannot_depend_on)]
        if refused:
            yield module.source, self._forbid(f"{module.path} cannot depend on", module.line, [module], refused)
        yield from self._convert_libraries(module)
        if module.depends_on is None:
            return
        deprecated = [
            each
            for each in others
            if each not in refused
            and not each.is_utility
            and next((d.is_deprecated for d in module.depends_on if d.means(each.path)), False)
        ]
        if deprecated:
            name = f"deprecated dependencies of {module.path}"
            contract = self._forbid(name, module.line, [module], deprecated)
            yield module.source, contract._replace(table={**contract.table, "severity": "warning"})
        yield from self._convert_dependencies(module)

    def _convert_dependencies(self, module: TachModule) -> Iterator[Located]:
        others = [each for each in self._modules if each is not module and (each.path != ROOT or self._treats_root)]
        allowed = [each for each in others if self._may_depend_on(module, each)]
        name = f"dependencies of {module.path}"
        if not self._treats_root or any(each.path == ROOT for each in allowed):
            rest = [each for each in others if each not in allowed]
            if rest:
                yield module.source, self._forbid(name, module.line, [module], rest)
            return
        targets = [pattern for each in (module, *allowed) for pattern in self._territory.list_imported(each.path)]
        yield module.source, self._contract(name, "allowed", module, targets=targets)

    def _convert_libraries(self, module: TachModule) -> Iterator[Located]:
        if module.forbidden_externals:
            name = f"{module.path} cannot use libraries"
            targets = list(module.forbidden_externals)
            yield module.source, self._contract(name, "forbidden", module, targets=targets, indirect=False)
        if module.externals is not None:
            targets = [ANY_MODULE, STANDARD_LIBRARY, *module.externals]
            yield module.source, self._contract(f"libraries of {module.path}", "allowed", module, targets=targets)

    def _may_depend_on(self, module: TachModule, other: TachModule) -> bool:
        is_listed = any(each.means(other.path) for each in module.depends_on or ())
        return is_listed or other.is_utility or self._is_settled(module, other)

    def _is_settled(self, module: TachModule, other: TachModule) -> bool:
        """Return whether the layers of two modules alone decide whether one may import the other."""
        if module.layer is None or other.layer is None or module.layer == other.layer:
            return False
        if self._may_reach(self._layers.index(module.layer), self._layers.index(other.layer)):
            return other.is_utility or not self._table.get("layers_explicit_depends_on")
        return True  # the contract of the layers reports it

    def _convert_interfaces(self, module: TachModule, interfaces: Sequence[TachInterface]) -> Iterator[Located]:
        """Make one contract for each set of interfaces that modules see."""
        own = [each for each in interfaces if any(self._fits(each, text, module.path) for text in each.modules)]
        if module.path == ROOT or not own:
            return
        groups: dict[tuple[int, ...], list[TachModule]] = {}
        for user in self._importers:
            if user is not module:
                seen = [at for at, each in enumerate(own) if each.visibility is None or user.path in each.visibility]
                alone = next((at for at in seen if own[at].is_exclusive), None)
                groups.setdefault(tuple(seen) if alone is None else (alone,), []).append(user)
        inner = self._territory.list_inner(module.path)
        for visible, users in groups.items():
            if not visible:
                continue  # who sees no interface may use everything
            exposed = [text for at in visible for text in own[at].exposes]
            entries = [f"/{_whole(text)}/" for text in exposed]
            entries += [rf"/{re.escape(each)}(?:\..+)?/" for each in inner]
            source = own[visible[0]]
            name = f"interface of {module.path}"
            if len(groups) > 1:
                name += f" for {users[0].path}" + (" and others" if len(users) > 1 else "")
            table: dict[str, Any] = {"name": name, "kind": "public", "packages": [module.path]}
            table["interface"] = entries or ["/(?!)/"]
            if not self._is_everybody_else(module, users):
                table["sources"] = self._write_importers(users)
            yield source.source, ForeignContract({**table, "imports": self._imports}, source.line)

    def _is_everybody_else(self, module: TachModule, users: Sequence[TachModule]) -> bool:
        """Return whether some modules are all modules outside another, so that they need not be listed."""
        others = {each.path for each in self._modules if each is not module}
        return (
            others == {each.path for each in users}
            and not self._territory.list_inner(module.path)
            and not self._territory.hides_anything()
            and (self._treats_root or not self._territory.is_there(ROOT))
        )

    def _fits(self, interface: TachInterface, text: str, path: str) -> bool:
        try:
            return re.search(f"^{text}$", path) is not None
        except re.error as error:
            raise fail_at(interface, f"{text!r} is not a valid regular expression: {error}") from None

    def _forbid(
        self, name: str, line: int, sources: Iterable[TachModule], targets: Iterable[TachModule]
    ) -> ForeignContract:
        table = {
            "name": name,
            "kind": "forbidden",
            "sources": self._write_importers(sources),
            "targets": [pattern for each in targets for pattern in self._territory.list_imported(each.path)],
            "indirect": False,
            "imports": self._imports,
        }
        return ForeignContract(table, line)

    def _contract(self, name: str, kind: str, module: TachModule, **keys: Any) -> ForeignContract:
        table = {
            "name": name,
            "kind": kind,
            "sources": self._write_importers([module]),
            **keys,
            "imports": self._imports,
        }
        return ForeignContract(table, module.line)

    def _write_importers(self, modules: Iterable[TachModule]) -> list[str]:
        return [pattern for each in modules for pattern in self._territory.list_importers(each.path)]


def _read_layers(main: TachReader) -> tuple[list[str], set[int]]:
    names, closed = [], set()
    for index, layer in enumerate(main.list_of("layers")):
        name = layer.get("name") if isinstance(layer, dict) else layer
        if not isinstance(name, str):
            raise main.fail(("layers", index), f"expected a layer, found {layer!r}")
        if isinstance(layer, dict) and layer.get("closed"):
            closed.add(index)
        names.append(name)
    return names, closed


def _implied_root(main: TachReader) -> TachModule:
    """Make the module of files in no other module; it may depend on nothing unless it is listed."""
    line = main.line(("root_module",))
    return TachModule(ROOT, main.document, line, (), (), None, (), None, None, is_utility=False, is_unchecked=False)


def _whole(text: str) -> str:
    """Convert an expression of tach (`^a|b$`) for a match of the whole text."""
    alternatives = _part_at_top(text)
    if len(alternatives) == 1:
        return text
    first, *middle, last = alternatives
    return "|".join([f"(?:{first}).*", *(f".*(?:{each}).*" for each in middle), f".*(?:{last})"])


def _part_at_top(text: str) -> list[str]:
    """Split an expression at the bars outside all groups."""
    parts, depth, in_set, start, at = [], 0, False, 0, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif in_set:
            in_set = sign != "]"
        elif sign == "[":
            in_set = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]
