"""A project that records what rules read, so that a result is computed again only if it may have changed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from layercheck.project.assembled import Makers
from layercheck.project.by_importer import ByImporter
from layercheck.project.defined_names import Definitions
from layercheck.project.exact_imports import ExactImports
from layercheck.project.journal import find_differing
from layercheck.project.project import Project
from layercheck.project.project_imports import ProjectImports
from layercheck.project.suspect import index_suspects

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence

    from layercheck.model.definitions import FileDefinitions
    from layercheck.model.imports import Import
    from layercheck.model.unreadable import Unreadable
    from layercheck.project.journal import Journal, Question
    from layercheck.project.suspect import Suspect
    from layercheck.python.imports.scan import Scan

    _Key = tuple[Any, ...]
    """The name of a computed part, or a function that computes something and its arguments."""

T = TypeVar("T")

_IMPORTERS, _IMPORTED = _INDEXES = ("_importers", "_imported")
_UNRECORDED = "contract_graph"
"""Keeps answers for later callers without recording who uses them, so it is made again after every change."""
_COMPUTED: dict[str, cached_property[Any]] = {
    name: value
    for cls in (ProjectImports, Project)
    for name, value in vars(cls).items()
    if isinstance(value, cached_property) and name not in {*_INDEXES, _UNRECORDED}
}
_NOT_NOTED = frozenset(
    {"_exact", "kinds", "files", "scans", *_INDEXES, "_journal", "_grounds", "_values", "_derived", "_stood_down"}
)
"""Parts that record their own questions, or (`files`) stay the same while only Python files change."""


def asked_makers(journal: Journal) -> Makers:
    """Return makers of projects that record what they are asked."""
    return Makers(partial(AskedProject, journal), partial(AskedImports, journal), partial(AskedDefinitions, journal))


ANYTHING: Question = ("anything",)
"""The question to which every change is an answer."""


class AskedScans(Mapping[str, "Scan"]):
    """The scans of files; records which of them are read."""

    def __init__(self, scans: Mapping[str, Scan], journal: Journal) -> None:
        self._scans = scans
        self._journal = journal

    def __getitem__(self, path: str) -> Scan:
        self._journal.note("scan", path)
        return self._scans[path]

    def __iter__(self) -> Iterator[str]:
        self._journal.note("part", "scans")
        return iter(self._scans)

    def __len__(self) -> int:
        self._journal.note("part", "scans")
        return len(self._scans)


class AskedImports(ExactImports):
    """Exact imports; records which of them are asked for."""

    def __init__(self, journal: Journal, **parts: Any) -> None:
        super().__init__(**parts)
        self._journal = journal

    def between(self, path: str, imported: str) -> Sequence[Import]:
        """List the imports of the module with the path `imported` in the file `path`."""
        self._journal.note("imports", path, imported)
        return super().between(path, imported)

    def foreign_in(self, path: str) -> list[Import]:
        """List what the statements of the file `path` import from outside the project, each name on its own."""
        self._journal.note("sites", path)
        return super().foreign_in(path)

    def uses_in(self, path: str) -> Mapping[str, list[Import]]:
        """List what the file `path` takes from modules through their names, by paths of the modules."""
        self._journal.note("sites", path)
        return super().uses_in(path)

    def exports_of(self, path: str) -> tuple[str, ...] | None:
        """List the names in the `__all__` of the file `path`; None where it has none that can be read."""
        self._journal.note("sites", path)
        return super().exports_of(path)

    def names_in(self, path: str) -> frozenset[str]:
        """List what the absolute import statements of the file `path` import from, as it is written."""
        self._journal.note("names", path)
        return super().names_in(path)

    def deferrable_in(self, path: str) -> frozenset[int]:
        """List the lines of the import statements of a file that could stand in a function."""
        self._journal.note("deferrable", path)
        return super().deferrable_in(path)

    def has_blind_spots(self, path: str) -> bool:
        """Return whether a file has imports that cannot be resolved statically."""
        self._journal.note("blind spots", path)
        return super().has_blind_spots(path)

    def unreadable(self) -> Mapping[str, Unreadable]:
        """Find which files could not be read so far, by path."""
        self._journal.note("unreadable")
        return super().unreadable()


class AskedDefinitions(Definitions):
    """The definitions of all modules; records the files whose definitions are asked for."""

    def __init__(self, journal: Journal, **parts: Any) -> None:
        super().__init__(**parts)
        self._journal = journal

    def of_file(self, path: str) -> FileDefinitions:
        """Return the definitions at the top level of a file."""
        self._journal.note("definitions", path)
        # What is found there is told with its module.
        self._journal.note("part", "modules")
        return super().of_file(path)


class _AskedEntries(Mapping[str, T]):
    """A derived mapping by path; records which entries are read."""

    def __init__(self, function: Callable[[Project], Any], found: Mapping[str, T], journal: Journal) -> None:
        self._function = function
        self._found = found
        self._note = journal.note

    def __getitem__(self, key: str) -> T:
        self._note("entry", self._function, key)
        return self._found[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Look at one entry."""
        self._note("entry", self._function, key)
        return self._found.get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._note("part", (self._function,))
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class AskedProject(Project):
    """A project that records which of its parts are read; what is computed from them is kept while they stay the same."""

    def __init__(self, journal: Journal, **parts: Any) -> None:
        """Take what a `Project` takes, and the journal that records what is asked."""
        self._journal = journal
        self._values: dict[_Key, Any] = {}
        """What was computed."""
        self._grounds: dict[_Key, set[Question]] = {}
        """The questions that were asked for it."""
        super().__init__(**parts)
        self.scans = AskedScans(self.scans, journal)

    def __getattribute__(self, name: str) -> Any:
        if name == _UNRECORDED:
            self._journal.note(*ANYTHING)
        if name in _COMPUTED:
            return self._compute((name,), _COMPUTED[name].func)
        if name in _INDEXES:
            # All entries are indexed together; a caller that reads some of them does not depend on all.
            with self._journal.recording():
                return super().__getattribute__(name)
        value = super().__getattribute__(name)
        if name not in _NOT_NOTED and name in super().__getattribute__("__dict__"):
            self._journal.note("part", name)
        return value

    def retract(self, code: str) -> None:
        """Forget which conventions a rule found not to hold, before it runs again."""
        self._stood_down = {key: each for key, each in self._stood_down.items() if key[0] != code}

    def derive(self, function: Callable[..., T], *arguments: Hashable) -> T:
        """Compute something once, and again only if what it read has changed."""
        found: T = self._compute((function, *arguments), function, *arguments)
        return found

    def derive_entries(self, function: Callable[[Project], Mapping[str, T]]) -> Mapping[str, T]:
        """Derive a mapping, and record which of its entries are read."""
        with self._journal.recording():
            found: Mapping[str, T] = self._compute((function,), function)
        return _AskedEntries(function, found, self._journal)

    def _compute(self, key: _Key, function: Callable[..., Any], *arguments: object) -> Any:
        self._journal.note("part", key)
        if key not in self._values:
            with self._journal.recording() as asked:
                self._values[key] = function(self, *arguments)
            self._grounds[key] = asked
        return self._values[key]

    def _forget_computed(self) -> None:
        super()._forget_computed()
        self._values, self._grounds = {}, {}

    def suspects_of(self, path: str) -> Sequence[Suspect]:
        """List the possible imports of one module, by its path, from anywhere."""
        self._journal.note("importers", path)
        return super().suspects_of(path)

    def suspects_by(self, path: str) -> Sequence[Suspect]:
        """List the possible imports by one module, by its path."""
        self._journal.note("imported by", path)
        return super().suspects_by(path)

    def replace_importers(self, now: Mapping[str, Sequence[Suspect]], of: Iterable[str]) -> dict[str, Any]:
        """List who may import what after some files have changed.

        `now` are their possible imports by path, and `of` the modules that they did not import before, or no longer do.
        """
        found, known = dict(self._importers), self._imported
        for target in of:
            kept = (each for each in found.get(target, ()) if each.importer.path not in now)
            new = (each for suspects in now.values() for each in suspects if each.imported.path == target)
            found[target] = sorted((*kept, *new), key=lambda each: each.importer.path)
        by_importer = {**known, **now}
        if not now.keys() <= known.keys():
            by_importer = {module.path: by_importer.get(module.path, ()) for module in self.modules}
        return {_IMPORTERS: found, _IMPORTED: by_importer}

    def compare_suspects(self, suspects: Sequence[Suspect]) -> tuple[dict[str, Any], set[Question]]:
        """Index the possible imports again: return the parts that change, and the questions whose answers change."""
        if suspects == self.suspects:
            return {}, set()
        importers, imported = index_suspects(suspects, "imported"), index_suspects(suspects, "importer")
        changes: set[Question] = {("importers", path) for path in find_differing(self._importers, importers)}
        changes |= {("imported by", path) for path in find_differing(self._imported, imported)}
        return {"suspects": suspects, _IMPORTERS: importers, _IMPORTED: imported}, changes

    def renewed(self, parts: Mapping[str, Any], changes: set[Question]) -> AskedProject:
        """Make a project with other `parts`, in which some questions (`changes`) have other answers.

        A computed result that is equal stays the same object; otherwise it is one more change.
        """
        new = copy.copy(self)
        state = vars(new)
        if "suspects" in parts:
            for index in _INDEXES:
                state.pop(index, None)
        state.pop(_UNRECORDED, None)
        changes.add(ANYTHING)
        state.update(parts, _grounds={}, _values={})
        if "scans" in parts:
            new.scans = AskedScans(parts["scans"], self._journal)

        importers = {str(each[1]) for each in changes if each[0] == "imported by"}
        for key, asked in self._grounds.items():
            before = self._values[key]
            if changes.isdisjoint(asked):
                state["_values"][key], state["_grounds"][key] = before, asked
                if not isinstance(key[0], ByImporter) or new._derive_again(key, importers) == before:  # noqa: SLF001
                    continue
            elif len(key) == 1 and new._look_up(key[0]) == before:  # noqa: SLF001  (a project like this one)
                state["_values"][key] = before
                continue
            # Results for single entries are computed when they are needed.
            changes.add(("part", key))
            changes |= _differing_entries(key[0], before, state["_values"].get(key))
        return new

    def _look_up(self, what: Any) -> Any:
        return getattr(self, what) if isinstance(what, str) else self.derive(what)

    def _derive_again(self, key: _Key, importers: Collection[str]) -> Any:
        before = self._values[key]
        with self._journal.recording() as asked:
            self._values[key] = key[0].update(before, importers, self)
        self._grounds[key] = self._grounds[key] | asked
        return self._values[key]


def _differing_entries(function: object, before: object, after: object) -> set[Question]:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return set()
    return {("entry", function, key) for key in find_differing(before, after)}
