"""Names followed from module to module, to where they are defined and to what they stand for."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.definitions import FileDefinitions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.definitions import Definition
    from layercheck.model.module import Module
    from layercheck.project.resolution import Resolver

_DEEPEST = 20
"""The number of steps that a name is followed; protects against cycles."""
_LONGEST = 200
"""The largest number of modules that may re-export a name."""
_DEEPEST_IN_CLASSES = 8
"""The number of steps after which the search for base classes ends."""


class Defined(NamedTuple):
    """A definition, and where it is."""

    module: Module
    name: str
    definition: Definition
    rest: str = ""
    """What comes after it in the name that was asked for: `().execute`."""

    @property
    def full_name(self) -> str:
        """The name, under the module that defines it."""
        return f"{self.module.name}.{self.name}{self.rest}"


class Definitions:
    """The definitions of all modules of a project; a file is parsed when a name in it is looked up."""

    def __init__(
        self, store: SourceStore, resolver: Resolver, by_path: Mapping[str, Module], by_stem: Mapping[str, Module]
    ) -> None:
        self._store = store
        self._resolver = resolver
        self._by_path = by_path
        self._by_stem = by_stem
        self._missing: set[str] | None = None
        """Collects files instead of reading them; None: they are read."""
        self._descending: set[tuple[str, str]] = set()
        """The classes whose bases are being resolved; a class may depend on itself."""

    def of_file(self, path: str) -> FileDefinitions:
        """Return the definitions at the top level of a file."""
        module = self._by_path.get(path)
        if module is None:
            return FileDefinitions("")
        known = self._store.known_definitions(module)
        if known is not None:
            return known
        if self._missing is not None:
            self._missing.add(path)
            return FileDefinitions(module.name)
        self._store.define([module])
        return self._store.known_definitions(module) or FileDefinitions(module.name)

    def as_known(self) -> tuple[Definitions, set[str]]:
        """Return the definitions that are known, and a set that collects the files which would have to be read for others."""
        known, missing = copy.copy(self), set[str]()
        known._missing = missing  # noqa: SLF001  (definitions like these)
        return known, missing

    def read(self, paths: set[str]) -> None:
        """Read the definitions of several files at once."""
        self._store.define([self._by_path[path] for path in sorted(paths)])

    def find(self, full_name: str, path: str) -> Defined | str | None:
        """Follow a full name, as the file `path` sees it, through all imports to a definition of the project.

        A name that leads out of the project is returned as it is called there; None where nothing defines it.
        """
        return self._search(full_name, path, set())

    def full_name(self, full_name: str, path: str, depth: int = 0) -> str:
        """Follow a full name, as the file `path` sees it, through imports, values and what calls give.

        `app.db.SessionDep().execute` becomes `sqlmodel.Session().execute`; where it ends in the project, the name is
        that under the defining module.
        """
        name, seen_from = full_name, path
        while depth < _DEEPEST:
            depth += 1
            found = self.find(name, seen_from)
            if not isinstance(found, Defined):
                return name if found is None else found
            onward = self._onward(found, depth)
            if onward is None:
                return found.full_name
            name, seen_from = onward
        return name

    def ancestry(self, defined: Defined, depth: int = 0) -> tuple[list[Defined], list[str]]:
        """List the classes of the project that a class descends from, itself first, and the foreign ones."""
        key = (defined.module.path, defined.name)
        if depth > _DEEPEST_IN_CLASSES or key in self._descending:
            return [defined], []
        self._descending.add(key)
        try:
            return self._descend(defined, depth)
        finally:
            self._descending.remove(key)

    def _descend(self, defined: Defined, depth: int) -> tuple[list[Defined], list[str]]:
        own, foreign = [defined], dict[str, None]()
        known = {(defined.module.path, defined.name)}
        for each in own:
            for base in each.definition.bases:
                name = self.full_name(base, each.module.path, depth)
                found = self.find(name, each.module.path)
                if not isinstance(found, Defined) or found.rest or found.definition.form != "class":
                    foreign[name] = None
                elif (found.module.path, found.name) not in known:
                    known.add((found.module.path, found.name))
                    own.append(found)
        return own, list(foreign)

    def _locate(self, full_name: str, path: str) -> tuple[Module, str, str] | None:
        """Divide a full name into a module of the project, the name in it (empty: none), and the rest."""
        head, bracket, tail = full_name.partition("(")
        divided = self._resolver.divide(path, head) if head and path in self._by_path else None
        module = self._by_stem.get(divided[0]) if divided is not None else None
        if divided is None or module is None:
            # A folder that holds no module of the project, or nothing that this project has.
            return None
        taken, *others = divided[1] or [""]
        return module, taken, "".join(f".{each}" for each in others) + bracket + tail

    def _search(self, full_name: str, path: str, seen: set[tuple[str, str]]) -> Defined | str | None:
        located = self._locate(full_name, path)
        if located is None:
            return full_name
        module, taken, rest = located
        if not taken or (module.path, taken) in seen or module.path not in self._by_path or len(seen) > _LONGEST:
            return None
        # Modules that take all names from each other would be asked for ever.
        seen.add((module.path, taken))
        definitions = self.of_file(module.path)
        definition = definitions.names.get(taken)
        if definition is not None:
            if definition.form == "import":
                return self._search(definition.value + rest, module.path, seen)
            return Defined(module, taken, definition, rest)
        for star in reversed(definitions.stars):
            # Whether a foreign module has the name, nobody knows.
            if self._locate(star, module.path) is not None:
                found = self._search(f"{star}.{taken}{rest}", module.path, seen)
                if found is not None:
                    return found
        return None

    def _onward(self, found: Defined, depth: int) -> tuple[str, str] | None:
        """Find what a definition stands for, and from where that is to be seen; None where it stands for itself."""
        definition, rest = found.definition, found.rest
        own = f"{found.module.name}.{found.name}"
        onward: tuple[str, str] | None = None
        if definition.form == "value" and definition.value:
            onward = definition.value + rest, found.module.path
        elif definition.form == "function" and rest.startswith("()") and definition.value:
            onward = definition.value + rest[2:], found.module.path
        elif definition.form == "class" and rest.startswith((".", "().")):
            onward = self._member(found, depth)
        return None if onward is None or onward[0] == own + rest else onward

    def _member(self, found: Defined, depth: int) -> tuple[str, str] | None:
        """Find what an attribute of a class or of an instance is, by the class or by those that it descends from."""
        is_instance = found.rest.startswith("()")
        head = found.rest[3:] if is_instance else found.rest[1:]
        end = min((at for at in (head.find("."), head.find("(")) if at >= 0), default=len(head))
        attribute, rest = head[:end], head[end:]
        own, foreign = self.ancestry(found, depth)
        for each in own:
            member = each.definition.members.get(attribute)
            if member is None or not member.value:
                continue
            if member.form == "function":
                return (member.value + rest[2:], each.module.path) if rest.startswith("()") else None
            return member.value + rest, each.module.path
        if is_instance and foreign and not any(attribute in each.definition.members for each in own):
            # What the project does not define comes from the library.
            return f"{foreign[0]}().{head}", found.module.path
        return None
