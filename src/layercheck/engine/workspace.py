"""A project kept in memory, for those who check it again and again: an edit costs what hangs on the changed file."""

from __future__ import annotations

import gc
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from layercheck.baseline.baseline_text import read_texts
from layercheck.engine.build import OpenedProject
from layercheck.engine.kept_project import KeptProject
from layercheck.engine.open_files import open_files
from layercheck.engine.read_facts import read_facts
from layercheck.engine.report import for_paths
from layercheck.engine.report_cache import are_files_unchanged, digest_at, load_report
from layercheck.errors import LayercheckError, NothingCheckedError
from layercheck.facts.cache_folder import is_older, now_ns
from layercheck.facts.fact_store import SourceStore
from layercheck.files.overlay_source import OverlaySource

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set as AbstractSet
    from pathlib import Path

    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FactCache, FileSource
    from layercheck.model.report import Report
    from layercheck.project.project import Project


class _Look(NamedTuple):
    """What the disk held when it was last looked at."""

    listing: Discovery
    started_ns: int


class _SeenDisk:
    """A source that remembers what it found last."""

    def __init__(self, disk: FileSource) -> None:
        self._disk = disk
        self.read = disk.read
        self.index_fingerprint = disk.index_fingerprint
        self.tracked = disk.tracked
        self.last: _Look | None = None

    @property
    def cache(self) -> FactCache:
        """What earlier runs knew of the files."""
        return self._disk.cache

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Find the Python files."""
        started_ns = now_ns()
        self.last = _Look(self._disk.discover(exclude), started_ns)
        return self.last.listing


class Workspace:
    """One project with texts in the place of some of its files; its reports are those of `check`, byte for byte."""

    def __init__(self, root: Path, disk: FileSource) -> None:
        """`disk` is read below `root`."""
        self._root = root
        self._disk = _SeenDisk(disk)
        self._texts: dict[str, bytes] = {}
        self._source = OverlaySource(root, self._disk, self._texts)
        self._last: KeptProject | None = None
        """What was put together last; what is known of its files is true of those that are the same."""
        self._kept: KeptProject | None = None
        """The same, where it may be gone on from."""
        self._fingerprint = ""
        """What git's index seems to hold of the files that rules asked about."""
        self._recalled: tuple[ProjectTarget, CheckOptions] | None = None
        """What was answered from the cache, so that the project is still to be put together."""
        self.ways: Counter[str] = Counter()
        """How often a report was `recalled` from the cache, `updated` for changed files, or made `anew`."""

    def check(
        self, target: ProjectTarget, options: CheckOptions, texts: Mapping[str, bytes], *, looks: bool = True
    ) -> Report:
        """Check the project with `texts` in the place of files, by path.

        Without `looks`, nothing but these texts has changed since the last time. Raises like `check`.
        """
        options = options._replace(source=self._source, today=options.day)
        changed = {path for path in {*self._texts, *texts} if self._texts.get(path) != texts.get(path)}
        self._texts.clear()
        self._texts.update(texts)
        report = self._update(target, options, changed, looks=looks)
        return self._check_anew(target, options, changed) if report is None else report

    def warm_up(self) -> None:
        """Put the project together where the last answer came from the cache, so that the next edit finds it ready."""
        if self._recalled is not None:
            target, options = self._recalled
            try:
                self._check_anew(target, options, ())
            except NothingCheckedError:
                return

    @property
    def project(self) -> Project | None:
        """The project as it was checked last, for questions; None where it is not put together."""
        return None if self._kept is None else self._kept.lend()

    def lend(self, texts: Mapping[str, bytes]) -> OpenedProject | None:
        """Give the project as it was checked last; None where it is not put together, or with other texts."""
        kept = self._kept
        if kept is None or texts != self._texts:
            return None
        return OpenedProject(kept.lend(), kept.store, kept.files.discovery)

    @property
    def source(self) -> FileSource:
        """The files as they were checked last, with the texts in the place of some."""
        return self._source

    def _check_anew(self, target: ProjectTarget, options: CheckOptions, changed: Collection[str]) -> Report:
        before, looked = self._last, self._disk.last
        self._kept = None
        files = open_files(target, options)
        if before is None and self._recalled is None and not self._texts:
            cached = load_report(files)
            if cached is not None and are_files_unchanged(files):
                self._recalled = target, options
                self.ways["recalled"] += 1
                return for_paths(cached.report, files)
        self._recalled = None
        self.ways["anew"] += 1
        # What was put together before may be garbage now.
        gc.unfreeze()
        store = read_facts(files) if before is None else self._reload(files, before, looked, changed)
        self._last = kept = KeptProject(files, store)
        try:
            return kept.report()
        finally:
            # All this stays: to look through it for garbage takes longer than most edits.
            gc.freeze()
            self._kept = kept
            self._fingerprint = self._source.index_fingerprint(kept.project.files.asked_about)

    def _reload(
        self, files: OpenFiles, before: KeptProject, looked: _Look | None, changed: Collection[str]
    ) -> SourceStore:
        """Take in the files, with what was known of those that are the same."""
        known, then = before.store.facts, before.files.discovery.files
        unchanged = frozenset(
            path
            for path, signature in files.discovery.files.items()
            if path not in changed
            and then.get(path) == signature
            and known[path].digest
            and (path in self._texts or (looked is not None and is_older((signature,), looked.started_ns)))
        )
        store = SourceStore(self._root, self._source.read)
        store.load(files.discovery.files, known, unchanged)
        return store

    def _update(
        self, target: ProjectTarget, options: CheckOptions, changed: AbstractSet[str], *, looks: bool
    ) -> Report | None:
        """Check again what changed files change; None where that is not enough."""
        kept = self._kept
        if kept is None or not _is_alike(kept, target, options):
            return None
        looked = self._look(kept) if looks else frozenset()
        listing = None if looked is None else self._list_files(kept, changed | looked)
        if looked is None or listing is None:
            return None
        # An interrupt may leave half of a project behind.
        self._kept = None
        try:
            report = kept.update(changed | (looked - self._texts.keys()), target, listing)
        except LayercheckError:
            self._keep_updated(kept)
            raise
        if report is not None:
            self._keep_updated(kept)
        return report

    def _keep_updated(self, kept: KeptProject) -> None:
        self._kept = kept
        self.ways["updated"] += 1

    def _list_files(self, kept: KeptProject, changed: Collection[str]) -> Discovery | None:
        """List the files that there are now; None where more may be different than the contents of some Python files."""
        before, looked = kept.files.discovery, self._disk.last
        if looked is None:
            return None
        on_disk = looked.listing.files
        if all(path in before.files and (path in self._texts or path in on_disk) for path in changed):
            return before
        now = self._source.lay_over(looked.listing, kept.files.target.loaded.configuration.exclude)
        return now if now._replace(files={}) == before._replace(files={}) else None

    def _look(self, kept: KeptProject) -> frozenset[str] | None:
        """Look which Python files have changed on disk, came or went; None where other files have changed."""
        last = self._disk.last
        found = self._disk.discover(kept.files.target.loaded.configuration.exclude)
        if last is None or found._replace(files={}) != last.listing._replace(files={}):
            return None
        if not self._are_other_files_kept(kept, found):
            return None
        before = last.listing.files
        return frozenset(before.keys() - found.files.keys()) | {
            path
            for path, signature in found.files.items()
            if signature != before.get(path) or not is_older((signature,), last.started_ns)
        }

    def _are_other_files_kept(self, kept: KeptProject, found: Discovery) -> bool:
        """Tell whether the files that are no Python still hold what the last report rests on."""
        files = kept.project.files
        return (
            all(digest_at(self._source, path) == digest for path, digest in files.digests.items())
            and self._source.index_fingerprint(files.asked_about) == self._fingerprint
            and read_texts(self._root, found.baselines, self._source.read) == kept.files.accepted
        )


def _is_alike(kept: KeptProject, target: ProjectTarget, options: CheckOptions) -> bool:
    """Tell whether the same is asked as the last time."""
    then, plugins = kept.files.target, target.plugins
    return (
        (kept.files.options, then.root) == (options, target.root)
        and (then.plugins.includes_plugins, then.plugins.fingerprint())
        == (plugins.includes_plugins, plugins.fingerprint())
        # What a configuration may name follows from the plugins.
        and all(
            getattr(then.loaded, part) == getattr(target.loaded, part)
            for part in ("configuration", "document", "overrides")
        )
    )
