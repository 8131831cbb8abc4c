"""A project as the index of git holds it: what is about to be committed, whatever lies in the work tree."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.diff.project_location import load_own
from layercheck.errors import HistoryError
from layercheck.facts.blob_cache import BlobCache
from layercheck.files.git.commit_source import CommitSource
from layercheck.files.git.commit_tree import CommitTree
from layercheck.files.git.runner import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layercheck.engine.project_target import ProjectTarget


class Staged(NamedTuple):
    """A project in the index, and its files there."""

    target: ProjectTarget
    source: CommitSource
    paths: frozenset[str]
    """Its Python files."""
    size: int
    """Bytes of all its files."""


@contextmanager
def open_staged(target: ProjectTarget, cache_folder: Path | None) -> Iterator[Staged]:
    """Find in the index what `scope` is on disk, with the configuration that is staged, to the end of the `with`.

    Raises HistoryError where there is no index, or one with conflicts, and ConfigurationError.
    """
    repository = Repository.around(target.root)
    prefix = repository.prefix
    depth = prefix.count("/") + 1 if prefix else 0
    top = [target.root, *target.root.parents][depth]
    cache = BlobCache(cache_folder)
    with repository.open_blobs() as reader:
        tree = CommitTree(repository.staged_files(), reader.read)
        if not tree.is_folder(prefix):
            raise HistoryError(f"nothing below {target.root} is staged or committed")
        own = load_own(tree, prefix, top, target.loaded)
        root = top / own.folder
        way = target.root.relative_to(root).as_posix() if target.root.is_relative_to(root) else "."
        parts = target.paths if way == "." else tuple(f"{way}/{part}" for part in target.paths) or (way,)
        source = CommitSource(tree, own.folder, reader, cache)
        files = source.discover(own.loaded.configuration.exclude).files
        size = repository.size_of(map(source.find_blob, files))
        yield Staged(target._replace(root=root, loaded=own.loaded, paths=parts), source, frozenset(files), size)
        cache.save()
