"""Applying the fixes of a report to the files, until there are none left to apply."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.atomic_file import is_inside, replace_file
from layercheck.errors import UnreadableSourceError
from layercheck.model.fix import Applicability
from layercheck.python.text.line_index import LineIndex
from layercheck.python.text.round_trip import decode_faithfully, encode_faithfully
from layercheck.python.tree.parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from layercheck.model.fix import Edit, Fix
    from layercheck.model.report import Report

_MOST_ROUNDS = 10
"""Fixes that undo each other must not go on for ever."""


class Fixed(NamedTuple):
    """What was done."""

    fixes: int
    files: frozenset[str]
    left: dict[str, str]
    """Files that were left as they are: path → why."""


def fix_all(root: Path, check: Callable[[], Report], *, unsafe: bool) -> Fixed:
    """Check, apply what can be applied, and check again, as one fix may make room for another."""
    wanted = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    applied = 0
    files: set[str] = set()
    left: dict[str, str] = {}
    for _ in range(_MOST_ROUNDS):
        by_path = _choose(check(), wanted, left)
        for path, fixes in by_path.items():
            try:
                applied += _rewrite(root, root / path, fixes)
            except UnreadableSourceError as error:
                left[path] = error.reason
            except OSError as error:
                left[path] = f"cannot be written: {error.strerror or error}"
            else:
                files.add(path)
        if not by_path:
            break
    return Fixed(applied, frozenset(files), left)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Change a text; the edits do not overlap."""
    lines = LineIndex(text)
    places = sorted((lines.find_offset(e.span.start), lines.find_offset(e.span.end), e.text) for e in edits)
    for start, end, new in reversed(places):
        text = text[:start] + new + text[end:]
    return text


def choose_together(fixes: Iterable[Fix]) -> tuple[list[Fix], list[Edit]]:
    """Choose from the fixes of one file, in their order, those that do not overlap; return with them their edits."""
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for fix in fixes:
        if not any(_overlap(edit, other) for edit in fix.edits for other in taken):
            chosen.append(fix)
            # Two fixes may need the same import.
            taken += [edit for edit in fix.edits if edit not in taken]
    return chosen, taken


def _choose(report: Report, wanted: set[Applicability], left: dict[str, str]) -> dict[str, list[Fix]]:
    found: dict[str, list[Fix]] = defaultdict(list)
    for finding in report.findings:
        fix = finding.fix
        if fix is not None and fix.applicability in wanted and finding.location.path not in left:
            found[finding.location.path].append(fix)
    return found


def _rewrite(root: Path, path: Path, fixes: Sequence[Fix]) -> int:
    """Apply what does not overlap; what does waits for the next round."""
    if not is_inside(root, path):
        raise UnreadableSourceError("is a link to a file outside of the project")
    data = path.read_bytes()
    text, encoding = decode_faithfully(data)
    chosen, taken = choose_together(fixes)
    changed = apply_edits(text, taken)
    if changed == text:
        raise UnreadableSourceError("the fixes that are offered for it change nothing")
    # The parser has the last word here as well.
    parse(changed, lambda _: None)
    replace_file(path, encode_faithfully(changed, encoding))
    return len(chosen)


def _overlap(edit: Edit, other: Edit) -> bool:
    return edit != other and edit.span.start < other.span.end and other.span.start < edit.span.end
