"""Bytes to the uses of attributes of some names: a first look, as the scan is for imports."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from layercheck.later_pattern import compile_later
from layercheck.python.text.code_parts import drop_texts
from layercheck.python.text.encoding import as_utf_8

if TYPE_CHECKING:
    from collections.abc import Iterable

# The look-behinds stand behind the name, so that the search runs on the literal.
_CHAIN = (
    rb"%b(?<![\w.\x80-\xff]%b)(?<!from %b)(?<!import %b)"
    rb"((?:(?:\s|\\|#[^\n]*+)*+\.(?:\s|\\|#[^\n]*+)*+[\w\x80-\xff]++)++)"
)
_RENAMED = rb"%b(?<![\w\x80-\xff]%b)(?:\s|\\|#[^\n]*+)++as(?:\s|\\|#[^\n]*+)++([\w\x80-\xff]++)"
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
        code = drop_texts(source)
        found = {name: chains for name in found if (chains := _find(code, name))}
    return {name: frozenset(map(_as_dotted, chains)) for name, chains in found.items()}


def _find(source: bytes, name: str) -> set[bytes]:
    literal = re.escape(name.encode())
    given = re.findall(_RENAMED % (literal, literal), source)
    names = (literal, *{re.escape(each) for each in given})
    return {chain for each in names for chain in re.findall(_CHAIN % ((each,) * 4), source)}


def _as_dotted(chain: bytes) -> str:
    return b"".join(_COMMENT.sub(b"", chain).replace(b"\\", b"").split()).decode().removeprefix(".")
