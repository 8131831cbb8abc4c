"""How near two modules stand to each other: in one feature, or called alike."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from layercheck.model.module import Module

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def make_distance(importer: Module, imported: Module, names: Iterable[str]) -> Callable[[Module], tuple[object, ...]]:
    """Make the key that sorts modules by how near they stand to an importer that wants `names` of another module.

    First the folders that they share, then the words of the importer's name, then those of what it wants.
    """
    own = split_words(importer.name.split(".")[-2:] if importer.is_package else importer.name.split(".")[-1:])
    wanted = split_words([*names, imported.name.rpartition(".")[2]])
    folder = importer.path.split("/")[:-1]

    def distance(module: Module) -> tuple[object, ...]:
        words = split_words(module.name.split("."))
        pairs = zip(folder, module.path.split("/")[:-1], strict=False)
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        return (-shared, -len(own & words), -len(wanted & words), module.path)

    return distance


def split_words(names: Iterable[str]) -> frozenset[str]:
    """Take names apart into words, in the singular as far as that is easy: `user_service` and `Users` share one."""
    return frozenset(_singular(word.lower()) for name in names for word in _WORD.findall(name))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
