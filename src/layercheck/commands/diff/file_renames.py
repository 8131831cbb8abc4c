"""Which file is which other one under a new name: by content, by lines and definitions, by the folder around it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_DEFINITION = re.compile(rb"^(?:async[ \t]+def|def|class)[ \t]+([\w\x80-\xff]+)", re.MULTILINE)
_ALIKE = 0.6
"""So much of two files must be the same; git asks for half, but takes boilerplate for likeness."""
_ENOUGH_LINES = 3
_TOO_COMMON = 20
"""A line that is in so many files tells nothing of where one came from."""


class _Text(NamedTuple):
    lines: Counter[bytes]
    definitions: frozenset[bytes]

    @property
    def is_telling(self) -> bool:
        """Whether there is more in it than imports, which many files have in common."""
        own = [line for line in self.lines if not line.startswith((b"import ", b"from "))]
        return bool(self.definitions) or len(own) >= _ENOUGH_LINES


class _Candidate(NamedTuple):
    likeness: float
    same_name: bool
    shared_folders: int
    old: str
    new: str


def pair_renamed(old: Mapping[str, bytes], new: Mapping[str, bytes], rewritten: Collection[str] = ()) -> dict[str, str]:
    """Pair the files that are gone with those that are new, one to one: old path → new path.

    `rewritten` are those of the old ones that are still there, with another content.
    """
    old_texts = {path: _read(data) for path, data in sorted(old.items())}
    new_texts = {path: _read(data) for path, data in sorted(new.items())}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for candidate in sorted(_candidates(old_texts, new_texts, rewritten), reverse=True):
        if candidate.old not in found and candidate.new not in taken:
            found[candidate.old] = candidate.new
            taken.add(candidate.new)
    _follow_folders(found, [path for path in old if path not in rewritten], set(new) - taken)
    return found


def likeness(old: bytes, new: bytes) -> float:
    """Find how much of two files is the same, from 0 to 1."""
    return _compare(_read(old), _read(new))


def folder_moves(pairs: Mapping[str, str], separator: str = "/") -> dict[str, str]:
    """Find where folders were moved, by the files in them that kept their names: old folder → new folder; the majority decides.

    The same for packages, with a dot as `separator`.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in pairs.items():
        parts, others = old.split(separator), new.split(separator)
        while parts and others and parts[-1] == others[-1]:
            parts.pop()
            others.pop()
            if parts != others:
                votes[separator.join(parts)][separator.join(others)] += 1
    return {folder: max(sorted(found), key=found.__getitem__) for folder, found in votes.items()}


def _read(data: bytes) -> _Text:
    lines = Counter(stripped for line in data.splitlines() if (stripped := line.strip()))
    return _Text(lines, frozenset(_DEFINITION.findall(data)))


def _candidates(old: Mapping[str, _Text], new: Mapping[str, _Text], rewritten: Collection[str]) -> Iterator[_Candidate]:
    by_feature: dict[bytes, list[str]] = defaultdict(list)
    for path, text in new.items():
        for feature in _features(text):
            by_feature[feature].append(path)
    for path, text in old.items():
        near = {
            other
            for feature in _features(text)
            if len(by_feature[feature]) <= _TOO_COMMON
            for other in by_feature[feature]
        }
        for other in sorted(near):
            candidate = _rank(_compare(text, new[other]), path, other)
            # A few imports say nothing of where they came from, unless the whole file says the same.
            is_certain = text.is_telling or (
                path not in rewritten and (candidate.likeness == 1.0 or candidate.same_name)
            )
            if candidate.likeness >= _ALIKE and is_certain:
                yield candidate


def _features(text: _Text) -> Iterable[bytes]:
    return [*text.lines, b" ".join(sorted(text.definitions))] if text.definitions else text.lines


def _compare(text: _Text, other: _Text) -> float:
    if text.lines == other.lines:
        return 1.0
    shared = (text.lines & other.lines).total()
    alike = shared / max(text.lines.total(), other.lines.total(), 1)
    # The same definitions are the same module, however much was written anew inside them.
    return max(alike, _ALIKE) if len(text.definitions) > 1 and text.definitions == other.definitions else alike


def _rank(score: float, old: str, new: str) -> _Candidate:
    folders, others = old.split("/")[:-1], new.split("/")[:-1]
    same_name = old.rpartition("/")[2] == new.rpartition("/")[2]
    return _Candidate(score, same_name, (Counter(folders) & Counter(others)).total(), old, new)


def _follow_folders(found: dict[str, str], old: Iterable[str], free: set[str]) -> None:
    """Pair what is too short or too much changed to be told by itself (`__init__.py`) along with its folder."""
    moves = folder_moves(found)
    for path in sorted(old):
        new = _lead(path, moves)
        if path not in found and new in free:
            found[path] = new
            free.discard(new)


def _lead(path: str, moves: Mapping[str, str]) -> str | None:
    """Return the path of a file after the nearest folder around it that went elsewhere."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in moves:
            return f"{moves[folder]}/{path[len(folder) :].lstrip('/')}".lstrip("/")
    return None
