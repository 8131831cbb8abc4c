"""Bytes without comments and plain strings: near enough for a first look at what is code."""

from __future__ import annotations

import re

from layercheck.later_pattern import compile_later
from layercheck.python.compiled import scanner
from layercheck.python.text.source_text import STRING_OR_COMMENT

_TEXT = compile_later(STRING_OR_COMMENT.encode(), re.DOTALL)


def drop_texts(source: bytes) -> bytes:
    """Replace comments and strings by spaces; f-strings and t-strings may hold code, and stay."""
    return search_texts(source) if scanner is None else scanner.drop_texts(source)


def search_texts(source: bytes) -> bytes:
    """Do what the compiled `drop_texts` does."""
    return _TEXT.sub(lambda text: text[0] if _may_hold_code(text) else b" ", source)


def _may_hold_code(text: re.Match[bytes]) -> bool:
    prefix = text.string[max(0, text.start() - 2) : text.start()].lower()
    return prefix.endswith((b"f", b"t", b"fr", b"tr"))
