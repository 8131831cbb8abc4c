"""Looking at the syntax of a file: one parse for all rules, and for the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import msgspec

from layercheck.model.examination import Examination
from layercheck.model.imports import FileImports
from layercheck.python.text.encoding import decode_source
from layercheck.python.tree.parser import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.model.examination import Fact, ModuleFinding
    from layercheck.model.failure import Failure
    from layercheck.model.module import Module
    from layercheck.python.imports.scan import Scan
    from layercheck.python.tree.parser import Parsed


R = TypeVar("R")


class Looked(NamedTuple):
    """What rules found in one file, what they noted, and which of them failed."""

    findings: tuple[tuple[str, ModuleFinding], ...]
    """Each with the code of its rule."""
    failures: tuple[Failure, ...] = ()
    imports: FileImports | None = None
    """The import statements, where the parse was asked for them."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """What rules noted besides, each with the code of its rule."""


class Examiner(Protocol[R]):
    """Looks at the syntax of files, with rules of any kind."""

    @property
    def identity(self) -> bytes:
        """Identify the rules and options: examiners that may find different things differ in it."""

    def choose_rules(self, module: Module, scan: Scan, data: bytes) -> Sequence[R]:
        """Choose by the bytes of a file the rules that may find something in it; without any it is not parsed."""

    def look(self, rules: Sequence[R], module: Module, parsed: Parsed) -> Looked:
        """Find what there is to find in a parsed file."""


class Examined(msgspec.Struct):
    """The outcome for one file, and the imports that its parse gave as well."""

    examination: Examination
    imports: FileImports | None = None


def examine(module: Module, scan: Scan, data: bytes, examiner: Examiner[R]) -> Examined:
    """Examine one file; it is parsed at most once. Raises UnreadableSourceError."""
    blank = Examination(module, examiner.identity)
    rules = examiner.choose_rules(module, scan, data)
    if not rules:
        return Examined(blank)

    def use(parsed: Parsed) -> Examined:
        findings, failures, imports, facts = examiner.look(rules, module, parsed)
        examination = Examination(module, examiner.identity, findings, failures, is_parsed=True, facts=facts)
        if imports is not None and parsed.nested_too_deeply:
            imports = msgspec.structs.replace(imports, nested_too_deeply=True)
        return Examined(examination, imports)

    return parse(decode_source(data), use)
