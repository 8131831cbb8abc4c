"""How to live with a finding: the comment that suppresses it, the line of the baseline that accepts it."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import TYPE_CHECKING

from layercheck.baseline.entry import entry_of
from layercheck.baseline.entry_findings import EXPIRED, STALE
from layercheck.baseline.entry_line import describe
from layercheck.commands.explain.explanation import CodeLine, Remedies
from layercheck.edits.add_ignores import BEYOND_COMMENTS
from layercheck.edits.comment_writer import WHOLE_FILE, insert_comments
from layercheck.errors import UnreadableSourceError
from layercheck.files.discovery import SUFFIXES
from layercheck.suppressions.matches import list_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.baseline.baseline_checker import BaselineChecker
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.finding import Finding
    from layercheck.suppressions.policy import SuppressionPolicy

REASON = "REASON"
"""The placeholder for a reason."""

_ABOUT_THE_BASELINE = frozenset({STALE, EXPIRED})
_A_QUARTER = 90


def find_remedies(
    finding: Finding, store: SourceStore, checker: BaselineChecker, policy: SuppressionPolicy, today: dt.date
) -> Remedies:
    """Find how a reported finding can be suppressed."""
    comment, no_comment = _find_comment(finding, store, policy, today)
    entry, no_entry = find_entry(finding, checker)
    return Remedies(comment, no_comment, entry, no_entry)


def add_comment(finding: Finding, data: bytes, policy: SuppressionPolicy, today: dt.date) -> bytes:
    """Write the comments that put a finding aside into the content of its file. Raises UnreadableSourceError."""
    wanted = {(place.span.start.line if place.span else WHOLE_FILE, finding.code) for place in list_places(finding)}
    return insert_comments(data, wanted, _write_reason(policy, today), {finding.code: finding.name})


def why_no_comment(finding: Finding) -> str:
    """Say why no comment can put a finding aside; empty where one can."""
    if finding.code in BEYOND_COMMENTS:
        return "no comment can put it aside"
    return "" if finding.location.path.endswith(SUFFIXES) else "it is not in a Python file"


def find_entry(finding: Finding, checker: BaselineChecker) -> tuple[str, str]:
    """Write the line of the baseline that accepts a finding, or say why there is none."""
    if finding.code in _ABOUT_THE_BASELINE:
        return "", "it is about the baseline itself"
    strict = checker.strict_package_of(finding)
    if strict is not None:
        return "", f"`{strict}` is strict and allows no entries"
    return describe(entry_of(finding, scoped=checker.is_scoped)), ""


def _find_comment(
    finding: Finding, store: SourceStore, policy: SuppressionPolicy, today: dt.date
) -> tuple[tuple[CodeLine, ...], str]:
    if obstacle := why_no_comment(finding):
        return (), obstacle
    try:
        before = store.read(finding.location.path)
        after = add_comment(finding, before, policy, today)
    except UnreadableSourceError as error:
        return (), f"the file {error.reason}"
    except OSError as error:
        return (), f"the file cannot be read: {error.strerror or error}"
    return tuple(_list_changes(_split(before), _split(after))), ""


def _write_reason(policy: SuppressionPolicy, today: dt.date) -> str:
    if not policy.require_until:
        return REASON
    last = today + dt.timedelta(days=policy.max_days or _A_QUARTER)
    return f"until={last.isoformat()} {REASON}"


def _split(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines()


def _list_changes(before: list[str], after: list[str]) -> Iterator[CodeLine]:
    """List the lines that are new or other, and below a comment of its own the line that it is about."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, _, _, start, end in matcher.get_opcodes():
        if what != "equal":
            last = end + 1 if what == "insert" and end < len(after) else end
            yield from (CodeLine(at + 1, after[at]) for at in range(start, last))
