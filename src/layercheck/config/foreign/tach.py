"""Modules of tach as contracts of ours: what they may and may not depend on, and their layers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.foreign.conversion import ForeignContract, Remark, finish_conversion
from layercheck.config.foreign.options import read_toml
from layercheck.errors import ConfigurationError, Problem
from layercheck.model.imports import ImportKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.config.document import Document
    from layercheck.config.foreign.conversion import Conversion
    from layercheck.config.keys import KeyPath

FILE = "tach.toml"
_ROOT = "<root>"
_SEEN_KINDS = (ImportKind.RUNTIME, ImportKind.CONDITIONAL, ImportKind.DEFERRED)
_CONVERTED = frozenset(
    {"modules", "layers", "source_roots", "ignore_type_checking_imports", "root_module", "layers_explicit_depends_on"}
)
_OF_MODULES = frozenset({"path", "paths", "depends_on", "cannot_depend_on", "layer", "utility", "unchecked"})


class _Module(NamedTuple):
    path: str
    line: int
    depends_on: frozenset[str] | None
    cannot_depend_on: frozenset[str]
    rank: int | None
    """The index of its layer; None where it has none."""
    is_utility: bool
    is_unchecked: bool


def convert_tach(path: Path) -> Conversion:
    """Convert what a `tach.toml` says of dependencies and layers. Raises ConfigurationError."""
    return _Converter(read_toml(path)).convert()


class _Converter:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._path = document.path
        self._table: Mapping[str, Any] = document.table
        self._remarks: list[Remark] = []
        self._layers, self._closed = self._read_layers()
        self._modules = [each for index in range(len(self._list("modules"))) for each in self._read_modules(index)]
        kinds = [*_SEEN_KINDS, *([] if self._table.get("ignore_type_checking_imports", True) else [ImportKind.TYPING])]
        self._imports = [str(each) for each in kinds]

    def convert(self) -> Conversion:
        for key in self._table:
            if key not in _CONVERTED:
                self._remark((key,), f"{key!r} is not converted")
        if self._table.get("root_module") in {"forbid", "dependenciesonly"}:
            self._remark(("root_module",), "'root_module' is converted as if it were \"allow\"")
        contracts = [*self._convert_layers()]
        for module in self._modules:
            if module.path != _ROOT and not module.is_unchecked:
                contracts += self._convert_module(module)
        return finish_conversion("tach", self._path, contracts, self._remarks)

    def _read_layers(self) -> tuple[list[str], set[int]]:
        names, closed = [], set()
        for index, layer in enumerate(self._list("layers")):
            name = layer.get("name") if isinstance(layer, dict) else layer
            if not isinstance(name, str):
                raise self._fail(("layers", index), f"expected a layer, found {layer!r}")
            if isinstance(layer, dict) and layer.get("closed"):
                closed.add(index)
            names.append(name)
        return names, closed

    def _read_modules(self, index: int) -> Iterator[_Module]:
        key = ("modules", index)
        given = self._list("modules")[index]
        paths = (given.get("paths", [given.get("path")]) if isinstance(given, dict) else []) or [None]
        for name in given if isinstance(given, dict) else ():
            if name not in _OF_MODULES:
                self._remark((*key, name), f"{name!r} of a module is not converted")
        for path in paths:
            if not isinstance(path, str):
                raise self._fail(key, f"expected a module with a path, found {given!r}")
            if "*" in path:
                raise self._fail(key, f"{path!r} is a wildcard, which cannot be converted: list the modules")
            depends_on = self._read_dependencies(key, given, "depends_on")
            layer = given.get("layer")
            if layer is not None and layer not in self._layers:
                raise self._fail(key, f"the layer {layer!r} is not in 'layers'")
            yield _Module(
                path,
                self._line(key),
                depends_on,
                self._read_dependencies(key, given, "cannot_depend_on") or frozenset(),
                None if layer is None else self._layers.index(layer),
                bool(given.get("utility")),
                bool(given.get("unchecked")),
            )
            if path == _ROOT and depends_on is not None:
                self._remark(key, "what modules outside of all others may depend on is not converted")

    def _read_dependencies(self, key: KeyPath, given: Mapping[str, Any], name: str) -> frozenset[str] | None:
        if name not in given:
            return None
        found = set()
        for each in given[name] if isinstance(given[name], list) else [None]:
            path = each.get("path") if isinstance(each, dict) else each
            if not isinstance(path, str) or "*" in path:
                raise self._fail((*key, name), f"{name!r}: expected names of modules, found {each!r}")
            if isinstance(each, dict) and each.get("deprecated"):
                self._remark((*key, name), f"the dependency on {path!r} is deprecated, and stays allowed")
            found.add(path)
        return frozenset(found)

    def _convert_layers(self) -> Iterator[ForeignContract]:
        """Forbid each layer what is above it, and what is below a closed layer."""
        for rank, name in enumerate(self._layers):
            sources = [each for each in self._modules if each.rank == rank and not each.is_unchecked]
            targets = [each for each in self._modules if each.rank is not None and not self._may_reach(rank, each.rank)]
            if sources and targets:
                yield self._forbid(f"layer {name}", self._line(("layers", rank)), sources, targets)

    def _may_reach(self, rank: int, other: int) -> bool:
        return other >= rank and not any(rank < closed < other for closed in self._closed)

    def _convert_module(self, module: _Module) -> Iterator[ForeignContract]:
        others = [each for each in self._modules if each != module and each.path != _ROOT]
        forbidden = [
            each for each in others if each.path in module.cannot_depend_on and not self._is_settled(module, each)
        ]
        if forbidden:
            yield self._forbid(f"{module.path} cannot depend on", module.line, [module], forbidden)
        if module.depends_on is None:
            return
        allowed = [each for each in others if self._may_depend_on(module, each)]
        name = f"dependencies of {module.path}"
        if _ROOT in module.depends_on or self._table.get("root_module", "ignore") == "ignore":
            rest = [each for each in others if each not in allowed]
            if rest:
                yield self._forbid(name, module.line, [module], rest)
            return
        table = {"name": name, "kind": "allowed", "sources": [self._pattern(module)], "imports": self._imports}
        yield ForeignContract({**table, "targets": [self._pattern(each) for each in (module, *allowed)]}, module.line)

    def _may_depend_on(self, module: _Module, other: _Module) -> bool:
        return other.path in (module.depends_on or ()) or other.is_utility or self._is_settled(module, other)

    def _is_settled(self, module: _Module, other: _Module) -> bool:
        """Tell whether the layers of two modules alone say whether one may import the other."""
        if module.rank is None or other.rank is None or module.rank == other.rank:
            return False
        # A layer that is reached against the order is reported by the contract of the layers.
        return not self._table.get("layers_explicit_depends_on")

    def _forbid(self, name: str, line: int, sources: Sequence[_Module], targets: Sequence[_Module]) -> ForeignContract:
        table = {
            "name": name,
            "kind": "forbidden",
            "sources": [self._pattern(each) for each in sources],
            "targets": [self._pattern(each) for each in targets],
            "indirect": False,
            "imports": self._imports,
        }
        return ForeignContract(table, line)

    def _pattern(self, module: _Module) -> str:
        """Write a module without the modules inside it, which are their own."""
        prefix = f"{module.path}."
        inner = sorted(each.path.removeprefix(prefix) for each in self._modules if each.path.startswith(prefix))
        if not inner:
            return module.path
        listed = "|".join(map(re.escape, inner))
        return rf"/{re.escape(module.path)}(?!\.(?:{listed})(?:\.|$))(?:\..+)?/"

    def _list(self, key: str) -> list[Any]:
        given = self._table.get(key, [])
        if not isinstance(given, list):
            raise self._fail((key,), f"expected a list, found {given!r}")
        return given

    def _line(self, key: KeyPath) -> int:
        return self._document.line_of(key) or 1

    def _remark(self, key: KeyPath, message: str) -> None:
        self._remarks.append(Remark(self._line(key), message))

    def _fail(self, key: KeyPath, message: str) -> ConfigurationError:
        return ConfigurationError([Problem(message, path=self._path, line=self._line(key))])
