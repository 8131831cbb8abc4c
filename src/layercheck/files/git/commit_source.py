"""The files of a project as a commit holds them: nothing is checked out, the contents come straight from git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.facts.blob_cache import CommitCache
from layercheck.facts.signature import Signature
from layercheck.files.discovery import (
    BASELINE_NAME,
    DEAD_LINK,
    NO_MODULE,
    NO_TEXT,
    SUFFIXES,
    Discovery,
    is_environment,
    is_text,
    may_hold_modules,
)
from layercheck.files.ignore_rules import IgnoreRules
from layercheck.files.manifest_names import ENVIRONMENT_FOLDERS, ENVIRONMENT_MARKER, is_project_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck.facts.blob_cache import BlobCache
    from layercheck.facts.file_facts import FileFacts
    from layercheck.files.git.commit_tree import CommitTree
    from layercheck.files.git.runner import BlobReader

_UNSIGNED = Signature(0, 0, 0, 0)
"""A commit knows no times, and its blobs tell by their ids whether anything changed."""
_IGNORES = ".gitignore"


class CommitSource:
    """The files below one folder of a commit; a source like the disk (`FileSource`)."""

    def __init__(
        self,
        tree: CommitTree,
        root: str,
        reader: BlobReader,
        cache: BlobCache,
        hints: Mapping[str, FileFacts] | None = None,
        *,
        left_out: Collection[str] = (),
    ) -> None:
        """`root` is the project root as seen from the top of the repository.

        `hints` are facts of files elsewhere, by path: a content that is the same as there need not be scanned.
        `left_out` are files, as seen from the top, that the other side of a comparison has not checked out.
        """
        self._tree = tree
        self._root = root
        self._left_out = frozenset(left_out)
        self._reader = reader
        self._blobs: dict[str, str] = {}
        self._others: dict[str, str] = {}
        self.cache = CommitCache(self._blobs, cache, hints or {})

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Walk over the folders of the commit, by the rules that hold on disk."""
        walk = _Walk(self._tree, self._root, self._left_out)
        walk.visit(exclude)
        self._blobs.clear()
        self._blobs.update(walk.blobs)
        above = walk.project_files_above()
        self._others = {**walk.baselines, **walk.project_files, **above}
        return Discovery(
            dict.fromkeys(sorted(walk.blobs), _UNSIGNED),
            dict(sorted(walk.unreadable.items())),
            tuple(sorted(walk.baselines)),
            tuple(filter(is_text, (*sorted(walk.project_files), *above))),
            self._root,
            walk.idle_excludes,
            tuple(sorted(self._left_out)),
        )

    @property
    def blobs(self) -> Mapping[str, str]:
        """The ids of the contents of all files that were discovered, by path."""
        return self._blobs

    def read(self, path: str) -> bytes:
        """Read the content of a file that was discovered. Raises HistoryError where this clone lacks it."""
        return self._reader.read(self._blobs.get(path) or self._others[path])

    def index_fingerprint(self, paths: Collection[str]) -> str:
        """There is nothing to glance at: reports of commits are not kept."""
        return ascii(sorted(paths))

    def tracked(self, paths: Collection[str]) -> frozenset[str]:
        """Everything in a commit is under version control."""
        return frozenset(paths)


class _Walk:
    """The walk of `discovery.py` over a commit. What is left out is decided there; a test holds the two together."""

    def __init__(self, tree: CommitTree, root: str, left_out: frozenset[str]) -> None:
        self.blobs: dict[str, str] = {}
        self.unreadable: dict[str, str] = {}
        self.baselines: dict[str, str] = {}
        """The ids of the contents of the files of the baseline."""
        self.project_files: dict[str, str] = {}
        """The ids of the contents of the files that tell about the project."""
        self._tree = tree
        self._root = root
        self._left_out = left_out
        self.idle_excludes: tuple[int, ...] = ()
        self._followed: set[str] = set()

    def visit(self, exclude: Sequence[str]) -> None:
        # The way below the project root, and where in the commit it leads.
        # Everything in a commit is tracked, so no `.gitignore` has a say.
        rules = IgnoreRules.below((), exclude)
        pending = [("", self._root)]
        while pending:
            folder, place = pending.pop()
            names = self._tree.names_in(place)
            if folder and is_environment(set(names)):
                self._note_environment(folder, place)
                continue
            baseline = self._tree.resolve(_join(place, BASELINE_NAME)) if BASELINE_NAME in names else None
            if baseline is not None and baseline in self._tree.files:
                self.baselines[_join(folder, BASELINE_NAME)] = self._tree.files[baseline].blob
            self.project_files.update(self._project_files_in(folder, place))
            pending.extend(self._enter(folder, place, names, rules))
        self.idle_excludes = rules.list_idle_excludes()

    def _enter(self, folder: str, place: str, names: Sequence[str], rules: IgnoreRules) -> Iterator[tuple[str, str]]:
        odd_folders, has_modules = [], False
        for name in names:
            path, here = _join(folder, name), _join(place, name)
            if here in self._left_out:
                continue
            real = self._tree.resolve(here) if self._tree.is_link(here) else here
            is_folder = real is not None and self._tree.is_folder(real)
            if name.endswith(SUFFIXES) and not is_folder:
                if not rules.excludes(path):
                    has_modules = True
                    self._take(path, real)
            elif is_folder and real is not None and may_hold_modules(name):
                if rules.excludes(f"{path}/") or (real != here and not self._may_follow(real)):
                    self._note_environment(path, real)
                    continue
                if name.endswith(SUFFIXES):
                    odd_folders.append(path)
                yield path, real
            elif real is not None and name in ENVIRONMENT_FOLDERS:
                self._note_environment(path, real)
        if has_modules:
            self.unreadable.update(dict.fromkeys(odd_folders, NO_MODULE))

    def _take(self, path: str, real: str | None) -> None:
        if real is None:
            self.unreadable[path] = DEAD_LINK
        elif not is_text(path):
            self.unreadable[path] = NO_TEXT
        else:
            self.blobs[path] = self._tree.files[real].blob

    def _may_follow(self, real: str) -> bool:
        """Follow a link to a folder outside the project, once; what lies inside is read where it stands."""
        if real in self._followed or _holds(self._root, real) or _holds(real, self._root):
            return False
        self._followed.add(real)
        return True

    def _note_environment(self, folder: str, place: str) -> None:
        names = self._tree.names_in(place)
        for name in (ENVIRONMENT_MARKER, _IGNORES) if ENVIRONMENT_MARKER in names else ():
            if _join(place, name) in self._tree.files:
                self.project_files[_join(folder, name)] = self._tree.files[_join(place, name)].blob

    def _project_files_in(self, folder: str, place: str) -> Iterator[tuple[str, str]]:
        for name in self._tree.names_in(place):
            real = self._tree.resolve(_join(place, name)) if is_project_file(folder, name) else None
            if real is not None and real in self._tree.files:
                yield _join(folder, name), self._tree.files[real].blob

    def project_files_above(self) -> dict[str, str]:
        """Find the project files between the project root and the top of the repository."""
        found: dict[str, str] = {}
        folder, way = self._root, ""
        while folder:
            folder, way = folder.rpartition("/")[0], f"../{way}"
            found.update((way + name, blob) for name, blob in self._project_files_in("", folder))
        return found


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _holds(folder: str, path: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
