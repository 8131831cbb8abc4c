"""What classes are, by their bases and by their names; bases are followed through the project."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.evidence.import_sources import find_libraries, imports_dependencies, is_from, sources_of_names
from layercheck.project.evidence.signs import (
    BASE_ENDINGS,
    BASES,
    CLASS_NAMES,
    ENDINGS_OF_LIBRARIES,
    LIBRARIES,
    SCHEMA,
    TABLE,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from layercheck.project.evidence.signs import Sign
    from layercheck.python.outline import ClassOutline, Outline

_LONGEST_CHAIN = 6
_DATABASES = frozenset({"db", "models", "orm", "database"})
_TELLING = frozenset({"pydantic"}).union(*(sign.libraries for sign in BASES.values()))
"""The libraries that say something of a class by being imported where it is defined."""


class Classes:
    """The classes of a project, and what they are; bases are followed to where they are imported from."""

    def __init__(self, outlines: Mapping[str, Outline], imports: Mapping[str, Iterable[str]]) -> None:
        self.libraries = find_libraries({path: imports.get(path, ()) for path in outlines})
        """Path → what the file imports of the libraries that say something of what is defined in it."""
        self._imports = imports
        self._sources: dict[str, dict[str, str]] = {}
        """Path → where the names come from, for the few files of which that is asked."""
        self._bases: set[str] | None = None
        """The last parts of all names that a class descends from."""
        self._behind: set[str] = set()
        """The names of classes that have changed, though nothing descended from them."""
        self._paths: Collection[str] = outlines.keys()
        self._outlines = outlines
        self._known: dict[str, dict[str, str]] = {}
        """Class → path → kind."""
        self._defined: dict[str, set[str]] = defaultdict(set)
        """Class → the files that define one of this name, or make one by a call."""
        for path, outline in outlines.items():
            for target in outline.bases_made:
                self._known.setdefault(target, {})[path] = TABLE
                self._defined[target].add(path)
            for each in outline.classes:
                self._defined[each.name].add(path)
        self._follow([(path, each) for path, outline in outlines.items() for each in outline.classes])

    def _follow(self, classes: Sequence[tuple[str, ClassOutline]]) -> None:
        """Find out what classes are, those that descend from others included."""
        derived: dict[str, list[int]] = defaultdict(list)
        for at, (_, each) in enumerate(classes):
            for base in each.bases:
                derived[_BASES[base].last].append(at)
        waiting: Iterable[int] = range(len(classes))
        done: set[int] = set()
        # Most chains of base classes are short; only what descends from something new can have become known.
        for _ in range(_LONGEST_CHAIN + 1):
            new: set[str] = set()
            for at in waiting:
                path, each = classes[at]
                kind = self.kind_of(path, each)
                if kind is not None:
                    self._known.setdefault(each.name, {})[path] = kind
                    new.add(each.name)
                    done.add(at)
            waiting = sorted({at for name in new for at in derived.get(name, ())} - done)
            if not waiting:
                break

    def replace(self, path: str, before: Outline, after: Outline, imports: Iterable[str]) -> bool:
        """Take in a file that has changed; False where the kinds of classes in other files may hang on it."""
        bases_of_all = self._list_bases()
        libraries = find_libraries({path: imports})[path]
        sources = sources_of_names(path, imports)
        then = Counter(map(_Basis(self.libraries[path], self._sources_of(path)).of, before.classes))
        now = Counter(map(_Basis(libraries, sources).of, after.classes))
        changed = {each.name for each, *_ in (then - now) + (now - then)}
        changed |= set(before.bases_made) ^ set(after.bases_made)
        if before.classes != after.classes:
            # Of several that are called the same, their order decides.
            changed |= {name for name, count in Counter(each.name for each in after.classes).items() if count > 1}
        bases = _bases_of([after])
        if not changed.isdisjoint(bases_of_all | bases) or not self._behind.isdisjoint(bases):
            return False
        bases_of_all |= bases
        self._behind |= changed
        self.libraries[path], self._sources[path] = libraries, sources
        return True

    def move(
        self,
        gone: Mapping[str, Outline],
        new: Mapping[str, Outline],
        paths: Collection[str],
        imports: Mapping[str, Iterable[str]],
    ) -> bool:
        """Take in files that have come or gone; False where the kinds of classes in other files may hang on it.

        `paths` are the files that there are now.
        """
        bases_of_all, bases = self._list_bases(), _bases_of(new.values())
        defined = {name for outline in (*gone.values(), *new.values()) for name in _names_of(outline)}
        if not defined.isdisjoint(bases_of_all | bases) or not self._behind.isdisjoint(bases):
            return False
        segments, self._paths = self._segments, paths
        del self._segments
        # What is imported by a name that is now one of the project, or no longer, may be a library's now, or not.
        differing = segments ^ self._segments
        if differing and any(
            source.partition("/")[0] in differing for sources in self._sources.values() for source in sources.values()
        ):
            return False
        bases_of_all |= bases
        self._behind |= defined
        for path in gone:
            self.libraries.pop(path, None)
            self._sources.pop(path, None)
        self.libraries |= find_libraries({path: imports.get(path, ()) for path in new})
        self._sources |= {path: sources_of_names(path, imports.get(path, ())) for path in new}
        return True

    def _list_bases(self) -> set[str]:
        """List the last parts of all names that a class descends from, in files that are gone as well."""
        if self._bases is None:
            self._bases = _bases_of(self._outlines.values())
        return self._bases

    def imports_dependencies(self, path: str) -> bool:
        """Return whether a file imports what declares dependencies of FastAPI; not to put an application together."""
        return imports_dependencies(self._sources_of(path))

    @cached_property
    def _segments(self) -> frozenset[str]:
        """All names of folders and modules by which somebody may import something of the project.

        A module that is called like a library, inside of a package, is not what `import celery` means.
        """
        return frozenset(
            part
            for path in self._paths
            for folder, part in _list_parts(path.removesuffix(".py"))
            if part not in LIBRARIES or not folder or f"{folder}/__init__.py" not in self._paths
        )

    def _sources_of(self, path: str) -> dict[str, str]:
        known = self._sources.get(path)
        if known is None:
            known = self._sources[path] = sources_of_names(path, self._imports.get(path, ()))
        return known

    def kind_of(self, path: str, each: ClassOutline) -> str | None:
        """Tell what a class is by its bases; None where they do not tell."""
        # What a mixin is called says least of what the class is.
        for base in sorted(each.bases, key=_is_mixin) if len(each.bases) > 1 else each.bases:
            kind = self._kind_of_base(path, base)
            if kind is not None:
                return TABLE if kind == SCHEMA and each.is_table else kind
        return None

    def _kind_of_base(self, path: str, base: str) -> str | None:
        before, last, sign, ending = _BASES[base]
        if sign is None and ending is None and last not in self._known and last != "Model":
            return None  # as most
        if (
            sign is not None
            and self._sources_of(path).get(base.partition(".")[0], "").partition("/")[0] in sign.libraries
        ):
            return sign.kind
        own = self._own_kind(path, base)
        if own is not None:
            return own
        if sign is not None and (not sign.libraries or sign.libraries & self.libraries[path]):
            return sign.kind
        if any(last.endswith(end) and library not in self.libraries[path] for end, library in ENDINGS_OF_LIBRARIES):
            return None
        if last == "Model" and before.rpartition(".")[2] in _DATABASES:
            return TABLE
        return ending

    def _own_kind(self, path: str, base: str) -> str | None:
        """Follow a base class into the project: to the file itself, else to the files it may be imported from."""
        name = _BASES[base].last
        candidates = self._known.get(name)
        if not candidates:
            return None
        if path in self._defined[name]:
            return candidates.get(path)
        source = self._sources_of(path).get(base.partition(".")[0])
        if source is None:
            return None
        if source.partition("/")[0] not in self._segments:
            return None  # another library's
        inside = {place for place in self._defined[name] if is_from(place, source)}
        kinds = {candidates.get(place) for place in inside or candidates}
        return kinds.pop() if len(kinds) == 1 else None


def _bases_of(outlines: Iterable[Outline]) -> set[str]:
    """List the last parts of the names that classes descend from."""
    return {base.rpartition(".")[2] for outline in outlines for each in outline.classes for base in each.bases}


def _names_of(outline: Outline) -> Iterator[str]:
    """List what may be a base class of others."""
    yield from outline.bases_made
    yield from (each.name for each in outline.classes)


class _Basis(NamedTuple):
    """What the kinds of the classes in one file rest on besides other classes."""

    libraries: frozenset[str]
    sources: Mapping[str, str]

    def of(self, each: ClassOutline) -> tuple[ClassOutline, tuple[str, ...], frozenset[str]]:
        """Give a class with what its own kind rests on."""
        sources = tuple(self.sources.get(base.partition(".")[0], "") for base in each.bases)
        return each, sources, self.libraries & _TELLING


def _list_parts(path: str) -> Iterator[tuple[str, str]]:
    """List the names in a path, each with the folder that it lies in."""
    folder = ""
    for part in path.split("/"):
        yield folder, part
        folder = f"{folder}/{part}" if folder else part


def _is_mixin(base: str) -> bool:
    return base.endswith("Mixin")


def kind_of_name(name: str) -> str | None:
    """Tell what a class is by its name; None where that does not tell."""
    return None if name.startswith("Test") else _CLASSES.kind_of(name)


class _Endings:
    """What the endings of names tell; most names have none of them."""

    def __init__(self, kinds: tuple[tuple[str, str], ...]) -> None:
        self._kinds = kinds
        self._all = tuple(ending for ending, _ in kinds)

    def kind_of(self, name: str) -> str | None:
        """Give the kind of the first ending that fits."""
        if not name.endswith(self._all):
            return None
        return next(kind for ending, kind in self._kinds if name.endswith(ending))


class _Base(NamedTuple):
    """What the text of a base class tells."""

    before: str
    last: str
    sign: Sign | None
    ending: str | None
    """The kind that the ending tells."""


class _BasesByText(dict[str, _Base]):
    """Projects derive many classes from the same few bases: each text is read once."""

    def __missing__(self, text: str) -> _Base:
        before, _, last = text.rpartition(".")
        base = _Base(before, last, BASES.get(last), _BASE_ENDINGS.kind_of(last))
        if len(self) < _MOST_KEPT:
            self[text] = base
        return base


_MOST_KEPT = 10_000
_BASE_ENDINGS = _Endings(BASE_ENDINGS)
_CLASSES = _Endings(CLASS_NAMES)
_BASES = _BasesByText()
