"""The first step of a check: which files there are, and all that decides whether the last report still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.baseline.baseline_text import read_texts
from layercheck.engine.options import SMALL_PROJECT, is_small
from layercheck.engine.preconditions import require_configuration, require_paths
from layercheck.engine.timings import timed
from layercheck.facts.cache_folder import now_ns
from layercheck.facts.file_facts import digest_of
from layercheck.files.file_source import DiskSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.baseline.baseline_text import BaselineText
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FileSource


class OpenFiles(NamedTuple):
    """The files of a project, what is asked about them and how: what every step of a check is given."""

    target: ProjectTarget
    options: CheckOptions
    source: FileSource
    discovery: Discovery
    accepted: tuple[BaselineText, ...]
    key: str
    """What a report on files of the same content depends on besides."""
    started: int
    timings: dict[str, float]
    """Seconds by step, for the steps so far."""
    named: frozenset[str]
    """The files named by the user that are parsed whatever they look like."""


def open_files(target: ProjectTarget, options: CheckOptions, *, with_baseline: bool = True) -> OpenFiles:
    """Find the files of a project. Raises NothingCheckedError where none of those that were named is one of them."""
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
    named = named_files(target, discovery)
    return OpenFiles(target, options, source, discovery, accepted, key, started, timings, named)


def named_files(target: ProjectTarget, discovery: Discovery) -> frozenset[str]:
    """Collect the files named by the user, whose syntax errors are reported whatever the size of the project."""
    named = discovery.files.keys() & set(target.paths)
    # A hook that names the whole project means what it says of each file less than an editor that names one.
    is_few = sum(discovery.files[path].size for path in named) <= SMALL_PROJECT
    return frozenset(named) if is_few else frozenset()


def _key(target: ProjectTarget, options: CheckOptions, discovery: Discovery, accepted: Sequence[BaselineText]) -> str:
    """Identify everything that a report depends on, except the contents of the files."""
    # Which entries of a baseline are stale depends on the files that are asked about; all else serves any part.
    paths = target.paths if accepted else ()
    loaded, has_plugins = target.loaded, target.plugins.includes_plugins
    # What the user writes down counts more than the same in a preset.
    written = None if loaded.document is None else loaded.document.table
    asked = (loaded.configuration, written, paths, target.configuration_path, options.exact, has_plugins)
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
        discovery.unread,
    )
    return ascii((*asked, *parsed, *held, *found, is_small(discovery), target.plugins.fingerprint()))
