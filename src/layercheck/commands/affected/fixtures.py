"""Which files use something of a `conftest.py`: judged by the names that it binds, so rather too many than too few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck.commands.affected.named_in_texts import read_file

if TYPE_CHECKING:
    from layercheck.facts.fact_store import SourceStore

_WORD = re.compile(rb"[^\W\d]\w*")
_BOUND = re.compile(
    rb"\bdef\s+(\w+)|\bname\s*=\s*[\"'](\w+)|^(\w+)\s*(?::[^=\n]+)?=|^\s*(?:from\s[^\n]*?\s)?import\s+([^(#\n]+|\([^)]*)",
    re.MULTILINE,
)
# What runs for every test, or may be fixtures of any name. Hooks that only add options or sort the tests do not count.
_FOR_ALL = re.compile(
    rb"\bautouse\b|\bpytest_plugins\b|import\s+\*|def\s+pytest_(?!addoption\b|collection_modifyitems\b|make_parametrize_id\b)"
)
_ANY_NAME = b"getfixturevalue"
"""A test with this may ask for any fixture."""


class FixtureUse:
    """Knows which files use a `conftest.py`."""

    def __init__(self, store: SourceStore) -> None:
        self._store = store
        self._words: dict[str, frozenset[bytes]] = {}
        self._offered: dict[str, frozenset[bytes] | None] = {}

    def is_by_name(self, conftest: str) -> bool:
        """Return whether a `conftest.py` does something only for those who name what it binds."""
        return self._find_offered(conftest) is not None

    def uses(self, path: str, conftest: str) -> bool:
        """Return whether a file has a name in it that a `conftest.py` binds, or may ask for any."""
        if path not in self._words:
            self._words[path] = frozenset(_WORD.findall(read_file(self._store, path)))
        words = self._words[path]
        return _ANY_NAME in words or not words.isdisjoint(self._find_offered(conftest) or ())

    def _find_offered(self, conftest: str) -> frozenset[bytes] | None:
        if conftest not in self._offered:
            self._offered[conftest] = _list_offered(read_file(self._store, conftest))
        return self._offered[conftest]


def _list_offered(text: bytes) -> frozenset[bytes] | None:
    """List the names that a `conftest.py` binds; None where every test below it runs with it."""
    if _FOR_ALL.search(text):
        return None
    bound = b" ".join(part for parts in _BOUND.findall(text) for part in parts)
    return frozenset(_WORD.findall(bound)) - {b"as"}
