"""Resolves names to modules: which files of the project an import means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.facts.file_kind import file_kind
from layercheck.project.relative_paths import is_above, join

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layercheck.project.module_names import Naming, SourceTree


class Resolver:
    """Finds what imports mean; targets are stems (paths without ending; a package is its folder)."""

    def __init__(self, tree: SourceTree, naming: Naming, exports: Callable[[str], Sequence[str]]) -> None:
        self._tree = tree
        self._naming = naming
        self._exports = exports
        # What absolute imports mean is the same for all files of a package's source root, and for all of one
        # folder of scripts; both share one dictionary, kept under each folder.
        self._scopes: dict[str, dict[str, tuple[str, ...]]] = {}
        self._package_scopes: dict[str, dict[str, tuple[str, ...]]] = {}

    def targets(self, path: str, spec: str) -> tuple[str, ...]:
        """Resolve one import of the file `path`, as scanned: `a.b`, `a.b:c,d`, `..x:*`. Foreign names give nothing."""
        if spec.startswith("."):
            module, _, names = spec.partition(":")
            start = self.relative_start(path, module)
            return () if start is None else self._inside((start,), names)
        scope = self.known_from(path)
        known = scope.get(spec)
        if known is None:
            module, _, names = spec.partition(":")
            known = scope[spec] = self._inside(self._locate(path, module), names)
        return known

    def known_from(self, path: str) -> dict[str, tuple[str, ...]]:
        """Return what absolute imports of this file are known to mean so far, for those who ask very often."""
        folder = path.rpartition("/")[0]
        scope = self._scopes.get(folder)
        if scope is None:
            scope = self._scopes[folder] = self._scope(path, folder)
        return scope

    def resolve(self, path: str, module: str, name: str | None) -> str | None:
        """Resolve one imported name to the one module that it means, None if that is not of the project."""
        found = self.targets(path, module if name is None else f"{module}:{name}")
        return found[0] if found else None

    def deepest(self, path: str, dotted: str) -> str | None:
        """Resolve the longest beginning of a dotted name that is a module or package of the project."""
        divided = self.divide(path, dotted)
        return None if divided is None else divided[0]

    def divide(self, path: str, dotted: str) -> tuple[str, list[str]] | None:
        """Divide a dotted name into the longest beginning that is a module of the project, and the names in it."""
        dots = len(dotted) - len(dotted.lstrip("."))
        parts = dotted[dots:].split(".") if dotted[dots:] else []
        if dots:
            start = self.relative_start(path, dotted[:dots])
            starts: Sequence[str] = () if start is None else (start,)
        else:
            starts = self._locate(path, parts.pop(0))
        ways = [self._follow(stem, parts) for stem in starts]
        return min(ways, key=lambda way: len(way[1])) if ways else None

    def _follow(self, stem: str, parts: Sequence[str]) -> tuple[str, list[str]]:
        """Follow names as far down as there are modules; return what they lead to, and those that are left."""
        left = list(parts)
        while left and self._exists(join(stem, left[0])):
            stem = join(stem, left.pop(0))
        return stem, left

    def relative_start(self, path: str, module: str) -> str | None:
        """Resolve the module part of a relative import (`..db`); None if it is not there."""
        folder = path.rpartition("/")[0]
        rest = module.lstrip(".")
        for _ in range(len(module) - len(rest) - 1):
            if not folder:
                return None
            folder = folder.rpartition("/")[0]
        stem = join(folder, rest.replace(".", "/"))
        return stem if self._exists(stem) else None

    def leaves_package(self, path: str, module: str) -> bool:
        """Return whether a relative import has more dots than the file has packages above it."""
        name = self._naming.names[path]
        packages = name.count(".") + file_kind(path).is_package
        return len(module) - len(module.lstrip(".")) > packages

    def _scope(self, path: str, folder: str) -> dict[str, tuple[str, ...]]:
        # What stands beside a script can be imported by it, what stands beside a package's module cannot.
        if folder in self._tree.packages:
            return self._package_scopes.setdefault(self._naming.root_of[path], {})
        return {}

    def _locate(self, path: str, dotted: str) -> Sequence[str]:
        """Find an absolute module: from the file's own source root, then from the others, then beside a script.

        A folder without `__init__` may be one part of a namespace package: then all of its parts are given, those nearer
        to the file first, up to the first that is a module by itself.
        """
        inner = dotted.replace(".", "/")
        own = self._naming.root_of[path]
        folder = path.rpartition("/")[0]
        roots = (own, *(root for root in self._naming.roots if root != own))
        if folder not in self._tree.packages:
            roots = (*roots, folder)
        parts: list[str] = []
        for root in roots:
            stem = join(root, inner)
            if stem in self._tree.stems:
                return (*parts, stem)
            if stem in self._tree.folders and stem not in parts:
                parts.append(stem)
        top = self._naming.top
        if not parts and top and (dotted == top or dotted.startswith(f"{top}.")):
            stem = inner[len(top) + 1 :]
            return (stem,) if self._exists(stem) else ()
        return parts or self._locate_second(own, inner)

    def _locate_second(self, own: str, inner: str) -> Sequence[str]:
        """Find a module under its second name: in the only folder that it may be meant from."""
        folders = self._naming.second_roots.get(inner.partition("/")[0], ())
        near = [folder for folder in folders if is_above(folder, own) or is_above(own, folder)]
        stems = [join(folder, inner) for folder in near or folders]
        return stems if len(stems) == 1 and self._exists(stems[0]) else ()

    def _inside(self, stems: Sequence[str], names: str) -> tuple[str, ...]:
        """Resolve the names taken from a module: its submodules where they are meant, else the module itself."""
        if not stems or not names or stems[0] not in self._tree.folders:
            return tuple(stems[:1])
        wanted: Sequence[str] = names.split(",")
        found = dict.fromkeys(self._member(stems, name) for name in wanted)
        if names == "*":
            stem = stems[-1]
            found.update(
                dict.fromkeys(join(stem, name) for name in self._exports(stem) if self._exists(join(stem, name)))
            )
        return tuple(found)

    def _member(self, stems: Sequence[str], name: str) -> str:
        """Find what one name means that is taken from the parts of a module; only a file can define it by itself."""
        for stem in stems:
            if self._exists(inner := join(stem, name)):
                return inner
        return stems[-1] if stems[-1] in self._tree.stems else stems[0]

    def _exists(self, stem: str) -> bool:
        return stem in self._tree.stems or stem in self._tree.folders
