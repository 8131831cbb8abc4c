"""Bytes to an outline: the classes, decorators and calls of a file, without parsing it.

The outline is evidence, not proof: it is read line by line with one expression. Endpoints and applications in
docstrings are examples, and do not count. What it costs is a fraction of a parse.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from layercheck.later_pattern import compile_later
from layercheck.python.compiled import scanner

if TYPE_CHECKING:
    from layercheck.python.compiled.scanner import FoundOutline

_LONGEST_BASES = 400
"""Characters between the parentheses of a class, at most."""

# A line of interest starts at the margin or one level below it; each begins with the line end before it, for which
# the expression is searched as a literal. Nearly all other lines are passed over at their second character.
_LINE = compile_later(
    rb"\n(?:"
    # A class with its bases.
    rb"class[ \t]++(?P<class>\w++)[ \t]*+(?:\[[^\]\n]*+\])?+(?:\((?P<bases>[^)]{0,%d}+)\))?+[ \t]*+:"
    # A function, or a method, and whether it takes a request.
    rb"|(?P<method>    |\t)?+(?:async[ \t]++)?+def[ \t]++(?P<function>\w++)[ \t]*+\(\s*+(?:self,\s*+)?+(?P<request>request\b)?+"
    rb"(?:[ \t]*+:[ \t]*+[\"']?+(?P<annotation>[\w.]++))?+"
    rb"|(?:    |\t)?+@(?P<decorator>[A-Za-z_][\w.]*+)"
    # A name at the margin that is given the result of a call.
    rb"|(?P<target>[A-Za-z_]\w*+)[ \t]*+(?::[^=\n]{1,80}+)?+=[ \t]*+(?P<call>[A-Za-z_][\w.]*+)[\[(]"
    # An application that is made in a function.
    rb"|(?:    |\t)_?app(?:lication)?+_?+[ \t]*+(?::[^=\n]{1,80}+)?+=[ \t]*+(?P<local>[A-Za-z_][\w.]*+)\("
    # A call at the margin.
    rb"|(?P<statement>[A-Za-z_]\w*+(?:\.\w++)++)\("
    rb")" % _LONGEST_BASES,
)
_BASE = compile_later(rb"[A-Za-z_][\w.]*(?=[ \t\n]*(?:[,\[(]|\Z))")
_KEYWORD = compile_later(rb"\b\w+[ \t]*=[^,]*")
# Not `CreateUserRequest`, which is a shape of the application.
_REQUESTS = frozenset(
    {b"request", b"httprequest", b"wsgirequest", b"asgirequest", b"authenticatedrequest", b"authenticatedhttprequest"}
)
_MAKE_BASES = frozenset({b"declarative_base", b"automap_base"})
_SUBSCRIPT = compile_later(rb"\[[^\[\]]*\]")


class ClassOutline(msgspec.Struct, frozen=True, array_like=True):
    """One class at the top of a file."""

    name: str
    bases: tuple[str, ...] = ()
    """As they are written, without subscripts and keywords: `db.Model`, `Generic`."""
    is_table: bool = False
    """Whether `table=True` is among the bases."""


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """What a file holds, by the names in its own text."""

    classes: tuple[ClassOutline, ...] = ()
    decorators: tuple[str, ...] = ()
    """As written, without arguments, of functions and methods; each once."""
    calls: tuple[str, ...] = ()
    """What is called at the margin of the file, to assign its result or as a statement; each once."""
    functions: int = 0
    """How many functions stand at the margin."""
    request_takers: int = 0
    """How many functions and methods have a first parameter `request`, without annotation or as a `Request`."""
    bases_made: tuple[str, ...] = ()
    """Names that are given the result of `declarative_base()` or the like."""
    local_calls: tuple[str, ...] = ()
    """What is called inside of functions to make an `app`."""


def read_outline(source: bytes) -> Outline:
    """Read the outline of a file; bytes that are not ASCII are read as they come."""
    text = source.replace(b"\r\n", b"\n") if b"\r" in source else source
    found = _search(text)
    if _may_be_in_docstring(text, found):
        from layercheck.python.text.code_parts import drop_texts  # noqa: PLC0415  (few files get here)

        found = _search(drop_texts(text))
    classes, decorators, calls, functions, takers, made, local = found
    return Outline(
        tuple(ClassOutline(name, _read_bases(bases), b"table=True" in bases) for name, bases in classes),
        tuple(dict.fromkeys(decorators)),
        tuple(dict.fromkeys(calls)),
        functions,
        takers,
        tuple(made),
        tuple(local),
    )


def _search(source: bytes) -> FoundOutline:
    return search_outline(source) if scanner is None else scanner.find_outline(source)


def _may_be_in_docstring(source: bytes, found: FoundOutline) -> bool:
    """Whether an endpoint or application may have been found in an example for readers: behind quotes that are open there."""
    _, decorators, calls, _, _, _, local = found
    # `@router.get`, not `@callback`; `= FastAPI(`, not `= getLogger(`.
    beginnings = [f"@{name}" for name in dict.fromkeys(decorators) if "." in name]
    beginnings += [f"= {name}" for name in dict.fromkeys(calls) if name.rpartition(".")[2][:1].isupper()]
    beginnings += [f"= {name}" for name in dict.fromkeys(local)]
    return any(
        source.count(mark, 0, max(at, 0)) % 2
        for at in map(source.find, map(str.encode, beginnings))
        for mark in (b'"""', b"'''")
    )


def search_outline(source: bytes) -> FoundOutline:
    """Do what the compiled `find_outline` does."""
    classes: list[tuple[str, bytes]] = []
    decorators: list[str] = []
    calls: list[str] = []
    functions = takers = 0
    made: list[str] = []
    local: list[str] = []
    for match in _LINE.finditer(b"\n" + source):
        kind = match.lastgroup
        if kind in {"class", "bases"}:
            classes.append((_text(match["class"]), match["bases"] or b""))
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
            functions += match["method"] is None
            annotation = (match["annotation"] or b"Request").rpartition(b".")[2]
            takers += match["request"] is not None and annotation.lower() in _REQUESTS
    return classes, decorators, calls, functions, takers, made, local


@lru_cache(maxsize=1024)
def _read_bases(text: bytes) -> tuple[str, ...]:
    """Read the names of base classes; a project repeats the same few."""
    while b"[" in text and _SUBSCRIPT.search(text):
        text = _SUBSCRIPT.sub(b"", text)
    return tuple(_text(match[0]) for match in _BASE.finditer(_KEYWORD.sub(b"", text)))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
