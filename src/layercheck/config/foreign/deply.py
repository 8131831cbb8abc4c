"""Converts the configuration of deply: layers of files, and what they may not import."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from layercheck.config.foreign.conversion import STATEMENT_KINDS, ForeignContract, finish_conversion
from layercheck.config.foreign.reader import ForeignReader
from layercheck.config.foreign.yaml_file import YamlFile
from layercheck.model.dotted_names import names_above, with_packages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion
    from layercheck.config.foreign.tree import Tree
    from layercheck.config.keys import KeyPath

TOOL = "deply"
FILES = ("deply.yaml",)
"""Where deply looks for its configuration."""
_DEPENDENCIES = "disallow_layer_dependencies"
_LIBRARIES = "disallow_external_imports"
_NO_ELEMENTS = "contracts are about modules, not about classes and functions in them"
_COLLECTOR_ADVICE = {
    "class_inherits": f"{_NO_ELEMENTS}; `role:models` means the modules that define models",
    "class_name_regex": f"{_NO_ELEMENTS}; list the modules, or use `directory`",
    "function_name_regex": f"{_NO_ELEMENTS}; list the modules, or use `directory`",
    "decorator_usage": f"{_NO_ELEMENTS}; `role:api` means the modules that define endpoints",
    "custom": "code of your own is not run; list the modules, or write a rule of your own, see docs/writing-rules.md",
}
_RULE_ADVICE = {
    "enforce_class_naming": "a rule of your own can check it, see docs/writing-rules.md",
    "enforce_function_naming": "a rule of your own can check it, see docs/writing-rules.md",
    "enforce_class_decorator_usage": "a rule of your own can check it, see docs/writing-rules.md",
    "enforce_function_decorator_usage": "a rule of your own can check it, see docs/writing-rules.md",
    "enforce_inheritance": "a rule of your own can check it, see docs/writing-rules.md",
}


def convert_deply(path: Path, tree: Tree) -> list[Conversion]:
    """Convert `deply.yaml`. Raises ConfigurationError."""
    reader = _Reader(YamlFile(path).narrowed(TOOL), tree)
    reader.remark_on_rest(frozenset({"paths", "exclude_files", "layers", "ruleset"}), {})
    return [finish_conversion(TOOL, path, list(reader.convert()), reader.remarks)]


class _Reader(ForeignReader):
    def __init__(self, document: YamlFile, tree: Tree) -> None:
        super().__init__(document)
        bases = [_strip(each) for each in self.texts((), self.table, "paths") or ["."]]
        for at, base in enumerate(bases):
            if base.startswith(("/", "..")):
                raise self.fail(("paths", at), f"{base!r} is not below this file; write it relative to it")
        excludes = [
            self._compile(("exclude_files",), each) for each in self.texts((), self.table, "exclude_files") or []
        ]
        self._paths: dict[str, str] = {}
        """The files, relative to the folder of their path in the configuration."""
        for file in tree.files:
            inside = [file[len(base) + 1 if base else 0 :] for base in bases if not base or file.startswith(f"{base}/")]
            if file.endswith(".py") and inside and not any(each.search(inside[0]) for each in excludes):
                self._paths[file] = inside[0]
        self._tree = tree
        self._files: dict[str, frozenset[str]] = {}

    def convert(self) -> Iterator[ForeignContract]:
        """Make the contracts of every layer."""
        lines: dict[str, int] = {}
        for at, layer in enumerate(self.list_of("layers")):
            key = ("layers", at)
            name = layer.get("name") if isinstance(layer, dict) else None
            if not isinstance(layer, dict) or not isinstance(name, str):
                raise self.fail(key, f"expected a layer with a name, found {layer!r}")
            collectors = layer.get("collectors")
            found: set[str] = set()
            for index, collector in enumerate(collectors if isinstance(collectors, list) else []):
                found |= self._collect((*key, "collectors", index), collector) or frozenset()
            self._files[name], lines[name] = frozenset(found), self.line(key)
            if not found:
                self.remark(key, f"the layer {name!r} has no module, so no contract is about it")
        ruleset = self.table_at((), self.table, "ruleset")
        for name in ruleset:
            if name not in self._files:
                raise self.fail(("ruleset", name), f"the layer {name!r} is not in 'layers'")
            yield from self._convert_layer(name, self.table_at(("ruleset",), ruleset, name))

    def _convert_layer(self, name: str, rules: Mapping[str, Any]) -> Iterator[ForeignContract]:
        key = ("ruleset", name)
        self.remark_on_rest(frozenset({_DEPENDENCIES, _LIBRARIES}), _RULE_ADVICE, key)
        others = self.texts(key, rules, _DEPENDENCIES) or []
        for at, other in enumerate(others):
            if other not in self._files:
                raise self.fail((*key, _DEPENDENCIES, at), f"the layer {other!r} is not in 'layers'")
        libraries = [each.partition(".")[0] for each in self.texts(key, rules, _LIBRARIES) or []]
        own = self._files[name]
        # What is in both layers is no violation between them.
        targets = self._write(frozenset().union(*(self._files[other] for other in others)) - own)
        for title, rule, wanted in (
            (f"layer {name}", _DEPENDENCIES, targets),
            (f"libraries of {name}", _LIBRARIES, libraries),
        ):
            if own and wanted:
                table = {"name": title, "kind": "forbidden", "sources": self._write(own), "targets": wanted}
                yield ForeignContract({**table, "indirect": False, "imports": STATEMENT_KINDS}, self.line((*key, rule)))

    def _collect(self, key: KeyPath, collector: object) -> frozenset[str] | None:
        """Find the files of a collector; None if it does not collect files."""
        if not isinstance(collector, dict):
            raise self.fail(key, f"expected a collector, found {collector!r}")
        kind = collector.get("type")
        if kind == "bool":
            return self._combine(key, collector)
        if kind not in {"file_regex", "directory"}:
            advice = _COLLECTOR_ADVICE.get(str(kind), "deply knows no such collector")
            self.remark((*key, "type"), f"the collector {kind!r} is not converted: {advice}")
            return None
        if collector.get("element_type"):
            self.remark(
                (*key, "element_type"), f"'element_type' is not converted: {_NO_ELEMENTS}, so all of a file counts"
            )
        if kind == "directory":
            folders = [_strip(each) for each in self.texts(key, collector, "directories") or []]
            found = {file for file, path in self._paths.items() if any(path.startswith(f"{each}/") for each in folders)}
        else:
            regex = self._compile((*key, "regex"), str(collector.get("regex", "")))
            found = {file for file, path in self._paths.items() if regex.match(path) or regex.match(file)}
            modules = "1 module" if len(found) == 1 else f"{len(found)} modules"
            self.remark((*key, "regex"), f"'regex' is converted for the {modules} that it means today")
        exclude = collector.get("exclude_files_regex")
        if exclude:
            left_out = self._compile((*key, "exclude_files_regex"), str(exclude))
            found = {file for file in found if not left_out.search(file)}
        return frozenset(found)

    def _combine(self, key: KeyPath, collector: Mapping[str, Any]) -> frozenset[str] | None:
        parts: dict[str, list[frozenset[str]]] = {}
        for name in ("must", "any_of", "must_not"):
            given = collector.get(name)
            found = [
                self._collect((*key, name, at), each)
                for at, each in enumerate(given if isinstance(given, list) else [])
            ]
            if None in found:
                self.remark(key, "the collector 'bool' is not converted, as a part of it is not")
                return None
            parts[name] = [each for each in found if each is not None]
        wanted = [*parts["must"], *([frozenset().union(*parts["any_of"])] if parts["any_of"] else [])]
        if not wanted:
            return frozenset()
        return frozenset.intersection(*wanted).difference(*parts["must_not"])

    def _write(self, files: Collection[str]) -> list[str]:
        """Write files as modules, or as a package if all of its modules are included."""
        needed = with_packages(name for file, name in self._named.items() if file not in files)
        found = set()
        for file in files:
            if file in self._named:
                above = reversed(names_above(self._named[file]))
                # A package of which only some modules are meant is written without them.
                found.add(next((each for each in above if each not in needed), f"/{re.escape(self._named[file])}/"))
        return sorted(found)

    @cached_property
    def _named(self) -> Mapping[str, str]:
        """The names of all modules, by path."""
        return self._tree.name_files(self._find_roots())

    def _find_roots(self) -> list[str]:
        """List the folders from which modules are imported: those above the outermost packages."""
        packages = {file.rpartition("/")[0] for file in self._tree.files if file.endswith("/__init__.py")}
        tops = {each.rpartition("/")[0] for each in packages if each.rpartition("/")[0] not in packages}
        return sorted(tops | {""}, key=lambda each: -each.count("/") - bool(each))

    def _compile(self, key: KeyPath, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            raise self.fail(key, f"{text!r} is not a valid regular expression: {error}") from None


def _strip(path: str) -> str:
    """Normalise a relative path."""
    return "" if path in {".", "./", ""} else path.removeprefix("./").rstrip("/")
