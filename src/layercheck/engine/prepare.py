"""The beginning of the road: which files there are, and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.baseline.baseline_text import read_texts
from layercheck.engine.options import SMALL_PROJECT, is_small
from layercheck.engine.preconditions import require_configuration, require_paths
from layercheck.engine.timings import timed
from layercheck.facts.fact_cache import now_ns
from layercheck.facts.file_facts import digest_of
from layercheck.files.file_source import DiskSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.baseline.baseline_text import BaselineText
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.fact_store import SourceStore
    from layercheck.facts.file_facts import FileFacts
    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FileSource


class PreparedRun(NamedTuple):
    source: FileSource
    discovery: Discovery
    accepted: tuple[BaselineText, ...]
    key: str
    started: int
    timings: dict[str, float]
    named: frozenset[str]
    """The files named by the user that are parsed whatever they look like."""


def prepare(target: ProjectTarget, options: CheckOptions, *, with_baseline: bool = True) -> PreparedRun:
    """Find the files and all that decides whether the last report still holds."""
    timings: dict[str, float] = {}
    started = now_ns()
    source = options.source or DiskSource(target.root, options.cache_folder)
    with timed(timings, "discover"):
        discovery = source.discover(target.loaded.configuration.exclude)
        accepted = read_texts(target.root, discovery.baselines if with_baseline else (), source.read)
    require_configuration(target, discovery)
    if target.paths and not options.allow_none:
        require_paths(target, discovery)
    key = _key(target, options, discovery, accepted)
    return PreparedRun(source, discovery, accepted, key, started, timings, named_files(target, discovery))


def load(target: ProjectTarget, start: PreparedRun) -> tuple[SourceStore, dict[str, FileFacts]]:
    """Take in the files; return with them what earlier runs knew."""
    # With it come the exact readers, for which a report taken from the cache has no use.
    from layercheck.facts.fact_store import SourceStore  # noqa: PLC0415

    with timed(start.timings, "scan"):
        store = SourceStore(target.root, start.source.read)
        known, unchanged = start.source.cache.known(start.discovery.files)
        store.load(start.discovery.files, known, unchanged)
    return store, known


def named_files(target: ProjectTarget, discovery: Discovery) -> frozenset[str]:
    """Collect the files named by the user, whose syntax errors are told whatever the size of the project."""
    named = discovery.files.keys() & set(target.paths)
    # A hook that names the whole project means what it says of each file less than an editor that names one.
    is_few = sum(discovery.files[path].size for path in named) <= SMALL_PROJECT
    return frozenset(named) if is_few else frozenset()


def _key(target: ProjectTarget, options: CheckOptions, discovery: Discovery, accepted: Sequence[BaselineText]) -> str:
    """Tell apart everything besides the content of the files that a report depends on."""
    # What is stale in a baseline is told by the files that are asked about; all else serves any part.
    paths = target.paths if accepted else ()
    asked = (target.loaded.configuration, paths, target.configuration_path, options.exact)
    parsed = (sorted(options.parse), options.parse_whole)
    texts = [(text.path, digest_of(text.data)) for text in accepted]
    day = options.day if any(b"until" in text.data for text in accepted) else None
    held = (texts, day, options.is_ci and bool(accepted))
    # ASCII, as the names of files need not be text.
    # What rules read in the project files is not known before; `CachedReport` keeps it.
    found = (
        discovery.unreadable,
        discovery.project_files,
        discovery.place,
        discovery.idle_excludes,
        discovery.not_checked_out,
    )
    return ascii((*asked, *parsed, *held, *found, is_small(discovery), target.plugins.fingerprint()))
