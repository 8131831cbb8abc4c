"""The step from files to what is known of each of them, and whether that is still what the last report follows from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.engine.timings import timed

if TYPE_CHECKING:
    from layercheck.engine.module_examiner import ModuleExaminer
    from layercheck.engine.open_files import OpenFiles
    from layercheck.facts.fact_store import SourceStore


def read_facts(files: OpenFiles) -> SourceStore:
    """Read the files that may have changed since the last run."""
    # With it come the exact readers, for which a report taken from the cache has no use.
    from layercheck.facts.fact_store import SourceStore  # noqa: PLC0415

    with timed(files.timings, "scan"):
        store = SourceStore(files.target.root, files.source.read)
        store.load(files.discovery.files, *files.source.cache.known(files.discovery.files))
    return store


def are_facts_unchanged(files: OpenFiles, facts: SourceStore) -> bool:
    """Tell whether all that the last run knew of the files is still true, whatever has changed in them."""
    return facts.facts_unchanged(lambda: _make_examiner(files))


def _make_examiner(files: OpenFiles) -> ModuleExaminer:
    from layercheck.engine.run_rules import choose_rules  # noqa: PLC0415  (only to compare what rules found)

    return choose_rules(files).examiner
