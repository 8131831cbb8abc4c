"""Bytes to the uses of attributes of some names: a first look, as the scan is for imports."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from layercheck.later_pattern import compile_later
from layercheck.python.text.encoding import as_utf_8
from layercheck.python.text.source_text import STRING_OR_COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterable

# The look-behinds stand behind the name, so that the search runs on the literal.
_CHAIN = (
    rb"%b(?<![\w.\x80-\xff]%b)(?<!from %b)(?<!import %b)"
    rb"((?:(?:\s|\\|#[^\n]*+)*+\.(?:\s|\\|#[^\n]*+)*+[\w\x80-\xff]++)++)"
)
_RENAMED = rb"%b(?<![\w\x80-\xff]%b)(?:\s|\\|#[^\n]*+)++as(?:\s|\\|#[^\n]*+)++([\w\x80-\xff]++)"
_TEXT = compile_later(STRING_OR_COMMENT.encode(), re.DOTALL)
_COMMENT = compile_later(rb"#[^\n]*")


def find_chains(data: bytes, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Find for each name every `x.y` in `name.x.y` outside of comments, plain strings and import statements.

    After `import name as other`, `other.x.y` counts. Names without any are left out. Raises UnreadableSourceError like
    `scan_source`.
    """
    source = as_utf_8(data)
    if not source.isascii():
        # Python compares identifiers in this form.
        source = unicodedata.normalize("NFKC", source.decode()).encode()
    found = {name: chains for name in names if (chains := _find(source, name))}
    if found:
        # Docstrings and comments mention many more; to leave them out takes longer than to see that there are none.
        code = _TEXT.sub(lambda text: text[0] if _may_hold_code(text) else b" ", source)
        found = {name: chains for name in found if (chains := _find(code, name))}
    return {name: frozenset(map(_as_dotted, chains)) for name, chains in found.items()}


def _find(source: bytes, name: str) -> set[bytes]:
    literal = re.escape(name.encode())
    given = re.findall(_RENAMED % (literal, literal), source)
    names = (literal, *{re.escape(each) for each in given})
    return {chain for each in names for chain in re.findall(_CHAIN % ((each,) * 4), source)}


def _may_hold_code(text: re.Match[bytes]) -> bool:
    """Return whether a comment or a string is an f-string, or a t-string."""
    prefix = text.string[max(0, text.start() - 2) : text.start()].lower()
    return prefix.endswith((b"f", b"t", b"fr", b"tr"))


def _as_dotted(chain: bytes) -> str:
    return b"".join(_COMMENT.sub(b"", chain).replace(b"\\", b"").split()).decode().removeprefix(".")
