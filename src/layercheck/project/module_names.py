"""Source roots and module names: under which name the project imports each of its files.

The folders where imports start (`src/`, `backend/`, the repository itself) need not be configured. An absolute import
`shop.orders` in a file is a vote for every folder above that file which holds `shop/orders`. A file's source root is
the folder above it with the most votes. A chain of `__init__.py` files speaks first: a folder inside a package becomes
a source root only if the votes say so clearly.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from layercheck.facts.file_kind import file_kind
from layercheck.project.ballots import count_votes
from layercheck.project.relative_paths import folders_above, is_above, join
from layercheck.project.second_roots import find_second_roots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from layercheck.project.ballots import VoteCounts

    _Choose = Callable[[str], str]

# A folder inside a package is a source root only with this many votes, and twice the votes of the folder above.
_CLEAR_MAJORITY = 3


class SourceTree:
    """The folders and modules of a project as paths without their endings."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.stems: dict[str, str] = {}
        """`app/api/users` → `app/api/users.py`; a package stands under the path of its folder."""
        self.folders: set[str] = set()
        """Every folder that holds a module, at any depth; the project root is `""`."""
        self.packages: set[str] = set()
        """The folders that have an `__init__`."""
        for path in paths:
            self._add(path)
        self.parents_by_name: dict[str, set[str]] = defaultdict(set)
        for stem in self.stems.keys() | self.folders:
            parent, _, name = stem.rpartition("/")
            self.parents_by_name[name].add(parent)

    def _add(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        stem = path.rpartition(".")[0]
        if stem == "__init__" or stem.endswith("/__init__"):
            self.packages.add(folder)
            stem = folder
        known = self.stems.get(stem)
        if known is None or _precedence(path) < _precedence(known):
            self.stems[stem] = path
        while folder not in self.folders:
            self.folders.add(folder)
            folder = folder.rpartition("/")[0]

    def holds(self, folder: str, dotted: str) -> bool:
        """Return whether a module or folder `dotted` stands in `folder`."""
        stem = join(folder, dotted.replace(".", "/"))
        return stem in self.stems or stem in self.folders

    def gives(self, folder: str, spec: str) -> bool:
        """Return whether an import (`a.b:c,d`) may be resolved in `folder`.

        A folder without `__init__` has nothing but what lies in it: `from shop import Order` is about another `shop`.
        """
        dotted, _, names = spec.partition(":")
        stem = join(folder, dotted.replace(".", "/"))
        if stem in self.stems:
            return True
        is_whole = not names or names == "*"
        return stem in self.folders and (is_whole or any(self.holds(stem, name) for name in names.split(",")))

    def is_meant(self, folder: str, spec: str) -> bool:
        """Return whether an import (`a.b:c,d`) that `folder` gives is about it: one name alone may as well be a library's."""
        name, _, names = spec.partition(":")
        return "." in spec or (bool(names) and any(self.holds(join(folder, name), each) for each in names.split(",")))


def _precedence(path: str) -> tuple[bool, bool]:
    """Sort files of one name: a package hides a module, as it does when Python imports it, and a source its stub."""
    is_stub, is_package = file_kind(path)
    return (not is_package, is_stub)


class Naming(NamedTuple):
    """Source roots, most used first, and for each file its root and its module name."""

    roots: tuple[str, ...]
    root_of: dict[str, str]
    names: dict[str, str]
    top: str = ""
    """The name of the project root where it is a package itself: its modules import each other through that name."""
    votes: Mapping[str, int] = MappingProxyType({})
    """How many imports of the files below each folder can be fulfilled from it."""
    calls: Mapping[str, int] = MappingProxyType({})
    """The same of imports in files elsewhere."""
    own: Mapping[str, int] = MappingProxyType({})
    """By package: how many imports of the files in it begin with its name, where one further up is called like it."""
    second_roots: Mapping[str, Sequence[str]] = MappingProxyType({})
    """Folders from which some modules are imported under a second name, by its first part."""


def name_modules(
    tree: SourceTree,
    imports: Mapping[str, Sequence[str]],
    *,
    folder_name: str = "",
    declared_roots: Sequence[str] = (),
    count: Callable[[], VoteCounts] | None = None,
) -> Naming:
    """Find the source root and the name of every file in `imports` (path → what it imports, as scanned).

    `folder_name` is what the project root is called; `count` counts the votes, where not all are to be counted.
    """
    top = folder_name if _is_package_itself(tree, imports, folder_name) else ""
    votes, calls, own = count() if count is not None else count_votes(tree, {} if declared_roots else imports)
    choose = choose_declared(declared_roots) if declared_roots else RootChooser(tree, votes, calls, own).root_of
    root_of: dict[str, str] = {}
    names: dict[str, str] = {}
    by_folder: dict[str, str] = {}
    for path in imports:
        folder = path.rpartition("/")[0]
        root = by_folder.get(folder)
        if root is None:
            root = by_folder[folder] = choose(folder)
        root_of[path] = root
        names[path] = module_name(path, root)
        if top and not root:
            names[path] = top if names[path] == "__init__" else f"{top}.{names[path]}"
    roots = sort_roots(root_of.values(), votes)
    return Naming(roots, root_of, names, top, votes, calls, own, find_second_roots(tree, roots, imports))


def _is_package_itself(tree: SourceTree, imports: Mapping[str, Sequence[str]], folder_name: str) -> bool:
    """Return whether the check was started inside a package: `from app.db import …` where the root is called `app`."""
    if not may_be_package(tree, folder_name):
        return False
    if "" in tree.packages:
        return True
    prefix = f"{folder_name}."
    inner = (
        spec[len(prefix) :].partition(":")[0] for specs in imports.values() for spec in specs if spec.startswith(prefix)
    )
    return any(tree.holds("", dotted) for dotted in inner)


def may_be_package(tree: SourceTree, folder_name: str) -> bool:
    """Return whether the project root, called so, may be a package that its modules import by its name."""
    return folder_name.isidentifier() and not tree.holds("", folder_name)


def module_name(path: str, root: str) -> str:
    """Return the module name of a file whose source root is `root`."""
    stem = path.rpartition(".")[0]
    inside = stem[len(root) + 1 :] if root else stem
    parts = inside.split("/")
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


def choose_declared(roots: Sequence[str]) -> _Choose:
    """Return a function that finds the declared source root of a folder."""
    ordered = sorted((root.strip("/").removeprefix("./") for root in roots), key=len, reverse=True)
    return lambda folder: next((root if root != "." else "" for root in ordered if is_above(root, folder)), "")


class RootChooser:
    """Chooses the source root of each folder by the votes."""

    def __init__(
        self, tree: SourceTree, votes: Mapping[str, int], calls: Mapping[str, int], own: Mapping[str, int]
    ) -> None:
        """`calls` are the votes of files elsewhere; they count where those of the files below say nothing.

        What the files of a package call it (`own`) counts most: `app` and `billing/app` are two packages.
        """
        self._tree = tree
        self._votes = votes
        self._calls = calls
        self._own = own

    def root_of(self, folder: str) -> str:
        """Choose the source root of the files in a folder."""
        votes, (outer, inner) = self._votes, self.find_candidates(folder)
        top = outer[0]
        best = max(
            outer,
            key=lambda root: (
                self._own.get(package_below(root, folder), 0),
                votes[root],
                self._calls[root],
                root == top and folder != top,
                root.endswith("src"),
                -len(root),
            ),
        )
        if inner:
            challenger = max(inner, key=lambda root: (votes[root], len(root)))
            if votes[challenger] >= _CLEAR_MAJORITY and votes[challenger] > 2 * votes[best]:
                return challenger
        return best

    def find_candidates(self, folder: str) -> tuple[list[str], list[str]]:
        """Find what may be the source root of a folder: what lies outside of all packages, and what lies in one."""
        tree, above = self._tree, [folder, *folders_above(folder)]
        # A folder without `__init__` inside a package is part of it.
        top = next((each for each in above if each and each in tree.packages), folder)
        while top in tree.packages and top:
            top = top.rpartition("/")[0]
        outer = [top, *folders_above(top)]
        return outer, [root for root in above if root not in outer]


def sort_roots(roots: Iterable[str], votes: Mapping[str, int]) -> tuple[str, ...]:
    """List source roots, most used first."""
    return tuple(sorted(set(roots), key=lambda root: (-votes[root], root)))


def package_below(root: str, folder: str) -> str:
    """Find the folder directly below a root in which a folder lies; empty for the root itself."""
    name = folder[len(root) :].lstrip("/").partition("/")[0]
    return join(root, name) if name else ""
