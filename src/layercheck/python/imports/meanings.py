"""What a dotted chain of names stands for at one place: imports, aliases of them, or builtins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.python.name_chains import chain_of, join_names
from layercheck.python.scopes import find_bindings

if TYPE_CHECKING:
    from layercheck.python.scopes import Place


class Meaning(NamedTuple):
    """One thing that a dotted chain may stand for."""

    name: str
    """The full dotted name as far as the file tells: `shop.upper.f`, `..upper.f`, `builtins.exec`."""
    is_typing: bool
    """Whether the import behind it is for the type checker only."""


LONGEST_ALIAS_CHAIN = 4
"""How far `a = b; c = a` is followed; a guard against circles."""


def imported_meanings(names: tuple[str, ...], place: Place) -> list[Meaning]:
    """Say what a chain stands for through the imports of its first name."""
    return [
        Meaning(join_names(binding.target, names[1:]), binding.place is not None and binding.place.block.typing)
        for binding in find_bindings(names[0], place)
        if binding.target is not None
    ]


def meanings(names: tuple[str, ...], place: Place, *, depth: int = 0) -> list[Meaning]:
    """Say what a chain stands for, also through plain assignments and as a builtin."""
    bindings = find_bindings(names[0], place)
    if not bindings:
        return [Meaning(join_names("builtins", names), is_typing=False)]
    found = imported_meanings(names, place)
    for binding in bindings:
        alias = chain_of(binding.value)
        if alias is not None and binding.place is not None and depth < LONGEST_ALIAS_CHAIN:
            found += meanings(alias + names[1:], binding.place, depth=depth + 1)
    return found
