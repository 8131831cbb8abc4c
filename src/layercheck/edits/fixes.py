"""Applying the fixes of a report to the files, until there are none left to apply."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.atomic_file import is_inside, replace_file
from layercheck.edits.fix_checks import find_problem_of_edits
from layercheck.errors import UnreadableSourceError
from layercheck.model.fix import Applicability
from layercheck.python.text.line_index import LineIndex
from layercheck.python.text.round_trip import decode_faithfully, encode_faithfully
from layercheck.python.tree.parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from layercheck.model.finding import Finding
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
    faulty: dict[str, str] = {}  # noqa: RUF012  (a default that nobody changes)
    """The rules whose fixes cannot be used, by code, and what is wrong with them; their files are as they were."""


def fix_all(root: Path, check: Callable[[], Report], *, unsafe: bool) -> Fixed:
    """Check, apply what can be applied, and check again, as one fix may make room for another."""
    wanted = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    rewriter = _Rewriter(root)
    for _ in range(_MOST_ROUNDS):
        by_path = _choose(check(), wanted, rewriter.left)
        for path, findings in by_path.items():
            rewriter.rewrite(path, findings)
        if not by_path:
            break
    else:
        for path, findings in _choose(check(), wanted, rewriter.left).items():
            rewriter.undo(path, findings)
    return Fixed(sum(rewriter.applied.values()), frozenset(rewriter.applied), rewriter.left, rewriter.faulty)


class _Rewriter:
    """Changes files, and knows what was in them before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before: dict[str, bytes] = {}
        self.applied: dict[str, int] = {}
        """How many fixes were applied, by file."""
        self.left: dict[str, str] = {}
        self.faulty: dict[str, str] = {}

    def rewrite(self, path: str, findings: Sequence[Finding]) -> None:
        """Apply what does not overlap; what does waits for the next round."""
        try:
            applied = self._rewrite(path, findings)
        except UnreadableSourceError as error:
            self.left[path] = error.reason
        except OSError as error:
            self.left[path] = f"cannot be written: {error.strerror or error}"
        else:
            self.applied[path] = self.applied.get(path, 0) + applied

    def undo(self, path: str, findings: Sequence[Finding]) -> None:
        """Bring back a file for which the fixes come to no end."""
        for finding in findings:
            self.faulty[finding.code] = f"its fixes of {path} come to no end"
        if path in self._before:
            replace_file(self._root / path, self._before[path])
            del self.applied[path]

    def _rewrite(self, path: str, findings: Sequence[Finding]) -> int:
        place = self._root / path
        if not is_inside(self._root, place):
            raise UnreadableSourceError("is a link to a file outside of the project")
        data = place.read_bytes()
        text, encoding = decode_faithfully(data)
        chosen, taken = choose_together(self._take_sound(path, findings, text))
        changed = apply_edits(text, taken)
        if changed == text:
            raise UnreadableSourceError("the fixes that are offered for it change nothing")
        # The parser has the last word here as well.
        parse(changed, lambda _: None)
        replace_file(place, encode_faithfully(changed, encoding))
        self._before.setdefault(path, data)
        return len(chosen)

    def _take_sound(self, path: str, findings: Sequence[Finding], text: str) -> Iterator[Fix]:
        lines = LineIndex(text)
        for finding in findings:
            assert finding.fix is not None  # noqa: S101  (chosen for it)
            if problem := find_problem_of_edits(finding.fix.edits, lines):
                self.faulty[finding.code] = f"it has a fix of {path} that {problem}"
            else:
                yield finding.fix


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


def _choose(report: Report, wanted: set[Applicability], left: dict[str, str]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        fix = finding.fix
        if fix is not None and fix.applicability in wanted and finding.location.path not in left:
            found[finding.location.path].append(finding)
    return found


def _overlap(edit: Edit, other: Edit) -> bool:
    return edit != other and edit.span.start < other.span.end and other.span.start < edit.span.end
