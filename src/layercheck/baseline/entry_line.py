"""One entry as one line: `LC101 app.models.user -> app.services.mail in backend/app  # owner=mail-team a reason`."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from layercheck.baseline.entry import Entry, Notes
from layercheck.suppressions.misspelt import find_misspelt_until

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARROW, _CUT, _IN = "->", "cut", "in"
_KEYWORDS = frozenset({_ARROW, _CUT, _IN})
_PLAIN = re.compile(r"[^\s\"#]\S*")
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_USUAL = re.compile(rf"([A-Z]+[0-9]+) ([!$-~]+) {_ARROW} ([!$-~]+)")
"""An import, without notes and quotes: nearly all lines, and quick for many of them."""
_LINE = re.compile(rf"^(?:{_USUAL.pattern}\r?|(.*))$", re.MULTILINE)
_WORD = re.compile(rf"\s*(?:(?P<comment>#.*)|(?P<quoted>{_QUOTED})(?=\s|\Z)|(?P<plain>[^\s\"#]\S*))")
_CODE = re.compile(r"[A-Z]+[0-9]+")
_NOTE = re.compile(rf"(?<!\S)(?P<key>owner|until|ticket)=(?P<value>{_QUOTED}|[^\s\"]\S*)(?!\S)")


def format_entry(entry: Entry) -> str:
    """Write an entry with its notes."""
    notes = _format_notes(entry.notes)
    return f"{describe(entry)}  # {notes}" if notes else describe(entry)


def describe(entry: Entry) -> str:
    """Write the identity of an entry."""
    if entry.cut is None and entry.application is None:
        usual = f"{entry.code} {entry.subject} {_ARROW} {entry.object}"
        if _is_usual(usual):
            return usual
    # The subject of a tangle is many modules, each a word of its own.
    subjects = [entry.subject] if entry.cut is None else entry.subject.split(" ")
    words = [entry.code, *map(_quote, subjects)]
    if entry.object:
        words += [_ARROW, _quote(entry.object)]
    if entry.cut is not None:
        words += [_CUT, str(entry.cut)]
    if entry.application is not None:
        words += [_IN, _quote(entry.application)]
    return " ".join(words)


def parse_entry(line: str) -> Entry:
    """Read what `format_entry` wrote, or a person in its manner.

    Raises ValueError with a sentence on what is wrong.
    """
    words, comment = _split(line)
    code = words.pop(0)
    if not _CODE.fullmatch(code):
        raise ValueError(
            f"expected a line such as `LC101 app.models.user -> app.services.mail`, found {line.strip()!r}"
        )
    subjects = list(_take_until_keyword(words))
    object_ = _take_after(_ARROW, words)
    cut = _take_after(_CUT, words)
    application = _take_after(_IN, words)
    if words:
        raise ValueError(f"{_show(words[0])} is one word too many after {code}")
    if not subjects or (len(subjects) > 1 and cut is None):
        raise ValueError(f"expected one module or file after {code}, found {len(subjects)}")
    return Entry(code, " ".join(subjects), object_ or "", application, _as_number(cut), _parse_notes(comment))


def find_note(text: str) -> str | None:
    """Find what in a reason would be read as something else; None where all of it is a reason."""
    note = _NOTE.search(text)
    return None if note is None else note[0]


def parse_lines(text: str) -> Iterator[tuple[int, Entry | str]]:
    """Number the lines that say something; those that are neither usual entries nor empty come as they are, stripped."""
    for number, (code, subject, object_, other) in enumerate(_LINE.findall(text), 1):
        if not code:
            if line := other.strip():
                yield number, line
        elif subject in _KEYWORDS or object_ in _KEYWORDS:
            yield number, f"{code} {subject} {_ARROW} {object_}"
        else:
            yield number, Entry(code, subject, object_)


def _is_usual(line: str) -> bool:
    match = _USUAL.fullmatch(line)
    return match is not None and _KEYWORDS.isdisjoint(match.groups())


class _Keyword(str):
    """A word that parts the line; in quotes it would be a name."""

    __slots__ = ()


def _split(line: str) -> tuple[list[str], str]:
    words: list[str] = []
    at, end = 0, len(line.rstrip())
    while at < end:
        match = _WORD.match(line, at)
        if match is None:
            raise ValueError(f"a quotation mark is out of place: {line[at:].strip()}")
        if match["comment"]:
            return words, match["comment"].lstrip("#").strip()
        if match["quoted"]:
            words.append(_unquote(match["quoted"]))
        else:
            words.append(_Keyword(match["plain"]) if match["plain"] in _KEYWORDS else match["plain"])
        at = match.end()
    return words, ""


def _take_until_keyword(words: list[str]) -> Iterator[str]:
    while words and not isinstance(words[0], _Keyword):
        yield words.pop(0)


def _take_after(keyword: str, words: list[str]) -> str | None:
    if not (words and isinstance(words[0], _Keyword) and words[0] == keyword):
        return None
    del words[0]
    following = next(_take_until_keyword(words), None)
    if following is None:
        raise ValueError(f"nothing follows `{keyword}`")
    return following


def _as_number(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(f"expected a number after `{_CUT}`, found {text!r}")
    return int(text)


def _quote(text: str) -> str:
    """Write a word; anything that could be taken for something else is in quotes, as in JSON."""
    if _PLAIN.fullmatch(text) and text.isprintable() and text not in _KEYWORDS:
        return text
    import json  # noqa: PLC0415  (seldom needed)

    return json.dumps(text)


def _unquote(text: str) -> str:
    import json  # noqa: PLC0415  (seldom needed)

    try:
        value: Any = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{text} is not a quoted text: {error}") from None
    return str(value)


def _show(word: str) -> str:
    return f"`{word}`"


def _format_notes(notes: Notes) -> str:
    known = {"owner": notes.owner, "until": notes.until.isoformat() if notes.until else "", "ticket": notes.ticket}
    words = [f"{key}={_quote(value)}" for key, value in known.items() if value]
    return " ".join([*words, notes.reason] if notes.reason else words)


def _parse_notes(comment: str) -> Notes:
    found: dict[str, str] = {}
    for match in _NOTE.finditer(comment):
        key, value = match["key"], match["value"]
        if key in found:
            raise ValueError(f"`{key}=` is given twice")
        found[key] = _unquote(value) if value.startswith('"') else value
    until = found.pop("until", None)
    reason = " ".join(_NOTE.sub("", comment).split())
    if until is None and (problem := find_misspelt_until(reason)):
        raise ValueError(problem)
    return Notes(reason=reason, until=None if until is None else parse_day(until), **found)


def parse_day(text: str) -> dt.date:
    """Read a day. Raises ValueError with a sentence on what is wrong."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"expected a day such as 2027-03-01 after `until`, found {text!r}")
