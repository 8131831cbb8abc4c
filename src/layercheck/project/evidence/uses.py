"""What is known of the files of a project when roles are judged, and which files use others."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from layercheck.facts.file_kind import file_kind
from layercheck.project.relative_paths import without_paths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from layercheck.project.evidence.contents import Contents
    from layercheck.project.evidence.judgement import Judgement
    from layercheck.project.layout import Layout
    from layercheck.project.module_names import Naming

Judged = dict[str, "Judgement"]
"""Path → the role of the file."""


class UseQuestion(NamedTuple):
    """Something that somebody asked about the imports of files; if it has the same answers, so has all that follows."""

    users: Collection[str]
    """The files whose imports were looked at."""
    used: Collection[str]
    """The files that were looked for among them."""
    is_any: bool
    """Whether it did not matter which of them were found."""


class Uses:
    """Which files use others, as far as the texts of their imports tell."""

    def __init__(
        self,
        layout: Layout,
        contents: Mapping[str, Contents],
        naming: Naming,
        imports: Mapping[str, Collection[str]],
    ) -> None:
        self.layout = layout
        self.contents = contents
        self._naming = naming
        self._imports = imports
        self._known: dict[str, frozenset[str]] = {}
        self.asked: list[UseQuestion] = []
        """What was asked so far."""

    @cached_property
    def _own_names(self) -> frozenset[str]:
        return frozenset(self._naming.names.values())

    def is_like(self, other: Uses, paths: Iterable[str]) -> bool:
        """Tell whether some files import the same of the project as in `other`, as far as somebody asked there."""
        own = self._own_names
        known = other._known
        return all(path not in known or known[path] & own == self._imported(path) & own for path in paths)

    def replace(
        self, paths: Iterable[str], contents: Mapping[str, Contents], imports: Mapping[str, Collection[str]]
    ) -> Uses:
        """Copy what is known of all files except those that have changed."""
        new = Uses(self.layout, contents, self._naming, imports)
        new._known.update(without_paths(self._known, paths))
        new.__dict__["_own_names"] = self._own_names
        return new

    @cached_property
    def tops(self) -> frozenset[str]:
        """The folders of the applications, and the project's own."""
        return frozenset({*(each.path for each in self.layout.applications), ""})

    def users_of(self, targets: Collection[str], among: Iterable[str]) -> set[str]:
        """Find those of the files `among` that import one of `targets`."""
        targets, among = tuple(targets), tuple(among)
        self.asked.append(UseQuestion(among, targets, is_any=True))
        names = {self._naming.names[path] for path in targets if path in self._naming.names}
        return {path for path in among if not names.isdisjoint(self._imported(path))} if names else set()

    def used_by(self, users: Iterable[str], among: Iterable[str]) -> set[str]:
        """Find those of the files `among` that one of `users` imports."""
        users, among = tuple(users), tuple(among)
        self.asked.append(UseQuestion(users, among, is_any=False))
        imported = {name for path in users for name in self._imported(path)}
        return {path for path in among if self._naming.names.get(path) in imported}

    def _imported(self, path: str) -> frozenset[str]:
        known = self._known.get(path)
        if known is None:
            texts = self._imports.get(path, ())
            known = self._known[path] = frozenset(list_imported(path, self._naming.names.get(path, ""), texts))
        return known


def answer_alike(before: Collection[str], after: Collection[str], used: set[str], *, is_any: bool) -> bool:
    """Tell whether a file that imported `before` and imports `after` answers a question about the names `used` alike."""
    then, now = used.intersection(before), used.intersection(after)
    return bool(then) == bool(now) if is_any else then == now


def list_imported(path: str, own: str, imports: Iterable[str]) -> Iterator[str]:
    """List what a file called `own` may import, as full names; `from a import b` may mean `a` or `a.b`."""
    package = own.split(".") if file_kind(path).is_package else own.split(".")[:-1]
    for text in imports:
        module, _, taken = text.partition(":")
        dots = len(module) - len(module.lstrip("."))
        if dots:
            above = package[: len(package) - dots + 1]
            module = ".".join([*above, *([module[dots:]] if module[dots:] else [])])
        yield module
        yield from (f"{module}.{name}" for name in taken.split(",") if name)
