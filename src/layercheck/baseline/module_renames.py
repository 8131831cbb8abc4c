"""What became of modules that are gone: renamed, as git or the names defined in them prove, or deleted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.facts.file_kind import file_kind
from layercheck.project.relative_paths import folders_above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Set as AbstractSet

_DEFINITION = re.compile(
    rb"^(?:(?:async[ \t]+)?def|class)[ \t]+([\w\x80-\xff]+)|^([\w\x80-\xff]+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE
)


class Changes(NamedTuple):
    """What happened to the files of a project since its findings were accepted; paths relative to its root."""

    renamed: Mapping[str, str]
    """Old path → new path, where git says so."""
    vanished: AbstractSet[str] = frozenset()
    appeared: AbstractSet[str] = frozenset()


class Texts(NamedTuple):
    """How to read the files of then and now."""

    read_old: Callable[[str], bytes]
    read_new: Callable[[str], bytes]


def definitions_of(source: bytes) -> frozenset[bytes]:
    """Collect the names that a module defines at its top level: functions, classes, variables."""
    return frozenset(match[1] or match[2] for match in _DEFINITION.finditer(source))


def trace_renames(changes: Changes, texts: Texts, old: AbstractSet[str], new: AbstractSet[str]) -> dict[str, str]:
    """Find what became of the files that are gone: old path → new path.

    `old` and `new` are the paths worth reading: those that have to do with an entry or with a finding.
    """
    renamed = dict(changes.renamed)
    renamed |= _pair_by_content(
        {path: texts.read_old(path) for path in sorted(changes.vanished & old)},
        {path: texts.read_new(path) for path in sorted(changes.appeared & new)},
    )
    for folder, new_folder in sorted(folder_renames(renamed).items(), key=lambda pair: -len(pair[0])):
        for path in changes.vanished:
            candidate = f"{new_folder}{path[len(folder) :]}"
            if path.startswith(f"{folder}/") and candidate in changes.appeared:
                renamed.setdefault(path, candidate)
    return renamed


def folder_renames(renamed: Mapping[str, str]) -> dict[str, str]:
    """Find which folders were renamed, by the files in them that kept their names; the majority decides."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in renamed.items():
        pair = _differing_folders(old, new)
        if pair is not None:
            votes[pair[0]][pair[1]] += 1
    return {folder: max(sorted(found), key=found.__getitem__) for folder, found in votes.items()}


class RenamedModules:
    """Leads from what a module or file was called to what it is called today."""

    def __init__(self, renamed: Mapping[str, str], names: Mapping[str, str], top: str) -> None:
        """`names` are today's module names by path; `top` is the name of the root folder, which may be a package."""
        self._renamed = renamed
        self._top = top
        self._by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for old, new in renamed.items():
            if new in names:
                self._register(old, names[new])
        packages = _package_names(names)
        today = {folder for path in names for folder in folders_above(path)}
        for old, new in folder_renames(renamed).items():
            if old not in today and new in packages:
                self._register(f"{old}/__init__.py", packages[new])

    def __call__(self, end: str, application: str | None) -> str | None:
        """Find today's name of a module (in an application, if one is given) or path; None where it was not renamed."""
        if end in self._renamed:
            return self._renamed[end]
        found = self._by_name.get(end, [])
        inside = [pair for pair in found if application and pair[0].startswith(f"{application}/")]
        found = sorted(inside or found, key=lambda pair: pair[0].count("/"))
        nearest = {name for path, name in found if path.count("/") == found[0][0].count("/")}
        return nearest.pop() if len(nearest) == 1 else None

    def _register(self, old: str, name: str) -> None:
        for dotted in dotted_names(old, self._top):
            self._by_name[dotted].append((old, name))


def dotted_names(path: str, top: str) -> Iterator[str]:
    """List the names under which a file may have been imported, whichever folder above it imports start from."""
    stem = path.rpartition(".")[0].removesuffix("/__init__")
    parts = [top, *stem.split("/")]
    return (".".join(parts[at:]) for at in range(len(parts)))


def _pair_by_content(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """Pair files of the same text or the same definitions; where several fit, the one whose name is most alike."""
    definitions = {path: definitions_of(text) for path, text in new.items()}
    found: dict[str, str] = {}
    candidates = []
    for path, text in old.items():
        wanted = definitions_of(text)
        fitting = [
            other
            for other, other_text in new.items()
            if text.strip() and (text == other_text or (wanted and wanted == definitions[other]))
        ]
        ranked = sorted(((_likeness(path, other), other) for other in fitting), reverse=True)
        if ranked and (len(ranked) == 1 or ranked[0][0] > ranked[1][0]):
            candidates.append((ranked[0][0], path, ranked[0][1]))
    for _, path, other in sorted(candidates, reverse=True):
        if other not in found.values():
            found[path] = other
    return found


def _likeness(path: str, other: str) -> tuple[int, int]:
    """Count the parts that two paths share, from the end and from the beginning."""
    parts, others = path.split("/"), other.split("/")
    return (_count_equal(reversed(parts), reversed(others)), _count_equal(parts, others))


def _count_equal(parts: Iterable[str], others: Iterable[str]) -> int:
    count = 0
    for part, other in zip(parts, others, strict=False):
        if part != other:
            break
        count += 1
    return count


def _differing_folders(old: str, new: str) -> tuple[str, str] | None:
    """Cut off the names that two paths end with alike; None for files that lie in the same folder or are named anew."""
    parts, others = old.split("/"), new.split("/")
    while parts and others and parts[-1] == others[-1]:
        parts.pop()
        others.pop()
    is_folder = len(parts) < len(old.split("/"))
    return ("/".join(parts), "/".join(others)) if is_folder and parts and others else None


def _package_names(names: Mapping[str, str]) -> dict[str, str]:
    """Name the folders that hold modules."""
    packages: dict[str, str] = {}
    for path, name in names.items():
        folder = path.rpartition("/")[0]
        package = name
        if not file_kind(path).is_package:
            package = name.rpartition(".")[0]
        while folder and package and folder not in packages:
            packages[folder] = package
            folder, package = folder.rpartition("/")[0], package.rpartition(".")[0]
    return packages
