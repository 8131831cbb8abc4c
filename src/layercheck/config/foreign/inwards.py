"""Converts the configuration of inwards: layers, their libraries, contexts and cycles."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.document import PYPROJECT
from layercheck.config.foreign.carving import ANY_MODULE, carve, list_inside
from layercheck.config.foreign.conversion import ForeignContract, Remark, finish_conversion
from layercheck.config.foreign.options import read_own_file
from layercheck.config.foreign.reader import ForeignReader
from layercheck.config.library_pattern import STANDARD_LIBRARY
from layercheck.config.module_pattern import parse_pattern
from layercheck.model.dotted_names import is_in_package
from layercheck.model.imports import ImportKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion
    from layercheck.config.foreign.tree import Tree
    from layercheck.config.keys import KeyPath

TOOL = "inwards"
FILES = (PYPROJECT,)
"""Where inwards looks for its configuration."""
_DENIED = (
    *("aiohttp", "alembic", "asyncpg", "boto3", "botocore", "celery", "django", "fastapi", "flask", "ftplib", "grpc"),
    *("http.client", "http.server", "httpx", "litestar", "peewee", "pika", "psycopg", "psycopg2", "pymongo", "pymysql"),
    *("redis", "requests", "smtplib", "socket", "sqlalchemy", "sqlite3", "sqlmodel", "starlette", "subprocess"),
    *("urllib.request", "urllib3"),
)
"""The libraries that the innermost of several layers may not use by default (inwards 0.7)."""
_CONVERTED = frozenset({"root", "layers", "contexts", "cycles", "templates", "rules"})
_NEEDLESS = frozenset({"required-version", "escalate-after", "run-log", "ignore", "namespace-packages"})
"""Keys that do not change which imports are errors."""
_ADVICE = {
    "shape": 'a contract of the kind "placement" says where modules may stand; nothing demands that one is there',
    "names": 'a contract of the kind "placement" says where modules may stand',
    "diagrams": "`layercheck map --output-format mermaid` draws the layers",
    "agent-suppressions": "`layercheck hook` reports the suppression comments that a session adds",
    "stop-gate": "`layercheck hook` judges what a session changed",
    "generated": "`exclude` leaves files out of all rules, `per-path-ignores` out of some",
}
_RULE_ADVICE = {
    "select": "rules of inwards other than INW001 to INW006 and INW011 are not converted; see docs/rules for ours",
    "extend-select": "rules of inwards other than INW001 to INW006 and INW011 are not converted; see docs/rules for ours",
}


class _Layer(NamedTuple):
    name: str
    modules: Sequence[str]
    rank: int
    line: int
    allowed: Sequence[str] | None
    denied: Sequence[str] | None
    also_denied: Sequence[str]


class _Context(NamedTuple):
    name: str
    modules: Sequence[str]
    public: Sequence[str]
    depends_on: Sequence[str]
    line: int


def convert_inwards(path: Path, tree: Tree) -> list[Conversion]:
    """Convert `[tool.inwards]`. Raises ConfigurationError."""
    reader = _Reader(read_own_file(path, TOOL))
    reader.names = tree.name_files([str(reader.table.get("root", "."))]).values()
    reader.remark_on_rest(_CONVERTED | _NEEDLESS, _ADVICE)
    reader.remark_on_rest(frozenset({"ignore", "severity"}), _RULE_ADVICE, ("rules",))
    contracts = [*reader.convert_layers(), *reader.convert_contexts(), *reader.convert_cycles()]
    return [finish_conversion(TOOL, path, contracts, reader.remarks)]


class _Reader(ForeignReader):
    names: Collection[str] = ()
    """The names of all modules."""

    def convert_layers(self) -> Iterator[ForeignContract]:
        """Let each layer import itself, the layers further in, and its libraries."""
        layers = self._layers
        entries = {entry: layer for layer in layers for entry in layer.modules}
        for entry, layer in entries.items():
            self._warn_of_overlap(entry, layer, entries)
        patterns = {layer.name: [_without_others(entry, layer, entries) for entry in layer.modules] for layer in layers}
        for layer in layers:
            reached = [other for other in layers if other is layer or other.rank < layer.rank]
            rest = [other for other in layers if other not in reached]
            sources = patterns[layer.name]
            table: dict[str, Any] = {"name": f"layer {layer.name}", "kind": "forbidden", "sources": sources}
            if self._is_on("INW006"):
                table["kind"] = "allowed"
                table["targets"] = [pattern for other in reached for pattern in patterns[other.name]]
            else:
                table |= {"targets": [pattern for other in rest for pattern in patterns[other.name]], "indirect": False}
            if self._is_on("INW001") and table["targets"]:
                yield self._contract(table, layer.line, "INW001")
            if self._is_on("INW005"):
                is_innermost = layer.rank == 0 and len(layers) > 1
                yield from self._convert_libraries(layer, sources, is_innermost=is_innermost)

    def _convert_libraries(self, layer: _Layer, sources: list[str], *, is_innermost: bool) -> Iterator[ForeignContract]:
        denied = [*(layer.denied if layer.denied is not None else _DENIED if is_innermost else ()), *layer.also_denied]
        if layer.allowed is not None:
            targets = [ANY_MODULE, STANDARD_LIBRARY, *layer.allowed]
            table = {"name": f"libraries of {layer.name}", "kind": "allowed", "sources": sources, "targets": targets}
            yield self._contract(table, layer.line, "INW005")
            denied = [each for each in denied if not any(is_in_package(each, allowed) for allowed in layer.allowed)]
        if denied:
            table = {"name": f"libraries not for {layer.name}", "kind": "forbidden", "sources": sources}
            yield self._contract({**table, "targets": denied, "indirect": False}, layer.line, "INW005")

    def _warn_of_overlap(self, entry: str, layer: _Layer, entries: Mapping[str, _Layer]) -> None:
        others = [each for each, owner in entries.items() if "*" in entry + each and owner is not layer]
        fitting = [name for name in self.names if others and parse_pattern(entry).match_name(name)]
        shared = next((each for each in others for name in fitting if parse_pattern(each).match_name(name)), None)
        if shared is not None:
            message = f"not quite the same: modules fit {entry!r} and {shared!r}, of which inwards takes one"
            self.remarks.append(Remark(layer.line, message))

    def convert_contexts(self) -> Iterator[ForeignContract]:
        """Let each context import its dependencies, and let others import its public modules."""
        contexts = self._contexts
        entries = {entry: context for context in contexts for entry in context.modules}
        patterns = {
            context.name: [carve(entry, list_inside(entry, entries)) for entry in context.modules]
            for context in contexts
        }
        for context in contexts:
            refused = [each for each in contexts if each is not context and each.name not in context.depends_on]
            targets = [pattern for each in refused for pattern in patterns[each.name]]
            if targets and self._is_on("INW002"):
                table = {"name": f"context {context.name}", "kind": "forbidden", "sources": patterns[context.name]}
                yield self._contract({**table, "targets": targets, "indirect": False}, context.line, "INW002")
            hidden = [pattern for entry in context.modules if (pattern := _hide(entry, context, entries))]
            if hidden and self._is_on("INW003"):
                table = {"name": f"public modules of {context.name}", "kind": "protected", "modules": hidden}
                yield self._contract({**table, "importers": patterns[context.name]}, context.line, "INW003")

    def convert_cycles(self) -> Iterator[ForeignContract]:
        """Forbid cycles of modules, or of contexts that are the children of one package."""
        wanted = self.texts((), self.table, "cycles")
        if not self._is_on("INW004"):
            return
        line = self.line(("cycles",))
        if wanted is not None and "modules" in wanted:
            tops = sorted({entry.partition(".")[0] for layer in self._layers for entry in layer.modules})
            table = {"name": "modules form no cycle", "kind": "acyclic", "packages": tops, "between": "modules"}
            yield self._contract(table, line, "INW004", without=(ImportKind.TYPING,))
        contexts = self._contexts
        if len(contexts) < 2 or (wanted is not None and "contexts" not in wanted):
            return
        parents = {entry.rpartition(".")[0] for context in contexts for entry in context.modules}
        if len(parents) > 1 or parents == {""} or any(len(context.modules) > 1 for context in contexts):
            line = contexts[0].line
            message = "cycles between contexts that are not the children of one package are not converted"
            self.remarks.append(Remark(line, message))
            return
        table = {"name": "contexts form no cycle", "kind": "acyclic", "packages": sorted(parents)}
        message = f"contexts form no cycle: the other children of {min(parents)!r} count as well"
        self.remarks.append(Remark(contexts[0].line, message))
        yield self._contract({**table, "depth": 0}, contexts[0].line, "INW004", without=(ImportKind.TYPING,))

    @cached_property
    def _layers(self) -> list[_Layer]:
        found: list[_Layer] = []
        rank = 0
        for index, given in enumerate(self.list_of("layers")):
            key: KeyPath = ("layers", index)
            if isinstance(given, list):
                found += [self._read_layer((*key, at), each, rank) for at, each in enumerate(given)]
                rank += 1
                continue
            for role in self._read_template(key, given, "roles") or [""]:
                found += [self._read_layer(key, given, rank, each.strip()) for each in role.split("|")]
                rank += 1
        if not found:
            raise self.fail(("layers",), "there are no 'layers'")
        return found

    def _read_layer(self, key: KeyPath, given: object, rank: int, role: str = "") -> _Layer:
        """Read a layer; a layer with a template becomes one for each of its roles."""
        table = self._table(key, given)
        inside = f".{role}" if role else ""
        return _Layer(
            f"{self._name(key, table)}{inside}",
            [f"{each}{inside}" for each in self.texts(key, table, "modules") or []],
            rank,
            self.line(key),
            self.texts(key, table, "allow-libraries"),
            self.texts(key, table, "deny-libraries"),
            self.texts(key, table, "extend-deny-libraries") or [],
        )

    @cached_property
    def _contexts(self) -> list[_Context]:
        found = []
        for index, given in enumerate(self.list_of("contexts")):
            key = ("contexts", index)
            table = self._table(key, given)
            modules = self.texts(key, table, "modules") or []
            public = [f"{each}.{name}" for each in modules for name in self._read_template(key, table, "public")]
            public += self.texts(key, table, "public") or []
            depends_on = self.texts(key, table, "depends-on") or []
            found.append(_Context(self._name(key, table), modules, public, depends_on, self.line(key)))
        return found

    def _read_template(self, key: KeyPath, given: object, part: str) -> list[str]:
        """Read one list of the template that a layer or a context names."""
        name = self._table(key, given).get("template")
        if name is None:
            return []
        template = self.table_at((), self.table, "templates").get(name)
        if not isinstance(template, dict):
            raise self.fail((*key, "template"), f"there is no template {name!r}")
        return self.texts(("templates", name), template, part) or []

    def _table(self, key: KeyPath, given: object) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise self.fail(key, f"expected a table, found {given!r}")
        return given

    def _name(self, key: KeyPath, given: Mapping[str, Any]) -> str:
        name = given.get("name")
        if not isinstance(name, str) or not name.strip():
            raise self.fail(key, "the table has no 'name'")
        return name

    def _is_on(self, code: str) -> bool:
        rules = self.table_at((), self.table, "rules")
        key = ("rules",)
        selected = self.texts(key, rules, "select")
        is_on = selected is None or code in selected or code in (self.texts(key, rules, "extend-select") or [])
        return is_on and code not in (self.texts(key, rules, "ignore") or [])

    def _contract(
        self, table: Mapping[str, Any], line: int, code: str, without: Sequence[ImportKind] = ()
    ) -> ForeignContract:
        severities = self.table_at(("rules",), self.table_at((), self.table, "rules"), "severity")
        dynamic = (ImportKind.DYNAMIC,) if code == "INW001" and not self._is_on("INW011") else ()
        kinds = [str(kind) for kind in ImportKind if kind not in {ImportKind.ATTRIBUTE, *without, *dynamic}]
        severity = {"severity": "warning"} if severities.get(code) == "warning" else {}
        return ForeignContract({**table, **severity, "imports": kinds}, line)


def _without_others(entry: str, layer: _Layer, entries: Mapping[str, _Layer]) -> str:
    """Write an entry of a layer, without the entries of other layers inside it."""
    if "*" in entry:
        return entry
    return carve(entry, list_inside(entry, [each for each, owner in entries.items() if owner is not layer]))


def _hide(entry: str, context: _Context, entries: Iterable[str]) -> str:
    """Write the private part of a package of a context; empty if all of it is public."""
    if entry in context.public:
        return ""
    alone = [each.removeprefix("=") for each in context.public if each.startswith("=")]
    exactly = ["" if each == entry else each.removeprefix(f"{entry}.") for each in alone if is_in_package(each, entry)]
    return carve(entry, list_inside(entry, [*entries, *context.public]), exactly)
