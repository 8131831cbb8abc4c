"""From parts to the verdict on the project that they are of: the same as if one process had read all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.engine.check import examine_facts
from layercheck.engine.open_files import open_files
from layercheck.engine.part_examiner import choose_own_rules, describe_rules
from layercheck.engine.part_store import PartStore, Placed
from layercheck.engine.report_cache import digest_at
from layercheck.engine.timings import timed
from layercheck.errors import PartError
from layercheck.facts.part import read_part
from layercheck.facts.processes import map_in_processes
from layercheck.files.left_out import find_cause

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FileSource
    from layercheck.model.report import Report

_AGAIN = "make it again with `layercheck facts`"
_ENOUGH_TO_READ = 1_000
"""With fewer files, a second process takes longer to start than it saves."""


def check_parts(target: ProjectTarget, options: CheckOptions, places: Sequence[Path]) -> Report:
    """Check a project with what its parts know of the files. Raises what `check` raises, and PartError."""
    files = open_files(target, options)
    with timed(files.timings, "merge"):
        placed = _read_parts(places)
        _require_rules(target, placed.values())
        _require_files(target, files.discovery, placed)
        known = _find_known(files.source, placed)
    with timed(files.timings, "scan"):
        store = PartStore(target.root, files.source.read)
        facts = {each.entry.path: each.entry.facts for each in known if each.entry.facts is not None}
        store.load(files.discovery.files, facts, frozenset(facts))
        store.take_parts(known)
    return examine_facts(files, store).report


def _read_parts(places: Sequence[Path]) -> dict[str, Placed]:
    """Read what parts know of files, by path; no file may be in two of them."""
    placed: dict[str, Placed] = {}
    for place in places:
        part = read_part(place)
        for entry in part.entries:
            other = placed.setdefault(entry.path, Placed(entry, part, place))
            if other.entry is not entry:
                where = f"twice in {place}" if other.place == place else f"in {other.place} and in {place}"
                raise PartError(
                    f"{entry.path} is {where}, and a file belongs to one part: remove parts that are left over"
                )
    return placed


def _require_rules(target: ProjectTarget, placed: Collection[Placed]) -> None:
    """Raise PartError where rules have not looked at the files as they are set now."""
    plugins = target.plugins
    own_rules = choose_own_rules(plugins.make_active(target.loaded.configuration), plugins)
    wanted = describe_rules(own_rules, plugins)
    for place, part in {each.place: each.part for each in placed}.items():
        known = {rule.code: rule.settings for rule in part.rules}
        for rule in wanted:
            if known.get(rule.code) != rule.settings:
                how = "with other settings of" if rule.code in known else "without"
                raise PartError(
                    f"{place}: was made {how} {rule.code}: make all parts again with the configuration of this check"
                )


def _require_files(target: ProjectTarget, discovery: Discovery, placed: Mapping[str, Placed]) -> None:
    """Raise PartError unless the parts hold the files of the project, all of them and no others."""
    missing = [path for path in discovery.files if path not in placed]
    if missing:
        raise PartError(
            f"{_count(missing, 'is', 'are')} in no part: make parts of all files that `layercheck check --show-files` lists"
        )
    extra = [each for path, each in placed.items() if path not in discovery.files]
    if extra:
        first = extra[0]
        raise PartError(f"{first.place}: {first.entry.path} {_why_extra(target, first.entry.path)}: {_AGAIN}")


def _why_extra(target: ProjectTarget, path: str) -> str:
    if not (target.root / path).is_file():
        return "is no longer there"
    cause = find_cause(target.root, path, target.loaded.configuration.exclude)
    return "is not a file of the project" if cause is None else f"is left out by {cause}"


def _find_known(source: FileSource, placed: Mapping[str, Placed]) -> list[Placed]:
    """Find the files that the parts know; the others are to be read. Raises PartError where one has changed since."""
    known = [each for each in placed.values() if each.entry.facts is not None]
    digests = map_in_processes(
        lambda some: [digest_at(source, each.entry.path) for each in some], known, list[bytes], at_least=_ENOUGH_TO_READ
    )
    changed = [
        each
        for each, digest in zip(known, digests, strict=True)
        if digest and each.entry.facts is not None and each.entry.facts.digest != digest
    ]
    if changed:
        place = changed[0].place
        paths = [each.entry.path for each in changed if each.place == place]
        raise PartError(f"{place}: is stale, {_count(paths, 'has', 'have')} changed since: {_AGAIN}")
    return [each for each, digest in zip(known, digests, strict=True) if digest]


def _count(paths: Sequence[str], one: str, several: str) -> str:
    """Name the first of some paths as the subject of a sentence with this verb."""
    first, *others = paths
    return f"{first} and {len(others)} more {several}" if others else f"{first} {one}"
