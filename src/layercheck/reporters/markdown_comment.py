"""A report as Markdown of a limited size, for the comments and summaries of CI servers."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from layercheck.plurals import count
from layercheck.reporters.display import get_start, make_printable
from layercheck.reporters.groups import group_findings
from layercheck.reporters.repository import RepositoryPaths
from layercheck.reporters.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.reporters.groups import Group
    from layercheck.rule.render_context import RenderContext

_RESERVE = 400
"""Bytes kept free for what tells of the cut, and for the tags that have to be closed."""
_TABLE = "| place | finding |\n|---|---|\n"
_CODE_SPAN = re.compile(r"`([^`]*)`")
# An underscore inside a word is no emphasis.
_SYNTAX = re.compile(r"[\\`*\[\]~#|]|(?<![^\W_])_|_(?![^\W_])")


def write_comment(report: Report, context: RenderContext, most: int) -> str:
    """Write the verdict, the rules in a table, and the findings folded, in at most `most` bytes of UTF-8 (from 1,000)."""
    page = _Page(most)
    page.add(f"### layercheck: {escape_markdown(summarise(report))}\n")
    if report.findings:
        page.add("\n| findings | rule | severity |\n|---:|---|---|\n")
        for rule in report.count_by_rule():
            page.add(
                f"| {rule.count:,} | {escape_markdown(rule.code)} {escape_markdown(rule.name)} | {rule.severity} |\n"
            )
    writer = _Writer(context)
    shown = 0
    for group in group_findings(report.findings):
        if not page.add(f"\n<details><summary>{_introduce(group)}</summary>\n\n{_list_notes(group)}{_TABLE}"):
            break
        for finding in (group.first, *group.others):
            if not page.add(writer.write_row(finding)):
                break
            shown += 1
        page.close("\n</details>\n")
    if left := len(report.findings) - shown:
        page.close(
            f"\n**Cut here:** {count(left, 'finding')} of {len(report.findings):,} did not fit into"
            f" {most:,} bytes. `layercheck check` lists them all.\n"
        )
    return page.text


class _Page:
    """A text that takes whole pieces until one does not fit; from then on it takes none."""

    def __init__(self, most: int) -> None:
        self._pieces: list[str] = []
        self._left = most - _RESERVE
        self._is_full = False

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, piece: str) -> bool:
        """Add a piece if there is room for it; tell whether it was added."""
        self._left -= len(piece.encode())
        self._is_full = self._is_full or self._left < 0
        if not self._is_full:
            self._pieces.append(piece)
        return not self._is_full

    def close(self, piece: str) -> None:
        """Add a required piece; its length, but for the last two, is taken from the pieces that follow."""
        self._left -= len(piece.encode())
        self._pieces.append(piece)


class _Writer:
    def __init__(self, context: RenderContext) -> None:
        self._paths = RepositoryPaths(context)

    def write_row(self, finding: Finding) -> str:
        start = get_start(finding.location)
        place = f"{make_printable(self._paths.show(finding.location.path))}:{start.line}:{start.column + 1}"
        return f"| {_write_code(place)} | {escape_markdown(finding.message)} |\n"


def _introduce(group: Group) -> str:
    number = count(1 + len(group.others), group.first.severity)
    return html.escape(make_printable(f"{group.first.code} {group.first.name}: {number}"))


def _list_notes(group: Group) -> str:
    notes = "".join(f"- {escape_markdown(note)}\n" for note in group.first.notes)
    return f"{notes}\n" if notes else ""


def escape_markdown(text: str) -> str:
    """Write text that means itself; what is between backticks stays code."""
    return "".join(_escape_parts(make_printable(text)))


def _escape_parts(text: str) -> Iterator[str]:
    end = 0
    for span in _CODE_SPAN.finditer(text):
        yield _escape_plain(text[end : span.start()])
        yield _write_code(span[1])
        end = span.end()
    yield _escape_plain(text[end:])


def _escape_plain(text: str) -> str:
    return _SYNTAX.sub(_write_entity, html.escape(text, quote=False))


def _write_code(text: str) -> str:
    # A code span knows no escapes, and what begins or ends it must be no blank: then its tag has to do.
    if text and text == text.strip() and not re.search(r"[`|\\]", text):
        return f"`{text}`"
    return f"<code>{_escape_plain(text)}</code>"


def _write_entity(match: re.Match[str]) -> str:
    # Not a backslash: the dialects do not agree on what it means in a table.
    return f"&#{ord(match[0])};"
