"""What has to be written so that the first check is green."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.init.concessions import Concessions, as_pattern, find_concessions
from layercheck.commands.init.configuration_draft import Draft, write_configuration
from layercheck.commands.init.contracts import name_origin
from layercheck.model.severity import Severity
from layercheck.reporters.summary import describe_applications

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.commands.init.changes import Change
    from layercheck.commands.init.survey import Measured, Survey
    from layercheck.model.report import Report


_IN_BASELINE = "The findings of that day are accepted in the baseline: `layercheck baseline --help`."


class Plan(NamedTuple):
    """A configuration that makes a project green."""

    change: Change
    why_own_file: str
    """Why it is not `pyproject.toml` that is changed although there is one; empty where there is nothing to explain."""
    concessions: Concessions
    report: Report
    """What a check would say with it."""


def make_plan(survey: Survey, measured: Measured, *, with_baseline: bool) -> Plan:
    """Plan the configuration for a setting; `with_baseline`: its errors are accepted there and need no other way."""
    fail_on = measured.setting.fail_on
    conceded = Concessions({}, {}) if with_baseline else find_concessions(measured.report, fail_on)
    table = {**survey.base, **conceded.apply_to(measured.setting.table)}
    if with_baseline:
        # The baseline holds the warnings as well: what is new must fail, or the list is worth nothing for them.
        table["fail-on"] = Severity.WARNING.value
    report = survey.trials.check(table)
    if not with_baseline and report.exceeds(fail_on):
        conceded = conceded._replace(ignored=tuple(find_concessions(report, fail_on).lowered))
        table = {**survey.base, **conceded.apply_to(measured.setting.table)}
        report = survey.trials.check(table)
    heading = [*_heading(survey, measured), *([_IN_BASELINE] if with_baseline else [])]
    draft = Draft(heading, table, _comments(survey, measured, conceded))
    change, why_own_file = write_configuration(survey.root, draft)
    return Plan(change, why_own_file, conceded, report)


def _heading(survey: Survey, measured: Measured) -> Iterator[str]:
    setting, coverage = measured.setting, measured.report.coverage
    yield "Written by `layercheck init`; `layercheck config` prints every key and where its value is set."
    yield f"Setting: {setting.name} ({setting.summary})."
    yield from (f"Recognised: {line}" for line in describe_applications(coverage))
    if survey.contract or survey.guess:
        return
    yield f"Layers, highest first: {' > '.join(coverage.layers)}"
    if coverage.unmapped and not setting.table.get("exhaustive"):
        subject = f"{len(coverage.unmapped)} modules have" if len(coverage.unmapped) > 1 else "1 module has"
        yield f"{subject} no role, so no rule about layers looks there: `layercheck roles` lists them and says how to give one."


def _comments(survey: Survey, measured: Measured, conceded: Concessions) -> Mapping[str, str]:
    comments: dict[str, str] = {"fail-on": "new warnings fail as well", **measured.setting.reasons}
    if survey.contract:
        comments["layers"] = f"the order is that of {_one_line(name_origin(survey.contract))}"
    elif survey.guess:
        comments["layers"] = "guessed from the imports, highest first; please correct"
    names = survey.target.plugins.names
    for code, count in conceded.lowered.items():
        comments[f"severity.{code}"] = f"{names[code]}: {count} when this was written"
    if conceded.lowered:
        reason = (
            f"Rules with existing findings, reduced to {conceded.severity}s. Remove a line when its findings are fixed."
        )
        comments["severity"] = "\n".join(filter(None, [comments.get("severity"), reason]))
    if conceded.ignored:
        comments["ignore"] = (
            f"{', '.join(names[code] for code in conceded.ignored)}: has existing findings; remove it when they are fixed"
        )
    if conceded.unreadable:
        comments["per-path-ignores"] = "Files that cannot be read. Remove a line when its file is fixed."
    for path, reason in conceded.unreadable.items():
        comments[f"per-path-ignores.{as_pattern(path)}"] = _one_line(reason)
    return comments


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)
