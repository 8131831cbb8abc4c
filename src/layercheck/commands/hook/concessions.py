"""What keeps findings from being reported, so that what a session adds to it can be named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.baseline.baseline_text import read_texts
from layercheck.config.foreign.import_linter import read_sections
from layercheck.config.foreign.import_linter_types import SECTION
from layercheck.errors import ConfigurationError
from layercheck.files.file_source import DiskSource
from layercheck.project.foreign_contracts import find_foreign_texts, take_in_turn
from layercheck.project.project_files import ProjectFiles
from layercheck.reporters.display import get_start, make_printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from layercheck.config.document import Document
    from layercheck.config.foreign.options import Option, Section
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.discovery import Discovery
    from layercheck.model.report import Report
    from layercheck.project.foreign_contracts import ForeignText

_SETTING = "setting"
_LONGEST_VALUE = 120
_IGNORED = "ignore_imports"
"""An option of import-linter; the fewer values it has, the stricter is the contract."""


def list_concessions(target: ProjectTarget, report: Report) -> dict[str, str]:
    """List the suppressed findings, the lines of the baseline and the settings: what each is called, by identity."""
    source = DiskSource(target.root)
    discovery = source.discover(target.loaded.configuration.exclude)
    return {
        **dict(_suppressed(report)),
        **dict(_accepted(target, discovery, source)),
        **dict(_settings(target.loaded.document)),
        **dict(_foreign_settings(target, ProjectFiles(discovery, source.read))),
    }


def find_added(known: Collection[str], now: Mapping[str, str]) -> dict[str, str]:
    """Find what was not there before, and settings that are gone: how each reads, by identity."""
    added = {identity: text for identity, text in now.items() if identity not in known}
    settings = {_key_of(identity) for identity in now if identity.startswith(f"{_SETTING}\0")}
    for identity in sorted(known):
        if identity.startswith(f"{_SETTING}\0") and _key_of(identity) not in settings:
            _, file, key, _ = identity.split("\0", 3)
            added[f"{identity}\0removed"] = make_printable(f"{file}: {key} was removed")
    return added


def _suppressed(report: Report) -> Iterator[tuple[str, str]]:
    for each in report.suppressed:
        finding = each.finding
        line = get_start(finding.location).line
        reason = f": {each.reason}" if each.reason else ""
        text = f"{finding.location.path}:{line} suppresses {finding.code} {finding.name}{reason}"
        yield f"suppression\0{finding.fingerprint}", make_printable(text)


def _accepted(target: ProjectTarget, discovery: Discovery, source: DiskSource) -> Iterator[tuple[str, str]]:
    for text in read_texts(target.root, discovery.baselines, source.read):
        for line in text.data.decode("utf-8", "replace").splitlines():
            if line.strip() and not line.startswith("#"):
                yield f"baseline\0{text.path}\0{line}", make_printable(f"{text.path}: {line}")


def _settings(document: Document | None) -> Iterator[tuple[str, str]]:
    if document is None:
        return
    file = document.path.name
    for key, value in _flatten(document.table, ()):
        written = msgspec.json.encode(value, enc_hook=str).decode()
        shown = written if len(written) <= _LONGEST_VALUE else f"{written[:_LONGEST_VALUE]}…"
        name = ".".join(key)
        text = f"{file}:{document.line_of(key) or 1}: {name} = {shown}"
        yield f"{_SETTING}\0{file}\0{name}\0{written}", make_printable(text)


def _foreign_settings(target: ProjectTarget, files: ProjectFiles) -> Iterator[tuple[str, str]]:
    """Write out what the files of import-linter say that are judged; a file that nobody can read is a finding."""
    judged: list[tuple[str, Section, list[Section]]] = []

    def take(given: ForeignText) -> bool:
        path, text, _ = given
        try:
            read = read_sections(Path(path), text) if text and SECTION in text else None
        except ConfigurationError:
            return False
        if read is not None:
            judged.append((path, *read))
        return read is not None

    take_in_turn(find_foreign_texts(target.loaded, files, target.configuration_path), take)
    for path, common, contracts in judged:
        for section in (common, *contracts):
            name = section.options.get("name")
            label = SECTION if section is common else next(iter(name.texts if name else ()), section.name)
            for key, option in section.options.items():
                yield from _foreign_option(path, f"{label}: {key}", option, is_only_added=key == _IGNORED)


def _foreign_option(path: str, name: str, option: Option, *, is_only_added: bool) -> Iterator[tuple[str, str]]:
    """Write out one option; of a list, each value is a setting, so that one that is gone is named as well."""
    for text, line in option.items:
        key = f"{name} = {text}" if option.is_list and not is_only_added else name
        yield f"{_SETTING}\0{path}\0{key}\0{text}", make_printable(f"{path}:{line}: {name} = {text}")


def _flatten(value: Any, key: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and (value or not key):
        for name, inner in value.items():
            yield from _flatten(inner, (*key, name))
    else:
        yield key, value


def _key_of(identity: str) -> tuple[str, str]:
    _, file, key, _ = identity.split("\0", 3)
    return file, key
