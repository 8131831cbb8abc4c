"""Writing comments into the code that put the findings of a report aside."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.atomic_file import is_inside, replace_file
from layercheck.edits.comment_writer import WHOLE_FILE, insert_comments
from layercheck.errors import UnreadableSourceError, UsageError
from layercheck.files.discovery import SUFFIXES
from layercheck.suppressions.matches import list_places
from layercheck.suppressions.reader import parse_reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.report import Report
    from layercheck.model.severity import Severity
    from layercheck.suppressions.policy import SuppressionPolicy

BEYOND_COMMENTS = frozenset({"LC001", "LC002", "LC003", "LC006", "LC007"})
"""Rules whose findings comments cannot suppress: the file cannot be read, or they are about comments."""


class AddedIgnores(NamedTuple):
    """What was written."""

    places: int
    """How many statements and files carry a comment that they did not carry before."""
    files: int
    left: dict[str, str]
    """Files that were left as they are: path → why."""


def require_discipline(reason: str, policy: SuppressionPolicy, today: dt.date | None = None) -> None:
    """Refuse a reason that would make comments which the configuration does not allow. Raises UsageError."""
    text, until, problem = parse_reason(reason)
    if not reason.isprintable():
        raise UsageError("--add-ignore: the reason must be one line of text")
    day = (today or dt.date.today()).isoformat()  # noqa: DTZ011  (the user's own calendar)
    lacks = policy.find_missing(text, until, day)
    if problem or lacks:
        raise UsageError(
            f"--add-ignore: the configuration does not allow such a comment: {problem or 'it ' + ', and '.join(lacks)}\n"
            "for example: layercheck check --add-ignore 'until=2027-03-01 waits for the new billing'"
        )


def add_ignores(
    report: Report, root: Path, reason: str, names: Mapping[str, str], *, down_to: Severity
) -> AddedIgnores:
    """Write a comment at every statement that breaks a rule; `names` are the names of the rules by code.

    Findings less grave than `down_to` are left alone, and so are files that cannot be parsed or written.
    """
    wanted: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for finding in report.findings:
        if finding.severity.rank > down_to.rank or finding.code in BEYOND_COMMENTS:
            continue
        for place in list_places(finding):
            if place.path.endswith(SUFFIXES):
                wanted[place.path].add((place.span.start.line if place.span else WHOLE_FILE, finding.code))
    left: dict[str, str] = {}
    places = 0
    for path, in_file in sorted(wanted.items()):
        try:
            _rewrite(root, root / path, in_file, reason, names)
        except UnreadableSourceError as error:
            left[path] = error.reason
        except OSError as error:
            left[path] = f"cannot be written: {error.strerror or error}"
        else:
            places += len({line for line, _ in in_file})
    return AddedIgnores(places, len(wanted) - len(left), left)


def _rewrite(root: Path, path: Path, wanted: set[tuple[int, str]], reason: str, names: Mapping[str, str]) -> None:
    if not is_inside(root, path):
        raise UnreadableSourceError("is a link to a file outside of the project")
    data = path.read_bytes()
    imports = _read(data)
    changed = insert_comments(data, wanted, reason, names)
    # The parser has the last word here as well.
    if _read(changed) != imports:
        raise UnreadableSourceError("would not import the same with a comment added")
    replace_file(path, changed)


def _read(data: bytes) -> list[tuple[str, str | None, str]]:
    from layercheck.python.imports.reader import read_imports  # noqa: PLC0415  (only where comments are written)

    return [(site.module, site.name, site.kind) for site in read_imports(data).sites]
