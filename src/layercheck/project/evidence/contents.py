"""What files define: the strongest evidence of their roles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.evidence.class_kinds import Classes, kind_of_name
from layercheck.project.evidence.signs import (
    APPLICATION,
    CALLS,
    DECORATORS,
    DEPENDENCY,
    ENDPOINT,
    FACTORY,
    LEARNING,
    REQUEST,
    ROUTERS,
    STORES,
    TEST_CASE,
    TEST_LIBRARIES,
    VERBS,
    WEB,
)
from layercheck.python.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Contents(NamedTuple):
    """What one file defines, by kind (`signs.py`)."""

    kinds: Counter[str]
    """How many of each: classes, decorated functions, calls at the top."""
    classes: int
    functions: int
    example: Mapping[str, str]
    """Kind → the first thing of it, to be shown."""
    is_stored: bool = False
    """Whether the file imports a library of databases."""
    is_web: bool = False
    """Whether the file imports a web framework."""
    is_test: bool = False
    """Whether the file imports what only tests need, or derives a class from a test case."""
    is_learning: bool = False
    """Whether the file imports a library of machine learning."""
    takes_requests: bool = False
    """Whether a function or method takes a request, whatever the file imports."""
    is_empty: bool = False
    """Whether there is nothing but comments, imports or a docstring, as far as can be told."""


class ContentsReader:
    """Tells what every file defines, and again of a file that has changed.

    Classes are followed through base classes of the project itself.
    """

    def __init__(self, outlines: Mapping[str, Outline], imports: Mapping[str, Iterable[str]]) -> None:
        """Take all files; `imports`: path → what each imports, as the scan writes it (`a.b:c,d`)."""
        self._outlines = dict(outlines)
        self._classes = Classes(outlines, imports)
        self.contents = {path: _read(path, outline, self._classes) for path, outline in outlines.items()}
        """What each file defines, by path."""

    def replace(self, path: str, outline: Outline, imports: Iterable[str]) -> bool:
        """Take in a file that has changed; returns False if it may change what others define, and all must be read again."""
        if not self._classes.replace(path, self._outlines[path], outline, imports):
            return False
        self._outlines[path] = outline
        found = _read(path, outline, self._classes)
        if found != self.contents[path]:
            self.contents = {**self.contents, path: found}
        return True

    def moved(self, outlines: Mapping[str, Outline], imports: Mapping[str, Iterable[str]]) -> ContentsReader | None:
        """Take in which files there are now, and go on; None where that may change what other files define.

        Then, this one is of no more use either. The files that were there before are as they were.
        """
        before = self._outlines
        gone = {path: before[path] for path in before if path not in outlines}
        new = {path: outline for path, outline in outlines.items() if path not in before}
        if not self._classes.move(gone, new, outlines.keys(), imports):
            return None
        self._outlines = dict(outlines)
        known = self.contents
        self.contents = {
            path: known[path] if path in known else _read(path, outline, self._classes)
            for path, outline in outlines.items()
        }
        return self


def _read(path: str, outline: Outline, classes: Classes) -> Contents:
    libraries = classes.libraries[path]
    kinds: Counter[str] = Counter()
    example: dict[str, str] = {}

    def add(kind: str, what: str) -> None:
        kinds[kind] += 1
        example.setdefault(kind, what)

    for each in outline.classes:
        kind = classes.kind_of(path, each) or kind_of_name(each.name)
        if kind is not None:
            add(kind, f"class {each.name}")
    if "fastapi" in libraries and classes.imports_dependencies(path):
        add(DEPENDENCY, "Depends(…)")
    for call in outline.local_calls:
        if call.rpartition(".")[2] in CALLS and CALLS[call.rpartition(".")[2]].kind == APPLICATION:
            add(FACTORY, f"{call}(…) in a function")
    for call in outline.calls:
        last = call.rpartition(".")[2]
        sign = CALLS.get(last)
        if sign is not None and (not sign.libraries or sign.libraries & libraries):
            add(sign.kind, f"{last}(…)")
    for decorator in outline.decorators:
        before, _, last = decorator.rpartition(".")
        sign = DECORATORS.get(last)
        if before and last in VERBS and before.rpartition(".")[2].lower().endswith(ROUTERS):
            add(ENDPOINT, f"@{decorator}")
        elif sign is not None and (not sign.libraries or sign.libraries & libraries):
            add(sign.kind, f"@{decorator}")
    if "django" in libraries or not WEB.isdisjoint(libraries):
        for _ in range(outline.request_takers):
            add(REQUEST, "def …(request)")
    return Contents(
        kinds,
        len(outline.classes),
        outline.functions,
        example,
        not STORES.isdisjoint(libraries),
        not WEB.isdisjoint(libraries),
        not TEST_LIBRARIES.isdisjoint(libraries)
        or any(base.endswith(TEST_CASE) for each in outline.classes for base in each.bases),
        not LEARNING.isdisjoint(libraries),
        outline.request_takers > 0,
        outline == Outline(),
    )
