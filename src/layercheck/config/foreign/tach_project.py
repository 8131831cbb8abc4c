"""Reads the modules and interfaces of `tach.toml` and of the `tach.domain.toml` of folders."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.foreign.name_globs import has_wildcards, translate_glob
from layercheck.config.foreign.reader import ForeignReader
from layercheck.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck.config.document import Document
    from layercheck.config.foreign.reader import LinedFile
    from layercheck.config.keys import KeyPath

FILE = "tach.toml"
DOMAIN_FILE = "tach.domain.toml"
ROOT = "<root>"
"""The name in tach of the module of all files in no other."""
_DOMAIN_ROOT = "<domain_root>"
_OF_ROOTS = frozenset(
    {"depends_on", "cannot_depend_on", "depends_on_external", "cannot_depend_on_external"}
    | {"layer", "visibility", "utility", "unchecked"}
)
_OF_MODULES = _OF_ROOTS | {"path", "paths"}


class Dependency(NamedTuple):
    """One or several modules on which another one may or may not depend."""

    path: str
    is_deprecated: bool

    def means(self, path: str) -> bool:
        """Return whether it includes a module."""
        return (
            translate_glob(self.path, ".").fullmatch(path) is not None
            if has_wildcards(self.path)
            else self.path == path
        )


class TachModule(NamedTuple):
    """A module of tach, with everything below it except other modules."""

    path: str
    source: LinedFile
    line: int
    depends_on: Sequence[Dependency] | None
    cannot_depend_on: Sequence[Dependency]
    externals: Sequence[str] | None
    """The libraries that it may use; None if it may use any."""
    forbidden_externals: Sequence[str]
    visibility: Sequence[str] | None
    layer: str | None
    is_utility: bool
    is_unchecked: bool
    glob: str = ""
    """The wildcard that it was made from."""

    def may_list(self, other: TachModule) -> bool:
        """Return whether its `depends_on` may contain another module."""
        return other.visibility is None or any(fnmatch.fnmatchcase(self.path, each) for each in other.visibility)


class TachInterface(NamedTuple):
    """What other modules may use."""

    source: LinedFile
    line: int
    exposes: Sequence[str]
    """Regular expressions for paths relative to the module."""
    modules: Sequence[str]
    """Regular expressions for the paths of modules."""
    visibility: Sequence[str] | None
    """The modules that see it; None for all."""
    is_exclusive: bool


class TachReader(ForeignReader):
    """Reads one file; `location` is the module of the folder of a `tach.domain.toml`, empty for `tach.toml`."""

    def __init__(self, document: Document, location: str = "") -> None:
        super().__init__(document)
        self._location = location

    def read_modules(self, names: Collection[str]) -> Iterator[TachModule]:
        """Read the modules; a wildcard is replaced by the `names` that match."""
        root = self.table.get("root") if self._location else None
        if root is not None:
            yield from self._read_module(("root",), root, [_DOMAIN_ROOT], names)
        for index, given in enumerate(self.list_of("modules")):
            key = ("modules", index)
            if not isinstance(given, dict):
                raise self.fail(key, f"expected a module with a path, found {given!r}")
            paths: Sequence[object] = self.texts(key, given, "paths") or [given.get("path")]
            yield from self._read_module(key, given, paths, names)

    def read_interfaces(self) -> Iterator[TachInterface]:
        """Read the interfaces."""
        for index, given in enumerate(self.list_of("interfaces")):
            key = ("interfaces", index)
            if not isinstance(given, dict):
                raise self.fail(key, f"expected an interface, found {given!r}")
            for name in given.keys() - {"expose", "from", "visibility", "exclusive", "data_types"}:
                raise self.fail((*key, name), f"tach knows no key {name!r} of an interface")
            if given.get("data_types", "all") != "all":
                self.remark(
                    (*key, "data_types"), "'data_types' has no equivalent: types of what is used are not compared"
                )
            modules = self.texts(key, given, "from") or [".*"]
            visibility = self.texts(key, given, "visibility")
            yield TachInterface(
                self.document,
                self.line(key),
                self.texts(key, given, "expose") or [],
                [self._resolve_relative(each) for each in modules],
                None if visibility is None else [self._resolve(each) for each in visibility],
                bool(given.get("exclusive")),
            )

    def _read_module(
        self, key: KeyPath, given: object, paths: Sequence[object], names: Collection[str]
    ) -> Iterator[TachModule]:
        if not isinstance(given, dict):
            raise self.fail(key, f"expected a module, found {given!r}")
        known = _OF_ROOTS if key == ("root",) else _OF_MODULES
        for name in given.keys() - known:
            self.remark((*key, name), f"{name!r} of a module is not converted")
        for written in paths:
            if not isinstance(written, str) or not written:
                raise self.fail(key, f"expected a module with a path, found {written!r}")
            path = self._resolve(written)
            glob = path if has_wildcards(path) else ""
            found = sorted(name for name in names if self._compile(key, path).fullmatch(name)) if glob else [path]
            if glob:
                listed = f"the {len(found)} modules" if len(found) != 1 else "the module"
                self.remark(
                    key,
                    f"{written!r} is converted for {listed} that it means today"
                    if found
                    else f"{written!r} matches no module",
                )
            for each in found:
                yield self._make_module(key, given, each, glob)

    def _make_module(self, key: KeyPath, given: Mapping[str, Any], path: str, glob: str) -> TachModule:
        layer = given.get("layer")
        if layer is not None and not isinstance(layer, str):
            raise self.fail((*key, "layer"), f"expected the name of a layer, found {layer!r}")
        visibility = self.texts(key, given, "visibility")
        if visibility is not None:
            self.remark(
                (*key, "visibility"),
                "'visibility' only limits what `depends_on` may list, so tach checks no import by it; "
                'a contract of the kind "protected" does',
            )
        return TachModule(
            path,
            self.document,
            self.line(key),
            self._read_dependencies(key, given, "depends_on"),
            self._read_dependencies(key, given, "cannot_depend_on") or (),
            self.texts(key, given, "depends_on_external"),
            self.texts(key, given, "cannot_depend_on_external") or (),
            None if visibility is None else [self._resolve(each) for each in visibility],
            layer,
            bool(given.get("utility")),
            bool(given.get("unchecked")),
            glob,
        )

    def _read_dependencies(self, key: KeyPath, given: Mapping[str, Any], name: str) -> list[Dependency] | None:
        if name not in given:
            return None
        found = []
        for each in given[name] if isinstance(given[name], list) else [None]:
            path = each.get("path") if isinstance(each, dict) else each
            if not isinstance(path, str):
                raise self.fail((*key, name), f"{name!r}: expected names of modules, found {each!r}")
            resolved = self._resolve(path)
            self._compile((*key, name), resolved)
            found.append(Dependency(resolved, isinstance(each, dict) and bool(each.get("deprecated"))))
        return found

    def _resolve(self, path: str) -> str:
        """Resolve a name in a domain that is relative to its folder."""
        if not self._location:
            return path
        return path.removeprefix("//") if path.startswith("//") else self._resolve_relative(path)

    def _resolve_relative(self, path: str) -> str:
        if not self._location:
            return path
        return self._location if path == _DOMAIN_ROOT else f"{self._location}.{path}"

    def _compile(self, key: KeyPath, glob: str) -> re.Pattern[str]:
        try:
            return translate_glob(glob, ".")
        except ValueError as error:
            raise self.fail(key, str(error)) from None


def fail_at(item: TachModule | TachInterface, message: str) -> ConfigurationError:
    """Describe a mistake in a module or an interface."""
    return ConfigurationError([Problem(message, path=item.source.path, line=item.line)])
