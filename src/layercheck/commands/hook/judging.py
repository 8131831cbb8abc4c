"""From an event to what there is to report: what is new in the project, and what this session keeps from being reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.diff.comparison import report_introduced
from layercheck.commands.diff.sides import Question
from layercheck.commands.hook.concessions import find_added, list_concessions
from layercheck.commands.hook.events import EventKind
from layercheck.commands.hook.sessions import SessionFile, SessionStart, count_fingerprints, find_new, list_projects
from layercheck.engine.checking import Checking
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target, find_target_of_text
from layercheck.errors import LayercheckError
from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from layercheck.commands.hook.events import Event
    from layercheck.engine.build import OpenedProject
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report


class New(NamedTuple):
    """What is new in a project, anywhere in it."""

    target: ProjectTarget
    report: Report
    """On what is new alone; infos, which ask for nothing, are left out."""
    since: str
    """Against what it is new, in words."""
    checking: Checking
    """Who has just checked the project."""

    def open_project(self, texts: Mapping[str, bytes]) -> OpenedProject:
        """Return the project, for questions about the report. Raises NothingCheckedError without files."""
        return self.checking.open(self.target, _options(self.target), texts)


class Verdict(NamedTuple):
    """What there is to report."""

    new: New | None = None
    concessions: tuple[str, ...] = ()
    """What this session added to keep findings from being reported, in words."""
    problem: str = ""
    """Why a project that could be checked when the session began cannot be any more."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report."""
        return not (self.new or self.concessions or self.problem)


def judge(event: Event, checking: Checking) -> tuple[Verdict, ...]:
    """Note what is there before the session changes it; find what there is to report later, for each project.

    Raises what `check` raises, HistoryError where there is nothing to compare with, and OSError.
    """
    if event.kind is EventKind.STOP:
        verdicts = [_judge_stop(event, root, checking) for root in list_projects(event.session)]
        return tuple(verdict for verdict in verdicts if not verdict.is_empty)
    targets = (find_target([event.folder]),) if event.kind is EventKind.START else _find_targets(event)
    if event.kind is not EventKind.EDIT:
        for target in targets:
            _note(event.session, target._replace(paths=()), checking)
        return ()
    found = [_find_new(event.session, target._replace(paths=()), checking) for target in targets]
    return tuple(Verdict(new) for new in found if new.report.findings)


def _find_targets(event: Event) -> tuple[ProjectTarget, ...]:
    """Find the projects of the edited files, each once; some files are in none."""
    noted = [*list_projects(event.session)]
    targets = [_find_target(file, noted) for file in event.edited_files]
    return tuple({target.root: target for target in targets if target is not None}.values())


def _find_target(file: Path, noted: Sequence[Path]) -> ProjectTarget | None:
    """Find the project of a file; without a configuration, the session says which it is, wherever it stands by now."""
    target = find_target_of_text(file)
    if target is not None and (target.loaded.root is not None or target.root in noted):
        return target
    around = next((root for root in noted if file.is_relative_to(root)), None)
    return target if around is None else find_target([around])


def _note(session: str, target: ProjectTarget, checking: Checking) -> None:
    """Note what there is in a project, unless that was done."""
    file = SessionFile(session, target.root)
    # A session that is resumed, or whose context was compacted, began before.
    if file.read() is None:
        report = checking.check(target, _options(target))
        concessions = frozenset(list_concessions(target, report))
        file.write(SessionStart(str(target.root), count_fingerprints(report.findings), concessions))


def _find_new(session: str, target: ProjectTarget, checking: Checking) -> New:
    start = SessionFile(session, target.root).read()
    if start is None:
        report = report_introduced(Question(target, "HEAD", cache_folder=target.root / FOLDER_NAME)).report
        return New(target, _keep(report, report.findings), "since the last commit", Checking())
    report = checking.check(target, _options(target))
    return _since_start(target, report, find_new(report.findings, start.counts), checking)


def _judge_stop(event: Event, root: Path, checking: Checking) -> Verdict:
    """Judge one project at the end of a turn; what was reported at an end before is not reported again."""
    file = SessionFile(event.session, root)
    start = file.read()
    if start is None:
        return Verdict()
    try:
        target = find_target([root])._replace(paths=())
        report = checking.check(target, _options(target))
        concessions = find_added(start.concessions, list_concessions(target, report))
    except LayercheckError as error:
        verdict, identities = Verdict(problem=str(error)), {str(error)}
    else:
        fresh = {identity: text for identity, text in concessions.items() if identity not in start.reported}
        found = find_new(report.findings, start.counts)
        fresh_findings = (each for each in found if each.fingerprint not in start.reported)
        new = _since_start(target, report, fresh_findings, checking)
        verdict = Verdict(new if new.report.findings else None, tuple(fresh.values()))
        identities = {*fresh, *(finding.fingerprint for finding in new.report.findings)}
    if identities <= start.reported:
        return Verdict()
    # Written before anybody hears of it: who cannot be remembered to have heard must not be kept from stopping.
    file.write(msgspec.structs.replace(start, reported=start.reported | identities))
    return verdict


def _since_start(target: ProjectTarget, report: Report, findings: Iterable[Finding], checking: Checking) -> New:
    return New(target, _keep(report, findings), "since this session began", checking)


def _keep(report: Report, findings: Iterable[Finding]) -> Report:
    grave = tuple(finding for finding in findings if finding.severity is not Severity.INFO)
    return msgspec.structs.replace(report, findings=grave)


def _options(target: ProjectTarget) -> CheckOptions:
    return CheckOptions(cache_folder=target.root / FOLDER_NAME)
