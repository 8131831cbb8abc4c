"""What the rules say of themselves, for formats that carry their documentation along."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.severity import Severity
from layercheck.rule.documentation import read_docstring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.model.report import Report
    from layercheck.rule.rule import Rule

_SECTION = "What it does"


class RuleText(NamedTuple):
    """The documentation of one rule; no part of it is empty."""

    code: str
    name: str
    severity: Severity
    """Where the configuration says nothing."""
    title: str
    """One line."""
    summary: str
    """A paragraph or two: what the rule reports."""
    text: str
    """The whole page, in Markdown."""


def describe_rules(report: Report, rules: Iterable[type[Rule]]) -> tuple[RuleText, ...]:
    """Describe the rules that found something or failed, by code; `rules` are those whose documentation is known."""
    documented = {rule.code: rule for rule in rules}
    suppressed = (each.finding for each in report.suppressed)
    baselined = (each.finding for each in report.baselined)
    severities = {each.code: (each.name, each.severity) for each in (*report.findings, *suppressed, *baselined)}
    named = {failure.code: (failure.name, Severity.ERROR) for failure in report.failures} | severities
    return tuple(
        _describe(code, name, severity, None)
        if (rule := documented.get(code)) is None
        else _describe(rule.code, rule.name, rule.severity, rule.__doc__)
        for code, (name, severity) in sorted(named.items())
    )


def _describe(code: str, name: str, severity: Severity, documentation: str | None) -> RuleText:
    text = inspect.cleandoc(documentation or "") or name or code
    title, sections = read_docstring(text)
    title = title.partition("\n")[0]
    return RuleText(code, name, severity, title, sections.get(_SECTION) or title, text)
