"""All open projects, checked; this is the work of one thread."""

from __future__ import annotations

import traceback
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from layercheck.engine.build import open_project
from layercheck.engine.options import CheckOptions
from layercheck.errors import BaselineError, LayercheckError, Problem
from layercheck.python.text.round_trip import decode_leniently
from layercheck.server.checked_project import CheckedProject
from layercheck.server.closed_files import ClosedFiles
from layercheck.server.diagnostics import DiagnosticWriter, uri_of, write_problem
from layercheck.server.inquiry import Mark, Outcome, Shown
from layercheck.server.open_projects import ProjectFinder
from layercheck.server.watched_source import CheckCancelled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from lsprotocol import types
    from pygls.workspace import PositionCodec

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.project.project import Project
    from layercheck.server.checked_project import Verdict
    from layercheck.server.inquiry import Inquiry
    from layercheck.server.open_projects import OpenProject, OpenProjects
    from layercheck.server.watched_source import Watch


class Checker:
    """Checks the projects of open documents, and keeps what is known of them for the next time."""

    def __init__(self, codec: PositionCodec, watch: Watch, *, with_plugins: bool) -> None:
        self._codec = codec
        self._watch = watch
        self._finder = ProjectFinder(with_plugins=with_plugins)
        self._projects: dict[Path, CheckedProject] = {}
        self._problems: dict[Path, tuple[Problem, ...]] = {}
        """Mistakes in the baselines of projects, and rules that failed, by root."""
        self._verdicts: dict[Path, Verdict] = {}
        """The last ones, by root."""
        self._targets: dict[Path, ProjectTarget] = {}
        """The projects of the last check, by root."""
        self._closed: dict[Path, ClosedFiles] = {}
        """What is found in files that are not open, by root."""

    def check(self, inquiry: Inquiry) -> Outcome:
        """Check the projects with changed documents, with the texts of all documents. Raises CheckCancelled."""
        if inquiry.changed is None:
            self._finder.look_again()
        try:
            found = self._finder.find(inquiry.documents, inquiry.folders, whole=inquiry.is_whole)
        except Exception as error:  # noqa: BLE001  (the server outlives everything)
            return Outcome((), {}, {}, (_describe(error),))
        self._targets = {project.target.root: project.target for project in found.projects}
        self._forget_all_but(self._targets)
        shown = [Shown(document, None) for document in found.strays]
        messages: list[str] = []
        for project in found.projects:
            is_new = inquiry.is_whole and project.target.root not in self._closed
            uris = {document.uri for document in project.documents.values()}
            if inquiry.changed is None or is_new or not uris.isdisjoint(inquiry.changed):
                shown += self._check_one(project, found, inquiry, messages)
        problems = {str(each): each for problems in self._problems.values() for each in problems}
        closed = {uri: each for files in self._closed.values() for uri, each in files.diagnostics.items()}
        texts = {document.path: document.text for document in inquiry.documents}
        return Outcome(tuple(shown), closed, self._write_problems(found.problems | problems, texts), tuple(messages))

    def warm_up(self) -> None:
        """Get ready for edits, while nobody waits."""
        for project in self._projects.values():
            with suppress(Exception, CheckCancelled):  # who checks next is told
                project.warm_up()

    def find_project(self, target: ProjectTarget) -> CheckedProject:
        """Find what is kept of a project."""
        root = target.root
        return self._projects.get(root) or self._projects.setdefault(root, CheckedProject(root, self._watch))

    def open_project(self, target: ProjectTarget) -> Project:
        """Open a project as it was last checked."""
        checked = self.find_project(target)
        # Where the check came to no end, there is none.
        return checked.project or open_project(target, CheckOptions(source=checked.source)).project

    @property
    def targets(self) -> tuple[ProjectTarget, ...]:
        """The projects of the last check."""
        return tuple(self._targets.values())

    def _forget_all_but(self, roots: Collection[Path]) -> None:
        for known in (self._projects, self._problems, self._verdicts, self._closed):
            for root in known.keys() - set(roots):
                del known[root]

    def _check_one(
        self, project: OpenProject, found: OpenProjects, inquiry: Inquiry, messages: list[str]
    ) -> list[Shown]:
        target, documents = project.target, project.documents
        self._problems.pop(target.root, None)
        try:
            checked = self.find_project(target)
            verdict = self._judge(project, checked, inquiry.changed)
            writer = self._make_writer(project, checked)
            marks: defaultdict[str, list[Mark]] = defaultdict(list)
            others: defaultdict[str, list[Finding]] = defaultdict(list)
            for finding in verdict.findings:
                path = finding.location.path
                if path in documents:
                    marks[path].append(Mark(finding, writer.write(finding)))
                elif inquiry.is_whole and found.owns(project, target.root / path):
                    others[path].append(finding)
            if inquiry.is_whole:
                self._closed.setdefault(target.root, ClosedFiles(target.root)).update(others, documents.keys(), writer)
            for finding in verdict.unreadable:
                path = finding.location.path
                marks[path].append(Mark(finding, writer.write(finding, documents[path].text)))
        except BaselineError as error:
            self._problems[target.root] = error.problems
            return []
        except Exception as error:  # noqa: BLE001  (see above)
            messages.append(_describe(error))
            return []
        messages += map(str, verdict.failures)
        self._problems[target.root] = tuple(_report_failures(project, verdict))
        return [*_show(project, verdict, marks)]

    def _judge(self, project: OpenProject, checked: CheckedProject, changed: Collection[str] | None) -> Verdict:
        """Check a project, unless nothing of it has changed and only more of it is to be shown."""
        root = project.target.root
        uris = {document.uri for document in project.documents.values()}
        known = self._verdicts.get(root)
        if known is not None and changed is not None and uris.isdisjoint(changed):
            return known
        self._verdicts.pop(root, None)
        verdict = self._verdicts[root] = checked.check(project.target, project.documents, looks=changed is None)
        return verdict

    def _make_writer(self, project: OpenProject, checked: CheckedProject) -> DiagnosticWriter:
        # What is no Python is always checked as it is open.
        texts = {path: each.text for path, each in project.documents.items() if not each.is_python}

        def read(path: str) -> str:
            return texts[path] if path in texts else checked.read(path)

        return DiagnosticWriter(project.target, read, self._codec)

    def _write_problems(
        self, problems: Mapping[str, Problem], texts: Mapping[Path, str]
    ) -> dict[str, list[types.Diagnostic]]:
        written: dict[str, list[types.Diagnostic]] = {}
        for problem in problems.values():
            if problem.path is not None:
                text = texts.get(problem.path)
                diagnostic = write_problem(problem, _read(problem.path) if text is None else text, self._codec)
                written.setdefault(uri_of(problem.path), []).append(diagnostic)
        return written


def _show(project: OpenProject, verdict: Verdict, marks: Mapping[str, Sequence[Mark]]) -> list[Shown]:
    broken = {finding.location.path for finding in verdict.unreadable}
    accepted = [finding.location.path for finding in verdict.accepted]
    return [
        Shown(document, project.target, tuple(marks.get(path, ())), path in broken, accepted.count(path))
        for path, document in project.documents.items()
    ]


def _report_failures(project: OpenProject, verdict: Verdict) -> list[Problem]:
    """Report rules that failed where the reader looks: in the configuration, else in an open document."""
    first = next(iter(project.documents.values()), None)
    path = project.target.loaded.path or (None if first is None else first.path)
    return [Problem(str(failure), path=path) for failure in verdict.failures]


def _read(path: Path) -> str:
    try:
        return decode_leniently(path.read_bytes())
    except OSError:
        return ""


def _describe(error: Exception) -> str:
    """Describe what went wrong: the user's mistakes in a sentence, ours with all that helps to find them."""
    return str(error) if isinstance(error, LayercheckError) else "".join(traceback.format_exception(error))
