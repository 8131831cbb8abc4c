"""Markdown for hovers: text that is rendered as it is written, and that can be read where nothing renders it."""

from __future__ import annotations

import re

from layercheck.reporters.display import make_printable

_CODE_SPAN = re.compile(r"`([^`\n]+)`")
_EVERYWHERE = re.compile(r"[\\*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_LINK = re.compile(r"\](?=[(\[:])")
_START = re.compile(r"^(?:[#>+-]|\d+(?=[.)]))")


def write_plain(text: str) -> str:
    """Escape what Markdown would take for syntax, and nothing else; what is between backticks stays code.

    Editors without a renderer show the text as it is: entities as in comments on GitHub could not be read there.
    """
    text = make_printable(text)
    parts, end = [], 0
    for span in _CODE_SPAN.finditer(text):
        parts += [_escape(text[end : span.start()]), span[0]]
        end = span.end()
    return _START.sub(_escape_start, "".join((*parts, _escape(text[end:]))))


def _escape(text: str) -> str:
    return _LINK.sub(r"\\]", _EVERYWHERE.sub(r"\\\g<0>", text))


def _escape_start(found: re.Match[str]) -> str:
    # A number is no list without what follows it.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
