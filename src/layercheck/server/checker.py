"""All open projects, checked; this is the work of one thread."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, NamedTuple

from layercheck.errors import BaselineError, LayercheckError
from layercheck.python.text.round_trip import decode_leniently
from layercheck.rule.rule_names import is_ours
from layercheck.server.checked_project import CheckedProject
from layercheck.server.diagnostics import DiagnosticWriter, uri_of, write_problem
from layercheck.server.open_projects import find_open_projects

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from lsprotocol import types
    from pygls.workspace import PositionCodec

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.errors import Problem
    from layercheck.model.finding import Finding
    from layercheck.server.document import Document
    from layercheck.server.open_projects import OpenProject


class Mark(NamedTuple):
    """A finding, and what the client is told of it."""

    finding: Finding
    diagnostic: types.Diagnostic


class Shown(NamedTuple):
    """What the client is told of one document."""

    document: Document
    target: ProjectTarget | None
    """None where the document belongs to no project."""
    marks: tuple[Mark, ...] = ()
    is_broken: bool = False
    """Whether it cannot be read, so that most places are those of its last state in which it could."""


class Outcome(NamedTuple):
    """What one look at the open documents gave."""

    shown: tuple[Shown, ...]
    """Of the documents that there was a verdict on; of the others the last one stays."""
    problems: dict[str, list[types.Diagnostic]]
    """The mistakes in configurations and baselines, by URI."""
    messages: tuple[str, ...]
    """What else went wrong."""


class Checker:
    """Checks the projects of open documents, and keeps what is known of them for the next time."""

    def __init__(self, codec: PositionCodec, *, with_plugins: bool) -> None:
        self._codec = codec
        self._with_plugins = with_plugins
        self._projects: dict[Path, CheckedProject] = {}
        self._problems: dict[Path, tuple[Problem, ...]] = {}
        """Mistakes in the baselines of projects, by root."""

    def check(self, documents: Sequence[Document], folders: Sequence[Path], changed: Collection[str] | None) -> Outcome:
        """Check the projects with changed documents (URIs; None: all), with the texts of all documents. Never raises."""
        try:
            found = find_open_projects(documents, folders, with_plugins=self._with_plugins)
        except Exception as error:  # noqa: BLE001  (the server outlives everything)
            return Outcome((), {}, (_describe(error),))
        roots = {project.target.root for project in found.projects}
        self._projects = {root: project for root, project in self._projects.items() if root in roots}
        self._problems = {root: problems for root, problems in self._problems.items() if root in roots}
        shown = [Shown(document, None) for document in found.strays]
        messages: list[str] = []
        for project in found.projects:
            if changed is None or any(document.uri in changed for document in project.documents.values()):
                shown += self._check_one(project, messages)
        about_baselines = {str(each): each for problems in self._problems.values() for each in problems}
        return Outcome(tuple(shown), self._write_problems(found.problems | about_baselines), tuple(messages))

    def _check_one(self, project: OpenProject, messages: list[str]) -> list[Shown]:
        root = project.target.root
        self._problems.pop(root, None)
        try:
            checked = self._projects.get(root) or self._projects.setdefault(root, CheckedProject(root))
            verdict = checked.check(project.target, project.documents)
            rules = {rule.code for rule in project.target.plugins.rules if is_ours(rule)}
            writer = DiagnosticWriter(root, checked.read, self._codec, rules)
            messages += map(str, verdict.failures)
            marks: dict[str, list[Mark]] = {path: [] for path in project.documents}
            for finding in verdict.findings:
                if finding.location.path in marks:
                    marks[finding.location.path].append(Mark(finding, writer.write(finding)))
            for finding in verdict.unreadable:
                path = finding.location.path
                marks[path].append(Mark(finding, writer.write(finding, project.documents[path].text)))
        except BaselineError as error:
            self._problems[root] = error.problems
            return []
        except Exception as error:  # noqa: BLE001  (see above)
            messages.append(_describe(error))
            return []
        broken = {finding.location.path for finding in verdict.unreadable}
        return [
            Shown(document, project.target, tuple(marks[path]), path in broken)
            for path, document in project.documents.items()
        ]

    def _write_problems(self, problems: dict[str, Problem]) -> dict[str, list[types.Diagnostic]]:
        written: dict[str, list[types.Diagnostic]] = {}
        for problem in problems.values():
            if problem.path is not None:
                diagnostic = write_problem(problem, _read(problem.path), self._codec)
                written.setdefault(uri_of(problem.path), []).append(diagnostic)
        return written


def _read(path: Path) -> str:
    try:
        return decode_leniently(path.read_bytes())
    except OSError:
        return ""


def _describe(error: Exception) -> str:
    """Describe what went wrong: the user's mistakes in a sentence, ours with all that helps to find them."""
    return str(error) if isinstance(error, LayercheckError) else "".join(traceback.format_exception(error))
