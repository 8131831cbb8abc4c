"""Findings as people read them: one in full, and what repeats it as a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.fix import Applicability
from layercheck.model.imports import ImportKind
from layercheck.model.severity import Severity
from layercheck.plurals import count
from layercheck.reporters.display import make_printable, show_path, show_place
from layercheck.reporters.snippets import SnippetReader
from layercheck.reporters.wrapping import wrap_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.model.finding import Finding
    from layercheck.model.fix import Fix
    from layercheck.reporters.groups import Group
    from layercheck.reporters.paint import Painter
    from layercheck.rule.render_context import RenderContext

_LONGEST_HEADLINE = 100
_MOST_BEFORE = 0.6
"""Part of the width that a place may take before the message begins on a line of its own."""
_MOST_RELATED = 3
_MOST_OTHERS = 5
_MOST_INFOS = 12
_WIDEST_PLACE = 64
_MARGIN = "  "


class FindingWriter:
    """Writes findings for one report."""

    def __init__(self, context: RenderContext, paint: Painter) -> None:
        self._context = context
        self._paint = paint
        self._snippets = SnippetReader(context.root, max(40, context.width - 10), context.texts)

    def write_group(self, group: Group) -> str:
        """Write a finding in full, and the others like it."""
        lines = [self.write_headline(group.first), *self._write_body(group.first)]
        if group.others:
            lines += ["", f"{_MARGIN}{self._paint(self._introduce(group), 'strong')}"]
            is_minor = group.first.severity is Severity.INFO and self._context.verbosity <= 0
            lines += self._list_briefly(group.others) if is_minor else self._list_others(group)
        return "\n".join(lines)

    def write_in_one_line(self, group: Group) -> str:
        """Write the first finding without its notes, and how many are like it."""
        more = self._paint(f" (+{len(group.others)} more: -v)", "faint") if group.others else ""
        return self.write_headline(group.first) + more

    def write_headline(self, finding: Finding) -> str:
        """Write `path:line:col: error[LC101] message`; at a terminal wrapped, the message without its detail if long."""
        place, tag = self._show(finding), f"{finding.severity}[{finding.code}]"
        head, _ = divide_message(finding.message)
        first, *others = self._wrap(make_printable(head), indent="    ", taken=len(f"{place}: {tag} "))
        start = f"{self._paint(place, 'strong')}: {self._paint(tag, finding.severity)}"
        return "\n".join([f"{start} {first}" if first else start, *others])

    def _wrap(self, text: str, indent: str, taken: int | None = None) -> list[str]:
        """Wrap text at words to the width of a terminal; the first of the lines is behind `taken` columns."""
        before = indent if taken is None else " " * taken
        if not self._context.is_terminal:
            return [text if taken is not None else f"{indent}{text}"]
        if taken is not None and taken > self._context.width * _MOST_BEFORE:
            return ["", *self._wrap(text, indent)]
        lines = wrap_words(text, self._context.width, first=before, others=indent) or [before]
        return [lines[0][taken or 0 :], *lines[1:]]

    def _show(self, finding: Finding) -> str:
        return show_place(finding.location, self._context.prefix)

    def _show_briefly(self, finding: Finding) -> str:
        if finding.location.span:
            return self._show(finding)
        return show_path(finding.location.path, self._context.prefix)

    def _introduce(self, group: Group) -> str:
        return f"{len(group.others)} more of {group.first.code} {group.first.name}:"

    def _write_body(self, finding: Finding) -> Iterator[str]:
        snippet = self._snippets.read(finding.location)
        gutter = _MARGIN
        if snippet:
            number = str(snippet.line)
            gutter = _MARGIN + " " * (len(number) + 1)
            bar = self._paint("|", "faint")
            yield f"{_MARGIN}{self._paint(number, 'faint')} {bar} {snippet.text}"
            carets = self._paint("^" * snippet.length, finding.severity)
            yield f"{gutter}{bar} {' ' * snippet.start}{carets}"
        _, detail = divide_message(finding.message)
        for note in (*([detail] if detail else []), *finding.notes, *finding.roles):
            yield from self._write_note(make_printable(note), gutter)
        if finding.fix is not None:
            yield f"{gutter}{self._paint('=', 'faint')} {_offer(finding.fix)}"
        if finding.chain:
            yield from self._list_places(
                [(show_place(hop.location, self._context.prefix), f"imports {hop.imported}") for hop in finding.chain],
                indent=gutter + _MARGIN,
            )
        # An info that stands for many is one line; its places are there with -v, and for programs.
        if finding.related and (finding.severity is not Severity.INFO or self._context.verbosity > 0):
            yield from self._list_related(finding, gutter)

    def _write_note(self, note: str, gutter: str) -> Iterator[str]:
        first, *others = self._wrap(note, indent=f"{gutter}  ", taken=len(gutter) + 2)
        yield f"{gutter}{self._paint('=', 'faint')} {first}"
        yield from others

    def _list_related(self, finding: Finding, gutter: str) -> Iterator[str]:
        shown = finding.related if self._context.verbosity > 0 else finding.related[:_MOST_RELATED]
        places = [(show_place(each.location, self._context.prefix), each.message) for each in shown]
        yield from self._list_places(places, indent=gutter + _MARGIN)
        if left := len(finding.related) - len(shown):
            yield f"{gutter}{_MARGIN}{self._paint(f'+{left:,} more: -v', 'faint')}"

    def _list_others(self, group: Group) -> Iterator[str]:
        is_cut = self._context.is_terminal and self._context.verbosity <= 0
        shown = group.others[:_MOST_OTHERS] if is_cut else group.others
        own = find_own_words([each.message for each in (group.first, *group.others)])[1:]
        differences = [_describe_difference(each) or words for each, words in zip(shown, own, strict=False)]
        places = [self._show(each) for each in shown]
        yield from self._list_places(list(zip(places, differences, strict=True)), indent=_MARGIN)
        if left := len(group.others) - len(shown):
            yield f"{_MARGIN}{self._paint(f'+{left:,} more: -v', 'faint')}"

    def _list_places(self, places: Sequence[tuple[str, str]], indent: str) -> Iterator[str]:
        column = max((len(place) for place, _ in places if len(place) <= _WIDEST_PLACE), default=0)
        for place, message in places:
            yield f"{indent}{place:{column}}  {make_printable(message)}"

    def _list_briefly(self, findings: Sequence[Finding]) -> list[str]:
        shown = ", ".join(self._show_briefly(each) for each in findings[:_MOST_INFOS])
        left = len(findings) - _MOST_INFOS
        return [
            *wrap_words(shown, self._context.width, first=_MARGIN, others=_MARGIN),
            *([f"{_MARGIN}{self._paint(f'+{left:,} more: -v', 'faint')}"] if left > 0 else []),
        ]


def _offer(fix: Fix) -> str:
    """Say what can be done, and by whom."""
    option = {
        Applicability.SAFE: " (--fix does it)",
        Applicability.UNSAFE: " (--fix --unsafe-fixes does it)",
        Applicability.DISPLAY_ONLY: "",
    }
    return f"fix: {make_printable(fix.title)}{option[fix.applicability]}"


def divide_message(message: str) -> tuple[str, str]:
    """Divide a long message into what is wrong and the names that it is about, where it has both."""
    head, colon, detail = message.partition(": ")
    return (head, detail) if colon and len(message) > _LONGEST_HEADLINE else (message, "")


def find_own_words(messages: Sequence[str]) -> list[str]:
    """Strip the words that all messages begin or end with; keep them if nothing would be left of one."""
    parted = [message.split(" ") for message in messages]
    shortest = min(map(len, parted))
    first = 0
    while first < shortest and len({words[first] for words in parted}) == 1:
        first += 1
    last = 0
    while last < shortest - first and len({words[-1 - last] for words in parted}) == 1:
        last += 1
    own = [" ".join(words[first : len(words) - last]).rstrip(",") for words in parted]
    return own if all(own) else list(messages)


def _describe_difference(finding: Finding) -> str:
    """Say what the others of a group do not share with its first."""
    if finding.imported is None:
        return ""
    kind = finding.import_kind
    parts = [finding.imported]
    if kind is not None and kind is not ImportKind.RUNTIME:
        parts.append(f"({kind})")
    if len(finding.chain) > 1:
        # A cycle begins where its last import leads, so both ends of that are told already.
        is_cycle = finding.chain[0].importer == finding.imported
        between = [hop.imported for hop in finding.chain[: -2 if is_cycle else -1]]
        # Where the chain is long, its ends are what one can act on.
        shown = between if len(between) <= 2 else [between[0], "…", between[-1]]
        parts += ["through " + ", ".join(shown)] if shown else []
    if finding.related:
        parts.append(f"(+{count(len(finding.related), 'place')})")
    return " ".join(parts)
