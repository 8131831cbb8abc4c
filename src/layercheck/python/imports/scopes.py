"""Scopes of one file: which import a name stands for, at one place."""

from __future__ import annotations

import ast
import enum
from dataclasses import dataclass, field
from typing import NamedTuple


class Block:
    """A part of the file that runs as a whole, under one condition; blocks are nested."""

    __slots__ = ("conditional", "deferred", "parent", "typing")

    def __init__(self, parent: Block | None = None) -> None:
        self.parent = parent
        self.typing: bool = parent is not None and parent.typing
        self.deferred: bool = parent is not None and parent.deferred
        self.conditional: bool = parent is not None and parent.conditional

    def holds(self, inner: Block) -> bool:
        """Return whether `inner` is this block or inside it."""
        block: Block | None = inner
        while block is not None:
            if block is self:
                return True
            block = block.parent
        return False


class ScopeKind(enum.Enum):
    """How names are looked up through a scope."""

    MODULE = enum.auto()
    FUNCTION = enum.auto()
    """Runs later: sees the last value of the names outside."""
    CLASS = enum.auto()
    """Its names are not seen from the scopes inside it."""
    INLINE = enum.auto()
    """A comprehension, or type parameters: runs where it is."""


class Place(NamedTuple):
    """Where a name is bound or used."""

    scope: Scope
    block: Block
    order: int
    """Counts up through the file, in the order of execution within a scope."""


class Binding(NamedTuple):
    """One way in which a name gets its value."""

    place: Place
    target: str | None = None
    """What an import binds to it, as written: `shop`, `shop.upper`, `..upper`; None for everything else."""
    value: ast.expr | None = None
    """What a plain `name = value` binds to it."""


@dataclass(slots=True, eq=False)
class Scope:
    """One scope and all the bindings in it."""

    kind: ScopeKind
    parent: Scope | None = None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    outer: dict[str, Scope] = field(default_factory=dict)
    """Names declared `global` or `nonlocal`, and the scopes that they belong to."""

    def bind(self, name: str, binding: Binding) -> None:
        """Record a binding where Python would make it."""
        self.outer.get(name, self).bindings.setdefault(name, []).append(binding)

    def declare_global(self, name: str) -> None:
        """`global name`."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        self.outer[name] = scope

    def declare_nonlocal(self, name: str) -> None:
        """`nonlocal name`."""
        scope = self.parent
        while scope is not None and not (scope.kind is ScopeKind.FUNCTION and name in scope.bindings):
            scope = scope.parent
        if scope is not None:
            self.outer[name] = scope


def find_bindings(name: str, place: Place) -> list[Binding]:
    """Find all bindings that a name may have at a place, the latest first; none where it is unbound or a builtin."""
    scope: Scope | None = place.scope
    runs_later = False
    while scope is not None:
        home = scope.outer.get(name)
        if home is not None:
            runs_later = runs_later or scope.kind is ScopeKind.FUNCTION
            scope = home
        bindings = scope.bindings.get(name)
        if bindings and (scope.kind is not ScopeKind.CLASS or scope is place.scope):
            earlier = bindings if runs_later else [binding for binding in bindings if binding.place.order < place.order]
            if earlier or scope.kind is not ScopeKind.CLASS:
                return _reaching(earlier or bindings, place.block)
        runs_later = runs_later or scope.kind is ScopeKind.FUNCTION
        scope = scope.parent
    return []


def _reaching(bindings: list[Binding], block: Block) -> list[Binding]:
    """Take the latest bindings, back to the first that cannot have been passed over."""
    reaching = []
    for binding in reversed(bindings):
        reaching.append(binding)
        if binding.place.block.holds(block):
            break
    return reaching


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
        Meaning(join_names(binding.target, names[1:]), binding.place.block.typing)
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
        if alias is not None and depth < LONGEST_ALIAS_CHAIN:
            found += meanings(alias + names[1:], binding.place, depth=depth + 1)
    return found


def chain_of(node: ast.AST | None) -> tuple[str, ...] | None:
    """Return `("a", "b", "c")` for the expression `a.b.c`, None for everything that is no plain chain of names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return (node.id, *reversed(names))


def join_names(module: str, names: tuple[str, ...]) -> str:
    """Join: `shop` and `upper` make `shop.upper`; `..` and `upper` make `..upper`."""
    tail = ".".join(names)
    return f"{module}.{tail}" if tail and not module.endswith(".") else module + tail
