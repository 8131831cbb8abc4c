"""Scopes of one file, and how Python looks names up in them.

Two readers fill scopes: `imports/scope_walker` visits a whole file and knows conditions and dead code; `names/bindings`
reads single scopes when a name in them is looked up, which is several times faster. Both share the lookup.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ast

    from layercheck.python.names.syntax_index import DefinitionNode


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
    """Counts up through the file; the walker counts in the order of execution."""


class Binding(NamedTuple):
    """One way in which a name gets its value; at most one of the fields after `order` says how."""

    order: int
    """From where on the name has this value; of one reader, like `Place.order`."""
    target: str | None = None
    """What an import binds to it: `shop.upper`; the walker leaves relative names as written (`..upper`)."""
    value: ast.expr | None = None
    """What `name = value` or `with value as name` binds to it, or a framework passes for a parameter."""
    annotation: ast.expr | None = None
    """The type that it is declared to have."""
    definition: DefinitionNode | None = None
    """The function or class that it names."""
    receiver: ast.ClassDef | None = None
    """The class of which it is an instance, as the first parameter of a method."""
    place: Place | None = None
    """Where it is bound; None for `names/bindings`, as scopes and bindings must not refer to each other there."""


class Scope:
    """One scope and all the bindings in it."""

    __slots__ = ("bindings", "kind", "outer", "parent")

    def __init__(self, kind: ScopeKind, parent: Scope | None = None) -> None:
        self.kind = kind
        self.parent = parent
        self.bindings: dict[str, list[Binding]] = {}
        self.outer: dict[str, Scope] = {}
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


_CLASS, _FUNCTION = ScopeKind.CLASS, ScopeKind.FUNCTION


def look_up(name: str, scope: Scope, order: int) -> tuple[list[Binding], Scope | None]:
    """Find the bindings of a name that is used in a scope, and the scope that holds them; none for a builtin.

    They are in the order of the text: those before the use, or all where the use is in a function inside that scope.
    """
    current: Scope | None = scope
    runs_later = False
    while current is not None:
        if current.outer and (home := current.outer.get(name)) is not None:
            runs_later = runs_later or current.kind is _FUNCTION
            current = home
        bindings = current.bindings.get(name)
        # The names of a class are not visible in the functions in it.
        if bindings and (current.kind is not _CLASS or current is scope):
            earlier = bindings if runs_later else [binding for binding in bindings if binding.order < order]
            if earlier or current.kind is not _CLASS:
                return earlier or bindings, current
        runs_later = runs_later or current.kind is _FUNCTION
        current = current.parent
    return [], None


def find_bindings(name: str, place: Place) -> list[Binding]:
    """Find all bindings that a name may have at a place of the walker, the latest first."""
    return _reaching(look_up(name, place.scope, place.order)[0], place.block)


def _reaching(bindings: list[Binding], block: Block) -> list[Binding]:
    """Take the latest bindings, back to the first that cannot have been passed over."""
    reaching = []
    for binding in reversed(bindings):
        reaching.append(binding)
        if binding.place is None or binding.place.block.holds(block):
            break
    return reaching
