"""The format for coding agents: everything needed to fix every finding, in few words; help is printed once per rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from layercheck.model.fix import Applicability
from layercheck.reporters.display import get_start, make_printable, show_path, show_place
from layercheck.reporters.rule_texts import describe_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.model.source import Location
    from layercheck.rule.render_context import RenderContext

RULE_BYTES = 400
"""What the lines that findings of one rule share may take, on average."""
FINDING_BYTES = 150
"""What the line of a finding may take, on average; what it is about is never cut."""
_MOST_PLACES = 3
_MOST_FUNCTIONS = 2
_FIXES = {Applicability.SAFE: "--fix", Applicability.UNSAFE: "--fix --unsafe-fixes"}


def render(report: Report, context: RenderContext) -> str:
    """Write the findings by rule, the gravest first: what they share, then a line each."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(report.findings, key=lambda each: (each.severity.rank, each.code)):
        by_rule[finding.code].append(finding)
    titles = {text.code: text.title for text in describe_rules(report, context.rules)} if by_rule else {}
    writers = (_RuleWriter(found, titles[code], context) for code, found in by_rule.items())
    return "".join(f"{line}\n" for writer in writers for line in writer.write())


class _RuleWriter:
    """Writes the findings of one rule."""

    def __init__(self, findings: Sequence[Finding], title: str, context: RenderContext) -> None:
        self._findings = findings
        self._title = title
        self._context = context

    def write(self) -> Iterator[str]:
        counts = Counter(_law_of(finding) for finding in self._findings)
        laws = [law for law, count in counts.items() if count > 1 and law]
        parts: dict[str, list[Finding]] = {law: [] for law in [*laws, ""]}
        for finding in self._findings:
            law = _law_of(finding)
            parts[law if law in parts else ""].append(finding)
        head = self._write_head()
        heads = {law: _write_law(law) for law in laws}
        lines = [self._write_line(finding, law) for law, found in parts.items() for finding in found]
        spare = (
            RULE_BYTES + FINDING_BYTES * len(lines) - sum(_size(line) + 1 for line in (head, *heads.values(), *lines))
        )
        extras = [list(self._list_extras(finding)) for found in parts.values() for finding in found]
        whole = _add_extras(lines, extras, spare)
        yield head
        for law, found in parts.items():
            yield from (heads[law],) if law else ()
            yield from (next(whole) for _ in found)

    def _write_head(self) -> str:
        """Write what helps with all findings of the rule, as much of it as there is room for."""
        first = self._findings[0]
        head = make_printable(f"{first.code} {first.name}")
        helps = _unique(note for each in self._findings for note in _notes(each, "help: "))
        if len(helps) > 1:
            helps = _unique(_generalise(note, each) for each in self._findings for note in _notes(each, "help: "))
        allowed = _unique(note for each in self._findings for note in _notes(each, "allowed: "))
        layers = _unique(f"layers: {note}" for each in self._findings for note in _notes(each, "layers: "))
        separator = ": "
        for part in (*(helps or [self._title]), *allowed, *layers):
            longer = f"{head}{separator}{make_printable(part)}"
            if _size(longer) < RULE_BYTES:
                head, separator = longer, "; "
        return head

    def _write_line(self, finding: Finding, law: str) -> str:
        """Write what a finding is about, which is never cut."""
        message = finding.message[len(law) + 2 :] if law else finding.message
        if finding.importer is not None:
            # The path says it.
            message = message.replace(f"{finding.importer} ", "", 1)
        place = show_place(finding.location, self._context.prefix)
        return f"{place} {finding.severity}[{finding.code}] {make_printable(message)}"

    def _list_extras(self, finding: Finding) -> Iterator[Sequence[str]]:
        """List what helps, the most useful first; of each, the ways to write it, the longest first."""
        if finding.fix is not None and finding.fix.applicability in _FIXES:
            yield (_FIXES[finding.fix.applicability],)
        for at, route in enumerate(self._context.find_routes(finding)):
            ahead = "" if at else "legal: "
            most = min(len(route.functions), _MOST_FUNCTIONS)
            named = [f"{ahead}{route.module}: {', '.join(route.functions[:count])}" for count in range(most, 0, -1)]
            yield (*named, f"{ahead}{route.module}")
        places = [*(hop.location for hop in finding.chain), *(each.location for each in finding.related)]
        others = _unique(self._show_other(place, finding) for place in places if place != finding.location)
        if others:
            left = len(others) - _MOST_PLACES
            yield (f"also {', '.join(others[:_MOST_PLACES])}{f' +{left}' if left > 0 else ''}",)

    def _show_other(self, place: Location, finding: Finding) -> str:
        path = "" if place.path == finding.location.path else show_path(place.path, self._context.prefix)
        return f"{path}:{get_start(place).line}"


def _add_extras(lines: Sequence[str], extras: Sequence[Sequence[Sequence[str]]], spare: int) -> Iterator[str]:
    """Add to every line as much of what helps with it as there are bytes to spare for all: first a little to each."""
    kept = []
    for ways in extras:
        least = _size(ways[0][-1]) + 2 if ways else 0
        kept.append(least if least <= spare else 0)
        spare -= kept[-1]
    for at, line in enumerate(lines):
        room = kept[at] + max(0, spare) // (len(lines) - at)
        whole = line
        for ways in extras[at]:
            longer = (f"{whole}; {make_printable(way)}" for way in ways)
            whole = next((each for each in longer if _size(each) <= _size(line) + room), whole)
        spare -= _size(whole) - _size(line) - kept[at]
        yield whole


def _law_of(finding: Finding) -> str:
    """Take what a message says of all such findings: "`api` must not import `models`", ahead of who does."""
    return finding.message.rpartition(": ")[0]


def _write_law(law: str) -> str:
    return f" {make_printable(law)}:"


def _notes(finding: Finding, kind: str) -> Iterator[str]:
    return (note.removeprefix(kind) for note in finding.notes if note.startswith(kind))


def _generalise(note: str, finding: Finding) -> str:
    """Speak of the modules of a finding as those of any."""
    for module, word in ((finding.importer, "this module"), (finding.imported, "the imported module")):
        if module:
            note = note.replace(module, word)
    return note


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _size(text: str) -> int:
    return len(text.encode())
