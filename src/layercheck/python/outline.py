"""Bytes to an outline: the classes, decorators and calls of a file, without parsing it.

The outline is evidence, not proof: it is read line by line with one expression, so a string that looks like code counts
as code. What it costs is a fraction of a parse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_BASES = 400
"""Characters between the parentheses of a class, at most."""

_LINE = re.compile(
    rb"^(?:"
    # class Name(Base, metaclass=Meta):
    rb"(?P<indent>[ \t]*)class[ \t]+(?P<class>\w+)[ \t]*(?:\[[^\]\n]*\])?(?:\((?P<bases>[^)]{0,%d})\))?[ \t]*:"
    # @router.get("/users")
    rb"|[ \t]*@(?P<decorator>[A-Za-z_][\w.]*)"
    # router = APIRouter(prefix="/users")
    rb"|(?P<target>[A-Za-z_]\w*)[ \t]*(?::[^=\n]{1,80})?=[ \t]*(?:await[ \t]+)?(?P<call>[A-Za-z_][\w.]*)[\[(]"
    # app = FastAPI() in a function
    rb"|[ \t]+_?app(?:lication)?_?[ \t]*(?::[^=\n]{1,80})?=[ \t]*(?P<local>[A-Za-z_][\w.]*)\("
    # app.include_router(users)
    rb"|(?P<statement>[A-Za-z_]\w*(?:\.\w+)+)\("
    # def list_users(session: Session)
    rb"|(?P<method>[ \t]*)(?:async[ \t]+)?def[ \t]+(?P<function>\w+)[ \t]*\((?P<parameters>[^)]{0,%d})"
    rb")" % (_LONGEST_BASES, _LONGEST_BASES),
    re.MULTILINE,
)
_BASE = re.compile(rb"[A-Za-z_][\w.]*(?=[ \t\n]*(?:[,\[(]|\Z))")
_KEYWORD = re.compile(rb"\b\w+[ \t]*=[^,]*")
_MAKE_BASES = frozenset({b"declarative_base", b"automap_base"})
_SUBSCRIPT = re.compile(rb"\[[^\[\]]*\]")


class ClassOutline(msgspec.Struct, frozen=True, array_like=True):
    """One class at the top of a file."""

    name: str
    bases: tuple[str, ...] = ()
    """As they are written, without subscripts and keywords: `db.Model`, `Generic`."""
    is_table: bool = False
    """Whether `table=True` stands among the bases."""


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """What a file holds, by the names in its own text."""

    classes: tuple[ClassOutline, ...] = ()
    decorators: tuple[str, ...] = ()
    """As written, without arguments, at any depth; each as often as it occurs."""
    calls: tuple[str, ...] = ()
    """What is called at the top of the file, to assign its result or as a statement."""
    functions: tuple[str, ...] = ()
    """The functions at the top."""
    parameters: tuple[str, ...] = ()
    """The text between the parentheses of every function and method."""
    bases_made: tuple[str, ...] = ()
    """Names that are given the result of `declarative_base()` or the like."""
    local_calls: tuple[str, ...] = ()
    """What is called inside of functions to make an `app`."""


def read_outline(source: bytes) -> Outline:
    """Read the outline of a file; bytes that are not ASCII are read as they come."""
    classes: list[ClassOutline] = []
    decorators: list[str] = []
    calls: list[str] = []
    functions: list[str] = []
    parameters: list[str] = []
    made: list[str] = []
    local: list[str] = []
    for match in _LINE.finditer(source):
        kind = match.lastgroup
        if kind in {"class", "bases"}:
            if not match["indent"]:
                bases = match["bases"] or b""
                classes.append(ClassOutline(_text(match["class"]), tuple(_read_bases(bases)), b"table=True" in bases))
        elif kind == "decorator":
            decorators.append(_text(match["decorator"]))
        elif kind == "call":
            calls.append(_text(match["call"]))
            if match["call"].rpartition(b".")[2] in _MAKE_BASES:
                made.append(_text(match["target"]))
        elif kind == "local":
            local.append(_text(match["local"]))
        elif kind == "statement":
            calls.append(_text(match["statement"]))
        else:
            if not match["method"]:
                functions.append(_text(match["function"]))
            parameters.append(" ".join(_text(match["parameters"]).split()))
    return Outline(
        tuple(classes), tuple(decorators), tuple(calls), tuple(functions), tuple(parameters), tuple(made), tuple(local)
    )


def _read_bases(text: bytes) -> Iterator[str]:
    while _SUBSCRIPT.search(text):
        text = _SUBSCRIPT.sub(b"", text)
    for match in _BASE.finditer(_KEYWORD.sub(b"", text) + b""):
        yield _text(match[0])


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
