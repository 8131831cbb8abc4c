"""From an event to what is new in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.diff.comparison import report_introduced
from layercheck.commands.diff.sides import Question
from layercheck.commands.hook.events import SESSION_START
from layercheck.commands.hook.sessions import SessionStart, find_new
from layercheck.engine import CheckOptions, check
from layercheck.engine.project_target import find_target, find_target_of_text
from layercheck.facts.fact_cache import FOLDER_NAME
from layercheck.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.commands.hook.events import Event
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


def judge(event: Event) -> New | None:
    """Note what is there at the start of a session; tell what is new after an edit. None where there is nothing to tell.

    Raises what `check` raises, HistoryError where there is nothing to compare with, and OSError.
    """
    if event.hook_event_name == SESSION_START:
        _note_start(event)
    file = event.edited_file
    target = None if file is None else find_target_of_text(file)
    if target is None:
        return None
    new = _find_new(event, target._replace(paths=()))
    return new if new.report.findings else None


def _note_start(event: Event) -> None:
    target = find_target([event.folder])._replace(paths=())
    start = SessionStart(event.session_id, target.root)
    # A session that is resumed, or whose context was compacted, began before.
    if start.read() is None:
        start.write(check(target, _options(target)).findings)


def _find_new(event: Event, target: ProjectTarget) -> New:
    known = SessionStart(event.session_id, target.root).read()
    if known is None:
        report = report_introduced(Question(target, "HEAD", cache_folder=target.root / FOLDER_NAME)).report
        return New(target, _keep(report, report.findings), "since the last commit")
    report = check(target, _options(target))
    return New(target, _keep(report, find_new(report.findings, known)), "since this session began")


def _keep(report: Report, findings: Iterable[Finding]) -> Report:
    grave = tuple(finding for finding in findings if finding.severity is not Severity.INFO)
    return msgspec.structs.replace(report, findings=grave)


def _options(target: ProjectTarget) -> CheckOptions:
    return CheckOptions(cache_folder=target.root / FOLDER_NAME)
