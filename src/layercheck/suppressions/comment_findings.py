"""What is wrong with a comment that puts findings aside, as findings of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.finding import Finding
from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.suppressions.suppression import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.suppressions.policy import SuppressionPolicy
    from layercheck.suppressions.suppression import Suppression


def report_unused(
    path: str, suppression: Suppression, written: str, code: str, *, is_redundant: bool = False
) -> Finding:
    """Report LC002: one rule of a comment, as `written` there, for which there is no finding.

    `is_redundant` says that there are findings, all of which other comments suppress.
    """
    where = "in this file" if suppression.is_file_wide else "in this statement"
    others = ", other comments do" if is_redundant else ""
    message = f"unused suppression: {written} suppresses nothing {where}{others}"
    return _report(
        "LC002",
        "unused-suppression",
        Severity.WARNING,
        path,
        suppression,
        message,
        "remove the comment, or this rule from its brackets",
        code,
    )


def report_expired(path: str, suppression: Suppression, written: str, code: str) -> Finding:
    """Report LC006: one rule of a comment, as `written` there, that put a finding aside until a day that is over."""
    message = f"expired suppression: {written} was suppressed until {suppression.until}"
    if suppression.reason:
        message += f" ({suppression.reason})"
    note = "fix the finding and remove the comment, or set a new date"
    return _report("LC006", "expired-suppression", Severity.ERROR, path, suppression, message, note, code)


def report_missing_parts(
    path: str, suppression: Suppression, policy: SuppressionPolicy, today: str
) -> Iterator[Finding]:
    """Report LC007: a comment without something that the configuration asks for."""
    missing = [] if suppression.problem else policy.find_missing(suppression.reason, suppression.until, today)
    if missing:
        message = f"undisciplined suppression: it {', and '.join(missing)}"
        until = " until=2027-03-01" if policy.require_until else ""
        note = f"write `# layercheck: ignore[{', '.join(suppression.rules)}]{until} reason`"
        rules = ", ".join(suppression.rules)
        yield _report("LC007", "undisciplined-suppression", Severity.ERROR, path, suppression, message, note, rules)


def report_malformed(path: str, suppression: Suppression, codes: Mapping[str, str]) -> Iterator[Finding]:
    """Report LC003: a comment that cannot be understood, or that names rules which do not exist."""
    if suppression.problem:
        yield _report_malformed(path, suppression, suppression.problem, f"write `{EXAMPLE}`")
        return
    for rule in suppression.rules:
        if rule not in codes:
            note = _guess(rule, codes)
            yield _report_malformed(path, suppression, f"there is no rule {rule}", note, culprit=rule)


def _report_malformed(path: str, suppression: Suppression, problem: str, note: str, culprit: str = "") -> Finding:
    message = f"suppression without effect: {problem}"
    return _report("LC003", "unknown-suppression", Severity.ERROR, path, suppression, message, note, culprit)


def _report(
    code: str,
    name: str,
    severity: Severity,
    path: str,
    suppression: Suppression,
    message: str,
    note: str,
    culprit: str,
) -> Finding:
    return Finding(
        code=code,
        name=name,
        severity=severity,
        message=message,
        location=Location(path, suppression.span),
        subject=path,
        object=culprit,
        statement=suppression.span,
        notes=(note,),
    )


def _guess(rule: str, codes: Mapping[str, str]) -> str:
    import difflib  # noqa: PLC0415  (seldom needed)

    if begun := [
        code for code in dict.fromkeys(codes.values()) if code.startswith(rule.upper()) and code != rule.upper()
    ]:
        return f"a comment names its rules one by one: {', '.join(begun[:3])}{', …' if len(begun) > 3 else ''}"
    for written in (rule, rule.upper(), rule.lower().replace("_", "-")):
        if close := difflib.get_close_matches(written, codes, n=1, cutoff=0.75):
            return f"did you mean {close[0]}?"
    return "`layercheck rule` lists the rules"
