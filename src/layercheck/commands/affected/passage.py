"""Why a change reaches most tests: the one file that they load, and through it the change."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

_MOST_SHOWN = 4
"""Files of a chain that are named."""


class Passage(NamedTuple):
    """A chain of files, each of which loads the next, through which tests load a change."""

    tests: int
    """How many tests load the first file of the chain."""
    chain: tuple[str, ...]
    """From a file that is no test to the file that changed."""

    def describe(self) -> str:
        """Write it as a sentence."""
        shown = self.chain
        if len(shown) > _MOST_SHOWN:
            left_out = len(shown) - _MOST_SHOWN + 1
            shown = (*shown[: _MOST_SHOWN - 2], f"({left_out} more)", shown[-1])
        return f"{self.tests} test files load {' -> '.join(shown)}"


def find_passage(
    changed: Iterable[str], tests: Collection[str], list_loaders: Callable[[str], Iterable[str]]
) -> Passage | None:
    """Find the file nearest to the tests through which more than half of them load a change; None where there is none."""
    loads = follow(changed, list_loaders)
    chains = {test: _list_chain(test, loads)[1:] for test in tests}
    # A conftest.py is loaded by all tests below it, though some may reach the change by a shorter way.
    directly = {path: len({*list_loaders(path)}.intersection(tests)) for path in loads if path not in tests}
    passing = Counter(path for chain in chains.values() for path in chain if path not in tests)
    for counts in (directly, passing):
        usual = {path: number for path, number in counts.items() if 2 * number > len(tests) and loads[path] is not None}
        if usual:
            entry = min(usual, key=lambda path: (-usual[path], -len(_list_chain(path, loads)), path))
            return Passage(usual[entry], tuple(_list_chain(entry, loads)))
    return None


def follow(changed: Iterable[str], list_loaders: Callable[[str], Iterable[str]]) -> dict[str, str | None]:
    """Map every file that may load a change to the file through which it does; nearest first."""
    loads: dict[str, str | None] = dict.fromkeys(changed)
    queue = deque(loads)
    while queue:
        path = queue.popleft()
        for loader in sorted(list_loaders(path)):
            if loader not in loads:
                loads[loader] = path
                queue.append(loader)
    return loads


def _list_chain(path: str, loads: dict[str, str | None]) -> list[str]:
    chain: list[str] = []
    following: str | None = path
    while following is not None:
        chain.append(following)
        following = loads.get(following)
    return chain
