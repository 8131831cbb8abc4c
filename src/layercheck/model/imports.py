"""Imports: as they are written in one file, and as edges between modules of the project."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Literal

import msgspec

from layercheck.model.source import Location, Span

if TYPE_CHECKING:
    from collections.abc import Sequence


class ImportKind(enum.StrEnum):
    """When, and how, an import happens."""

    RUNTIME = "runtime"
    """Runs when the module is imported."""
    TYPING = "typing"
    """Only for the type checker: below `if TYPE_CHECKING`."""
    DEFERRED = "deferred"
    """Inside a function: runs when it is called."""
    CONDITIONAL = "conditional"
    """Below `try`, `if`, a loop or `match`: may or may not run."""
    LAZY = "lazy"
    """A PEP 810 `lazy import`."""
    DYNAMIC = "dynamic"
    """`import_module("app.db")` and its kin, with a name that can be read."""
    ATTRIBUTE = "attribute"
    """`import shop` and then `shop.db.session`: the use of a submodule through its package."""
    STUB = "stub"
    """Written in a `.pyi` file."""


COUNTED_KINDS = tuple(kind for kind in ImportKind if kind is not ImportKind.TYPING)
"""The kinds of import that rules and contracts judge unless configured otherwise."""

SiteForm = Literal["statement", "call", "attribute"]


class ImportSite(msgspec.Struct, frozen=True):
    """One imported name as it is written in one file, before anyone knows which module it means.

    `from ..db import session, engine` is two sites, both with module `"..db"`.
    """

    module: str
    """The module as written, leading dots kept: `"app.db"`, `"..db"`, `"."`."""
    name: str | None
    """The name taken from the module; `"*"` for a star import; None for `import app.db` and dynamic imports."""
    kind: ImportKind
    span: Span
    """The exact name: the alias's own name for `from … import name`, the dotted name for `import …`."""
    module_span: Span
    """The module as written (with its dots); equal to `span` where there is no `from`."""
    statement: Span
    """The whole statement."""
    form: SiteForm = "statement"
    """How it is written: an `import` statement, a call (`import_module("shop.db")`), or the use of an imported name
    (`shop.db.session.f()`). In the last two the dots may go on past the module, to what it holds."""


class BlindSpot(msgspec.Struct, frozen=True):
    """Something that imports, or may import, in a way that cannot be read from the text."""

    what: str
    """The code as a reader would quote it: `import_module(name)`, `exec(…)`."""
    span: Span


class Depth(enum.IntEnum):
    """How much of a file is read to learn its imports; each depth knows all that the one before knows."""

    EXCERPT = 0
    """The import statements, and no more of the text than that takes."""
    STATEMENTS = 1
    """The statements; the whole text is parsed, so that every syntax error shows."""
    CALLS = 2
    """Also calls that import."""
    EVERYTHING = 3
    """Also the uses of imported names."""


class FileImports(msgspec.Struct, frozen=True):
    """All that one file imports, exactly."""

    sites: tuple[ImportSite, ...] = ()
    blind_spots: tuple[BlindSpot, ...] = ()
    exports: tuple[str, ...] | None = None
    """The names listed in `__all__`, None where the file has none that can be read, or not enough of it was read."""
    depth: Depth = Depth.EVERYTHING
    """How much of the file was read for this."""
    nested_too_deeply: bool = False
    """Whether the nesting is beyond the running Python: it would refuse to import the file."""


class Import(msgspec.Struct, frozen=True):
    """An import of one module of the project by another, at one place."""

    importer: str
    imported: str
    kind: ImportKind
    location: Location
    statement: Span
    names: tuple[str, ...] = ()
    """What is taken from the module, as the module calls it; `*` for all, empty where the module itself is taken."""
    name_spans: tuple[Span, ...] = ()
    """Where each of the names stands."""


def join_imports(parts: Sequence[Import]) -> Import:
    """Make one import of those of several names at one place."""
    if len(parts) == 1:
        return parts[0]
    names = tuple(name for part in parts for name in part.names)
    spans = tuple(span for part in parts for span in part.name_spans)
    return msgspec.structs.replace(parts[0], names=names, name_spans=spans)
