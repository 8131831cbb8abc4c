"""One project, checked again and again with texts that nobody has saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.options import CheckOptions
from layercheck.engine.path_ignores import PathIgnores
from layercheck.engine.workspace import Workspace
from layercheck.errors import NothingCheckedError, UnreadableSourceError
from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.files.discovery import SUFFIXES
from layercheck.files.file_source import DiskSource
from layercheck.files.left_out import is_left_out
from layercheck.model.unreadable import Unreadable
from layercheck.python.text.encoding import decode_source
from layercheck.python.text.round_trip import decode_leniently
from layercheck.python.tree.parser import parse
from layercheck.rules.files.unreadable_file import UnreadableFile
from layercheck.server.watched_source import Watch, WatchedSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.file_source import FileSource
    from layercheck.model.failure import Failure
    from layercheck.model.finding import Finding
    from layercheck.project.project import Project
    from layercheck.server.document import Document


class Verdict(NamedTuple):
    """What is found in a project with the open documents as they are."""

    findings: tuple[Finding, ...]
    """Their places are in the files as they were checked: of a document with a syntax error, as it was before."""
    unreadable: tuple[Finding, ...] = ()
    """What is wrong with documents that cannot be read; the places are in the documents."""
    failures: tuple[Failure, ...] = ()
    accepted: tuple[Finding, ...] = ()
    """Those that comments or entries of the baseline put aside."""


class CheckedProject:
    """One project; what is known of its files is kept from one check to the next."""

    def __init__(self, root: Path, watch: Watch | None = None) -> None:
        """`watch` follows, and may end, what is going on."""
        self._disk = WatchedSource(DiskSource(root, root / FOLDER_NAME), watch or Watch())
        self._workspace = Workspace(root, self._disk)
        self._texts: dict[str, bytes] = {}
        self._readable: dict[str, bytes] = {}
        """The last texts of open documents that had no syntax error."""

    def check(self, target: ProjectTarget, documents: Mapping[str, Document], *, looks: bool = True) -> Verdict:
        """Check the project with the texts of `documents`, by path, in the place of files.

        Without `looks`, nothing but documents has changed since the last time.

        A document that cannot be read is checked as it was when it last could: nobody who is in the middle of a line
        wants to see the findings of other lines, and of other files, go and come back.

        Raises BaselineError and PluginError.
        """
        broken = self._lay_over(documents)
        try:
            report = self._workspace.check(target, CheckOptions(), self._texts, looks=looks)
        except NothingCheckedError:
            # An editor asks about whatever is open; there need be no layers.
            return Verdict(())
        findings = tuple(
            each for each in report.findings if each.code != UnreadableFile.code or each.location.path not in broken
        )
        accepted = (*(each.finding for each in report.suppressed), *(each.finding for each in report.baselined))
        return Verdict(findings, tuple(_report_unreadable(target, broken)), report.failures, accepted)

    @property
    def source(self) -> FileSource:
        """The files with the texts of the last check in the place of some."""
        return self._workspace.source

    @property
    def project(self) -> Project | None:
        """The project as it was checked last; None where it is not put together."""
        return self._workspace.project

    def warm_up(self) -> None:
        """Get ready for the next edit, where the last verdict came from the cache."""
        self._workspace.warm_up()

    def read(self, path: str) -> str:
        """Read a file as it was checked; empty where it is not there any more."""
        try:
            return decode_leniently(self.source.read(path))
        except OSError:
            return ""

    def _lay_over(self, documents: Mapping[str, Document]) -> dict[str, Unreadable]:
        """Take in the texts; return why those that cannot be read cannot be."""
        broken: dict[str, Unreadable] = {}
        readable: dict[str, bytes] = {}
        self._texts.clear()
        for path, document in documents.items():
            if not path.endswith(SUFFIXES):
                continue
            text, on_disk = document.data, self._read_disk(path)
            before = self._readable.get(path)
            why = None if text == before else _why_unreadable(text)
            if why is None:
                readable[path] = text
            else:
                broken[path] = why
                if before is not None:
                    readable[path] = before
                elif on_disk is not None and _why_unreadable(on_disk) is None:
                    readable[path] = on_disk
            checked = readable.get(path, text)
            # What is as it is on disk may be answered by the cache.
            if checked != on_disk:
                self._texts[path] = checked
        self._readable = readable
        return broken

    def _read_disk(self, path: str) -> bytes | None:
        try:
            return self._disk.read(path)
        except OSError:
            return None


def _why_unreadable(data: bytes) -> Unreadable | None:
    try:
        parse(decode_source(data), lambda _: None)
    except UnreadableSourceError as error:
        return Unreadable(error.reason, error.line, error.column)
    return None


def _report_unreadable(target: ProjectTarget, broken: Mapping[str, Unreadable]) -> Iterable[Finding]:
    """Report the documents with syntax errors as the rule does that reports such files, if it is in force."""
    if not broken:
        return ()
    configuration = target.loaded.configuration
    rules = [rule for rule in target.plugins.make_active(configuration) if isinstance(rule, UnreadableFile)]
    found = (
        rule.report(path, why)
        for rule in rules
        for path, why in broken.items()
        if not is_left_out(target.root, path, configuration.exclude)
    )
    return PathIgnores(configuration.per_path_ignores).drop(found)
