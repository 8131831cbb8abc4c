"""Converts the policy of arborescent: rings, their libraries, forbidden imports and cycles."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.document import PYPROJECT
from layercheck.config.foreign.carving import ANY_MODULE
from layercheck.config.foreign.conversion import STATEMENT_KINDS, ForeignContract, finish_conversion
from layercheck.config.foreign.options import read_own_file
from layercheck.config.foreign.reader import ForeignReader
from layercheck.config.library_pattern import STANDARD_LIBRARY, THIRD_PARTY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion
    from layercheck.config.foreign.tree import Tree

TOOL = "arborescent"
FILES = ("arborescent.toml", PYPROJECT)
"""Where arborescent looks for its policy."""
_ALL = "*"
_IO_MODULES = (
    *("asyncio", "ctypes", "getpass", "http", "io", "multiprocessing", "os", "pathlib", "platform", "shutil", "signal"),
    *("socket", "sqlite3", "subprocess", "tempfile", "threading", "urllib", "webbrowser"),
)
"""The modules of the standard library that a ring must list, with the presets "strict" and "standard" (arborescent 0.2)."""
_CONVERTED = frozenset(
    {"rings", "ring", "classify", "groups", "preset", "io_modules", "sources", "source_roots"}
    | {"module_forbid_imports", "forbid_everywhere", "forbid_circular_imports"}
)
_NEEDLESS = frozenset({"python", "output_dir", "type_checkers", "disabled_tools", "suggestion_threshold"})
"""Keys that are not about the structure of the project."""
_ADVICE = {
    "exclude": "`exclude` leaves files out of all rules, in the syntax of .gitignore",
    "baseline": "`layercheck baseline --all` accepts what is there",
    "entry_scripts": "the dependencies that a script declares are not compared with what it imports",
    "dependencies": "libraries are named as they are imported",
    "ruff": "set it in the configuration of ruff",
    "practices": "LC231 to LC236 are about the files of a project",
}
_RING_ADVICE = {
    "os_branching": "reads of `os.name` and `sys.platform` are not judged; a rule of your own can, see docs/writing-rules.md",
    "forbid": "effects (clock, environment, randomness) are not judged; a rule of your own can, see docs/writing-rules.md",
}


class _Ring(NamedTuple):
    name: str
    patterns: Sequence[str]
    reached: Collection[str]
    """The rings that it may import."""
    libraries: Sequence[str]
    line: int


def convert_arborescent(path: Path, tree: Tree) -> list[Conversion]:
    """Convert `arborescent.toml`, or `[tool.arborescent]`. Raises ConfigurationError."""
    reader = _Reader(read_own_file(path, TOOL))
    sources = reader.texts((), reader.table, "sources") or ["."]
    named = tree.name_files(reader.texts((), reader.table, "source_roots") or ["."])
    names = {name for path, name in named.items() if any(_is_below(path, source) for source in sources)}
    contracts = [*reader.convert_rings(names), *reader.convert_rest(sorted({each.partition(".")[0] for each in names}))]
    return [finish_conversion(TOOL, path, contracts, reader.remarks)]


class _Reader(ForeignReader):
    def convert_rings(self, names: Collection[str]) -> Iterator[ForeignContract]:
        """Forbid each ring the rings that it may not import, and the libraries that are not in its list."""
        rings = self._read_rings(names)
        for ring in rings:
            others = [each for each in rings if each.name not in ring.reached]
            targets = [pattern for each in others for pattern in each.patterns]
            if ring.patterns and targets:
                table = {"name": f"ring {ring.name}", "kind": "forbidden", "sources": ring.patterns}
                yield self._contract({**table, "targets": targets, "indirect": False}, ring.line)
            if ring.patterns and _ALL not in ring.libraries:
                yield from self._convert_libraries(ring)
        self.remark(
            ("classify",), "modules without a ring are not reported; `layercheck coverage` counts what no rule governs"
        )

    def _convert_libraries(self, ring: _Ring) -> Iterator[ForeignContract]:
        preset = self.table.get("preset", "strict")
        io_modules = self.texts((), self.table, "io_modules")
        free = [] if preset == "strict" else [STANDARD_LIBRARY]
        name = f"libraries of {ring.name}"
        if free or ring.libraries:
            table = {"name": name, "kind": "allowed", "sources": ring.patterns}
            yield self._contract({**table, "targets": [ANY_MODULE, *free, *ring.libraries]}, ring.line)
        else:
            table = {"name": name, "kind": "forbidden", "sources": ring.patterns}
            yield self._contract({**table, "targets": [THIRD_PARTY, STANDARD_LIBRARY], "indirect": False}, ring.line)
        denied = [each for each in (_IO_MODULES if io_modules is None else io_modules) if each not in ring.libraries]
        if preset == "standard" and denied:
            table = {"name": f"I/O of {ring.name}", "kind": "forbidden", "sources": ring.patterns}
            yield self._contract({**table, "targets": denied, "indirect": False}, ring.line)

    def convert_rest(self, tops: list[str]) -> Iterator[ForeignContract]:
        """Convert the keys about all rings or about single modules."""
        for pattern in self.table_at((), self.table, "module_forbid_imports"):
            key = ("module_forbid_imports", pattern)
            targets = self.texts(key[:1], self.table["module_forbid_imports"], pattern) or []
            written = [_translate(each) if _has_wildcards(each) else each for each in targets]
            table = {"name": f"imports of {pattern}", "kind": "forbidden", "sources": [_translate(pattern)]}
            yield self._contract({**table, "targets": written, "indirect": False}, self.line(key))
        everywhere = self.texts((), self.table, "forbid_everywhere")
        if everywhere and tops:
            table = {"name": "forbidden everywhere", "kind": "forbidden", "sources": tops, "targets": everywhere}
            yield self._contract({**table, "indirect": False}, self.line(("forbid_everywhere",)))
        if self.table.get("forbid_circular_imports", True) and tops:
            table = {"name": "modules form no cycle", "kind": "acyclic", "packages": tops, "between": "modules"}
            yield self._contract(table, self.line(("forbid_circular_imports",)))
        self.remark_on_rest(_CONVERTED | _NEEDLESS, _ADVICE)
        for name in self.table_at((), self.table, "ring"):
            self.remark_on_rest(frozenset({"may_import", "external"}), _RING_ADVICE, ("ring", name))

    def _read_rings(self, names: Collection[str]) -> list[_Ring]:
        order = self.texts((), self.table, "rings") or []
        tables = self.table_at((), self.table, "ring")
        if not order:
            raise self.fail(("rings",), "there are no 'rings'")
        if unknown := sorted(tables.keys() - set(order)):
            raise self.fail(("ring", unknown[0]), f"the ring {unknown[0]!r} is not in 'rings'")
        patterns = self._read_classes(names, order)
        rings = []
        for at, name in enumerate(order):
            key = ("ring", name)
            table = self.table_at(key[:1], tables, name)
            listed = self.texts(key, table, "may_import") or []
            reached = {name, *(order[:at] if _ALL in listed else self._expand(key, listed))}
            libraries = self._expand(key, self.texts(key, table, "external") or [])
            line = self.line(key if name in tables else ("rings", at))
            rings.append(_Ring(name, patterns[name], reached, libraries, line))
        return rings

    def _read_classes(self, names: Collection[str], order: Sequence[str]) -> dict[str, list[str]]:
        """Read the modules of each ring, as patterns; of several matching globs, the first counts."""
        classes = self.table_at((), self.table, "classify")
        patterns: dict[str, list[str]] = {name: [] for name in order}
        for glob, ring in classes.items():
            if ring not in patterns:
                raise self.fail(("classify", glob), f"the ring {ring!r} is not in 'rings'")
            ahead = _find_ahead(classes, glob, names)
            if not set(fnmatch.filter(names, glob)).difference(*(fnmatch.filter(names, each) for each in ahead)):
                self.remark(("classify", glob), f"{glob!r} means no module, so no contract is about it")
                continue
            all_below = f"{glob}.*"
            is_whole = classes.get(all_below) == ring and not _find_ahead(classes, all_below, names)
            if not ahead and is_whole and not _has_wildcards(glob):
                patterns[ring].append(glob)
            elif glob.removesuffix(".*") not in patterns[ring]:
                patterns[ring].append(_translate(glob, ahead))
        return patterns

    def _expand(self, key: tuple[str, ...], items: Sequence[str]) -> list[str]:
        """Replace the names of groups by their entries."""
        groups = self.table_at((), self.table, "groups")
        found: list[str] = []
        for item in items:
            if item.startswith("@") and item[1:] not in groups:
                raise self.fail(key, f"there is no group {item[1:]!r}")
            found += (self.texts(("groups",), groups, item[1:]) or []) if item.startswith("@") else [item]
        return list(dict.fromkeys(found))

    def _contract(self, table: Mapping[str, Any], line: int) -> ForeignContract:
        return ForeignContract({**table, "imports": STATEMENT_KINDS}, line)


def _find_ahead(classes: Mapping[str, str], glob: str, names: Collection[str]) -> list[str]:
    """Find the globs of other rings that come before one and match some of the same modules."""
    earlier = list(classes)[: list(classes).index(glob)]
    own = set(fnmatch.filter(names, glob))
    return [each for each in earlier if classes[each] != classes[glob] and own & set(fnmatch.filter(names, each))]


def _has_wildcards(glob: str) -> bool:
    return re.search(r"[*?\[]", glob) is not None


def _translate(glob: str, ahead: Sequence[str] = ()) -> str:
    """Convert a glob, in which `*` also matches dots, to a pattern, without the modules of other globs."""
    own, *others = (re.sub(r"^\(\?s:|\)\\[zZ]$", "", fnmatch.translate(each)) for each in (glob, *ahead))
    without = f"(?!(?:{'|'.join(others)})$)" if others else ""
    return f"/{without}{own}/"


def _is_below(path: str, source: str) -> bool:
    folder = source.strip("/").removeprefix("./")
    return folder in {"", "."} or path == folder or path.startswith(f"{folder}/")
