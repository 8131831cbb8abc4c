"""All sources of a project: read once, recognised by content, parsed only on demand."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from layercheck.errors import UnreadableSourceError
from layercheck.facts.examiner import examine
from layercheck.facts.file_facts import FileFacts, digest_of, scan_file
from layercheck.facts.file_kind import file_kind
from layercheck.facts.processes import map_in_processes
from layercheck.model.definitions import FileDefinitions
from layercheck.model.examination import Examination
from layercheck.model.imports import Depth, FileImports
from layercheck.model.unreadable import Unreadable
from layercheck.python.imports.chains import find_chains
from layercheck.python.imports.reader import read_imports
from layercheck.python.imports.scan import Scan
from layercheck.python.imports.scan_flags import DYNAMIC
from layercheck.python.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from layercheck.facts.examiner import Examiner
    from layercheck.facts.file_kind import FileKind
    from layercheck.model.module import Module
    from layercheck.suppressions.suppression import Suppression


# With fewer files than these, a second process takes longer to start and to be heard out than it saves.
_ENOUGH_TO_SCAN = 1_000
_ENOUGH_TO_PARSE = 32
_EMPTY = Outline()


class SourceStore:
    """The facts of every file; paths are POSIX, relative to the project root."""

    def __init__(self, root: Path, read: Callable[[str], bytes]) -> None:
        """Use `read` for the content of a path below `root`; it may raise OSError."""
        self.root = root
        self.read = read
        self.facts: dict[str, FileFacts] = {}
        self.known: Mapping[str, FileFacts] = {}
        """What an earlier run knew."""
        self.parsed = 0
        """How many files were parsed so far."""

    def load(self, paths: Collection[str], known: Mapping[str, FileFacts], unchanged: frozenset[str]) -> int:
        """Take in the facts of all `paths`; return how many had to be read.

        `known` holds what an earlier run knew by path; it is believed for `unchanged` paths, and for others where the
        content proves to be the same.
        """
        self.known = known
        to_read = [path for path in paths if path not in unchanged]
        by_content = {(facts.digest, file_kind(path)): facts for path, facts in known.items()} if to_read else {}
        fresh = map_in_processes(
            lambda part: [self._scan(path, by_content) for path in part],
            to_read,
            list[FileFacts],
            at_least=_ENOUGH_TO_SCAN,
        )
        self.facts = {path: _set_error_aside(known[path]) for path in paths if path in unchanged}
        self.facts.update(zip(to_read, fresh, strict=True))
        self.facts = {path: self.facts[path] for path in paths}  # in the order of everything that follows
        return len(to_read)

    def _scan(self, path: str, by_content: Mapping[tuple[bytes, FileKind], FileFacts]) -> FileFacts:
        try:
            data = self.read(path)
        except OSError as error:
            return FileFacts(b"", Scan(()), Unreadable(_why(error)))
        same = by_content.get((digest_of(data), file_kind(path))) if by_content else None
        if same is not None:
            facts = _set_error_aside(same)
            is_own = facts.examination is None or facts.examination.module.path == path
            # What rules found in another file with this text is no answer for this one.
            return facts if is_own else replace(facts, examination=None)
        facts = scan_file(data)
        if facts.scan.flags & DYNAMIC:
            # It is going to be parsed whatever else is found; here, others do the same with other files.
            with contextlib.suppress(UnreadableSourceError):
                imports = read_imports(data, **file_kind(path)._asdict(), depth=Depth.CALLS)
                return replace(facts, imports=imports)
        return facts

    def facts_unchanged(self, make_examiner: Callable[[], Examiner[Any]]) -> bool:
        """Tell whether the facts of an earlier run are still true, even if files have changed."""
        is_true = self.known.keys() == self.facts.keys() and all(
            self.facts[path] is then or self._is_still_true(path, then, make_examiner)
            for path, then in self.known.items()
        )
        # What was parsed to compare it may lie beyond what this run is about.
        self.facts = {path: _set_error_aside(facts) for path, facts in self.facts.items()}
        return is_true

    def _is_still_true(self, path: str, then: FileFacts, make_examiner: Callable[[], Examiner[Any]]) -> bool:
        # The outline is evidence of roles, though nothing is imported in it.
        if (self.facts[path].scan, self.facts[path].outline) != (then.scan, then.outline):
            return False
        error = then.unreadable or then.earlier_error
        if then.imports is not None or error is not None:
            at = then.imports.depth if then.imports is not None else Depth.EXCERPT
            self.imports(path, max(at, error.depth or at) if error is not None else at)
        if then.suppressions is not None:
            self.suppressions(path)
        if then.examination is not None:
            self.examine([then.examination.module], make_examiner())
        if then.definitions is not None:
            self._define([(path, then.definitions.module)])
        now = self.facts[path]
        return (
            (now.unreadable, now.suppressions, now.examination) == (error, then.suppressions, then.examination)
            and (then.imports is None or now.imports == then.imports)
            and (then.definitions is None or now.definitions == then.definitions)
            and (then.deferrable is None or self.deferrable(path) == then.deferrable)
            and self.chains(path, then.chains) == then.chains
        )

    def parse(self, paths: Iterable[str], depth: Depth = Depth.EVERYTHING) -> None:
        """Read exactly what several files import; `imports` knows it afterwards."""
        wanted = list(paths)
        self._recall_errors(wanted, depth)
        unknown = [path for path in wanted if not self._is_parsed(path, depth)]
        self.parsed += len(unknown)
        fresh = map_in_processes(
            lambda part: [self._parse(path, depth) for path in part],
            unknown,
            list[FileFacts],
            at_least=_ENOUGH_TO_PARSE,
        )
        self.facts.update(zip(unknown, fresh, strict=True))

    def _recall_errors(self, paths: Iterable[str], depth: Depth) -> None:
        """Take over what earlier runs found unreadable, in files that this run reads as far."""
        for path in paths:
            facts = self.facts[path]
            error = facts.earlier_error
            if error is not None and error.depth is not None and error.depth <= depth and facts.unreadable is None:
                self.facts[path] = replace(facts, unreadable=error, earlier_error=None)

    def imports(self, path: str, depth: Depth = Depth.EVERYTHING) -> FileImports:
        """Read exactly what a file imports; nothing where it cannot be read (`facts[path].unreadable` says why).

        Less than the full `depth` is enough for most; more that is known already comes with it.
        """
        self.parse((path,), depth)
        known = self.facts[path].imports
        return FileImports() if known is None or self.facts[path].unreadable is not None else known

    def _is_parsed(self, path: str, depth: Depth) -> bool:
        facts = self.facts[path]
        if facts.imports is not None and facts.imports.depth >= depth:
            return True
        return facts.unreadable is not None

    def _parse(self, path: str, depth: Depth) -> FileFacts:
        facts = self.facts[path]
        try:
            imports = read_imports(self.read(path), **file_kind(path)._asdict(), depth=depth)
        except UnreadableSourceError as error:
            return replace(facts, unreadable=Unreadable(error.reason, error.line, error.column, depth))
        except OSError as error:
            return replace(facts, digest=b"", unreadable=Unreadable(_why(error)))
        return replace(facts, imports=imports)

    def examine(self, modules: Iterable[Module], examiner: Examiner[Any]) -> None:
        """Have an examiner look at the syntax of modules; `facts` hold the examinations afterwards.

        What an examiner of the same identity has found in the same text is not looked for again.
        """
        modules = [module for module in modules if self._is_text(module.path)]
        to_do = [module for module in modules if not self._is_examined(module, examiner)]
        fresh = map_in_processes(
            lambda part: [self._examine(module, examiner) for module in part],
            to_do,
            list[FileFacts],
            at_least=_ENOUGH_TO_PARSE,
        )
        self.facts.update((module.path, facts) for module, facts in zip(to_do, fresh, strict=True))
        self.parsed += sum(facts.examination is not None and facts.examination.is_parsed for facts in fresh)
        examinations = ((module.path, self.facts[module.path].examination) for module in modules)
        self._recall_errors((path for path, known in examinations if known and known.is_parsed), Depth.STATEMENTS)

    def _is_text(self, path: str) -> bool:
        unreadable = self.facts[path].unreadable
        return unreadable is None or unreadable.depth is not None

    def _is_examined(self, module: Module, examiner: Examiner[Any]) -> bool:
        facts = self.facts[module.path]
        known = facts.examination
        return (
            known is not None and known.module == module and known.examiner == examiner.identity and not known.failures
        )

    def _examine(self, module: Module, examiner: Examiner[Any]) -> FileFacts:
        facts = self.facts[module.path]
        try:
            found = examine(module, facts.scan, self.read(module.path), examiner)
        except UnreadableSourceError as error:
            examination = Examination(module, examiner.identity, is_parsed=True)
            unreadable = Unreadable(error.reason, error.line, error.column, Depth.STATEMENTS)
            return replace(facts, examination=examination, unreadable=unreadable)
        except OSError as error:
            return replace(facts, digest=b"", unreadable=Unreadable(_why(error)))
        is_deeper = found.imports is not None and (facts.imports is None or found.imports.depth > facts.imports.depth)
        return replace(facts, examination=found.examination, imports=found.imports if is_deeper else facts.imports)

    def known_definitions(self, module: Module) -> FileDefinitions | None:
        """Give what a module says of the names at its top, as far as that was read."""
        known = self.facts[module.path].definitions
        return known if known is not None and known.module == module.name else None

    def define(self, modules: Iterable[Module]) -> None:
        """Read what several modules say of the names at their top; `known_definitions` gives it afterwards."""
        to_do = [(module.path, module.name) for module in modules if self.known_definitions(module) is None]
        self.parsed += len(to_do)
        self._define(to_do)

    def _define(self, files: Sequence[tuple[str, str]]) -> None:
        """Read definitions, by paths and names of modules."""
        # A report taken from the cache has no use for it.
        from layercheck.python.names.definition_reader import read_definitions  # noqa: PLC0415

        def read(path: str, name: str) -> FileDefinitions:
            try:
                return read_definitions(self.read(path), name, is_package=file_kind(path).is_package)
            except OSError:
                return FileDefinitions(name)  # reading its imports gives the reason

        fresh = map_in_processes(
            lambda part: [read(*each) for each in part], files, list[FileDefinitions], at_least=_ENOUGH_TO_PARSE
        )
        for (path, _), definitions in zip(files, fresh, strict=True):
            self.facts[path] = replace(self.facts[path], definitions=definitions)

    def outlines(self, paths: Iterable[str]) -> dict[str, Outline]:
        """Give the outlines of several files; what could not be had has an empty one."""
        return {path: self.facts[path].outline or _EMPTY for path in paths if path in self.facts}

    def chains(self, path: str, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Find what the text of a file takes from some names (`x.y` of `name.x.y`), sorted."""
        facts = self.facts[path]
        unknown = [name for name in names if name not in facts.chains]
        if unknown:
            try:
                found = find_chains(self.read(path), unknown)
            except (OSError, UnreadableSourceError):
                found = {}
            chains = {**facts.chains, **{name: tuple(sorted(found.get(name, ()))) for name in unknown}}
            self.facts[path] = facts = replace(facts, chains=chains)
        return facts.chains

    def deferrable(self, path: str) -> frozenset[int]:
        """List the lines of the import statements of a file that could stand in a function."""
        known = self.facts[path].deferrable
        if known is None:
            from layercheck.python.imports.deferrable import find_deferrable_imports  # noqa: PLC0415  (one rule needs it)

            try:
                known = find_deferrable_imports(self.read(path))
            except (OSError, UnreadableSourceError):
                known = frozenset()  # reading its imports gives the reason
            self.facts[path] = replace(self.facts[path], deferrable=known)
        return known

    def suppressions(self, path: str) -> tuple[Suppression, ...]:
        """Read the suppression comments of a file."""
        known = self.facts[path].suppressions
        if known is None:
            from layercheck.suppressions.reader import read_suppressions  # noqa: PLC0415  (slow, and seldom needed)

            try:
                known = read_suppressions(self.read(path))
            except OSError:
                known = ()
            self.facts[path] = replace(self.facts[path], suppressions=known)
        return known


def _set_error_aside(facts: FileFacts) -> FileFacts:
    """Make what a parse of an earlier run found no news: this run may not read as far."""
    error = facts.unreadable
    if error is None or error.depth is None:
        return facts
    return replace(facts, unreadable=None, earlier_error=error)


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "vanished while it was being read"
    return f"cannot be read: {error.strerror or error}"
