"""From some files of a project to a part: what is known of them, whatever the others hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from layercheck.engine.part_examiner import PartExaminer
from layercheck.engine.preconditions import require_paths
from layercheck.engine.rule_runner import RuleRunner
from layercheck.errors import NothingCheckedError
from layercheck.facts.fact_store import SourceStore
from layercheck.facts.file_facts import FileFacts, digest_of
from layercheck.facts.part import FileEntry, encode_part
from layercheck.files.discovery import SUFFIXES
from layercheck.files.disk_folders import discover
from layercheck.files.file_source import DiskSource
from layercheck.files.left_out import is_left_out
from layercheck.model.target_paths import is_within
from layercheck.project.possible_modules import PossibleModules
from layercheck.python.imports.scan_flags import COMMENT, NOQA
from layercheck.suppressions.reader import read_suppressions

if TYPE_CHECKING:
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.discovery import Discovery


def make_part(target: ProjectTarget) -> bytes:
    """Write down what is known of the files of a target. Raises NothingCheckedError where it names none of the project."""
    files = _discover(target).files
    if not files:
        raise NothingCheckedError("nothing that was named is a Python file, so there is nothing to write down")
    store = SourceStore(target.root, DiskSource(target.root).read)
    store.load(files, {}, frozenset())
    configuration = target.loaded.configuration
    examiner = PartExaminer(target.plugins.make_active(configuration), RuleRunner(target.plugins, target.root))
    possible = PossibleModules(configuration)
    return encode_part(examiner.rules, (_make_entry(path, store, examiner, possible) for path in files))


def _discover(target: ProjectTarget) -> Discovery:
    """Find the files of a target without looking at folders in which none of them lies."""
    exclude, paths = target.loaded.configuration.exclude, frozenset(target.paths)
    folders = [path.rpartition("/")[0] if path.endswith(SUFFIXES) else path for path in target.paths]
    below = os.path.commonpath(folders) if all(folders) and folders else ""
    # A folder that is left out may hold files that git tracks all the same.
    if below and is_left_out(target.root, f"{below}/__init__.py", exclude):
        below = ""
    found = discover(target.root, below=below, exclude=exclude)
    if paths:
        require_paths(target, found)
        found = found._replace(files={path: each for path, each in found.files.items() if is_within(path, paths)})
    return found


def _make_entry(path: str, store: SourceStore, examiner: PartExaminer, possible: PossibleModules) -> FileEntry:
    facts = store.facts[path]
    try:
        data = store.read(path)
    except OSError:
        return FileEntry(path, None)
    if facts.unreadable is not None or digest_of(data) != facts.digest:
        return FileEntry(path, None)
    # How deep is too deep depends on the Python.
    imports = None if facts.imports is None or facts.imports.nested_too_deeply else facts.imports
    suppressions = read_suppressions(data) if facts.scan.flags & (COMMENT | NOQA) else None
    kept = FileFacts(facts.digest, facts.scan, imports=imports, suppressions=suppressions, outline=facts.outline)
    return FileEntry(path, kept, examiner.read(data, facts, possible.list(path, facts)))
