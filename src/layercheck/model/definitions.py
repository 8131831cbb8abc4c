"""What a file says about its top-level names, and what kind of thing a name stands for."""

from __future__ import annotations

import enum
from typing import Literal

import msgspec


class Kind(enum.StrEnum):
    """What a name stands for in a backend."""

    TABLE = "table"
    """A class whose instances are stored: declarative SQLAlchemy, `SQLModel` with `table=True`, a Django model, …"""
    SCHEMA = "schema"
    """A class that only describes data: pydantic, dataclass, attrs, msgspec, TypedDict, marshmallow, serializers, …"""
    ENUM = "enum"
    CONSTANT = "constant"
    TYPE = "type"
    """A type alias, `TypeVar`, `NewType` or protocol."""
    EXCEPTION = "exception"
    SESSION_PROVIDER = "session-provider"
    """What gives a session, connection or engine: a dependency, a factory, the object itself."""
    ROUTER = "router"
    ENDPOINT = "endpoint"
    CLASS = "class"
    FUNCTION = "function"
    HELPER = "helper"
    """A function that is about no table and runs no query of its own: it puts pages or filters on the query of its caller."""
    ANNOTATION = "annotation"
    """Whatever it is, the importing file uses it in annotations, or as `model` of a `class Meta`, alone."""

    @property
    def words(self) -> str:
        """The kind as it reads in a sentence."""
        return self.value.replace("-", " ")


CONSTANTS = "constants"
"""The mark of a class that holds nothing but constants."""
ITEM = ".__getitem__()"
"""How the full name ends of what `client["shop"]` gives."""

Form = Literal["class", "function", "value", "import"]
Shape = Literal["", "literal", "container", "empty", "type"]


class Definition(msgspec.Struct, frozen=True, array_like=True):
    """What a file says of one name; it holds no places, so that code may move and this stays the same.

    Full names are those of `layercheck.python.names.full_names`: absolute and dotted, with `()` for what a call returns and for an
    instance of a class.
    """

    form: Form
    value: str = ""
    """The full name of what an import takes or of what is assigned; for a function, of what a call of it gives."""
    shape: Shape = ""
    """Whether what is assigned is a literal, one that can be changed (`container`), one that holds nothing yet, or a
    type."""
    bases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Constant keywords of a class, as in `table=True`."""
    decorators: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """Which of the names that libraries look for a class holds: `__tablename__`, `Meta`, …; of a function `query` where
    it speaks to a database itself, and `empty` where it does nothing."""
    mentions: tuple[str, ...] = ()
    """The full names in a type; in the annotation of what a function returns, and of all that it returns or yields; of
    what a list and the like is made of."""
    is_generator: bool = False
    """Whether a function yields, where its annotation does not say what."""
    members: dict[str, Definition] = {}
    """What a class says about its attributes and methods, as far as that leads further."""
    uses: tuple[str, ...] = ()
    """The names at the top of the file that a function at its top uses, dotted as far as they are written so."""


class FileDefinitions(msgspec.Struct, frozen=True, array_like=True):
    """What one file says of the names at its top; a function of its text and of the name of the module."""

    module: str
    names: dict[str, Definition] = {}
    stars: tuple[str, ...] = ()
    """The modules from which it takes all names, absolute."""
    dependencies: tuple[str, ...] = ()
    """The full names that it gives to a framework as dependencies: `Depends(get_session)`."""
    in_annotations: tuple[str, ...] = ()
    """The names that it imports and uses in annotations, or as `model` of a `class Meta`, alone; as they are called where
    they are defined."""
    is_program: bool = False
    """Whether it can be started by itself: `if __name__ == "__main__"`."""
