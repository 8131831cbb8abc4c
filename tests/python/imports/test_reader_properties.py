"""Promises about every source: the scan misses nothing, and both exact readers say the same."""

from __future__ import annotations

import ast
import contextlib
import sysconfig
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesmith
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from layercheck.errors import UnreadableSourceError
from layercheck.model.imports import Depth, ImportKind
from layercheck.python.imports.ast_imports import read_with_ast
from layercheck.python.imports.import_finder import find_imports
from layercheck.python.imports.reader import read_imports
from layercheck.python.imports.scan import scan_source
from layercheck.python.imports.scan_flags import DYNAMIC, EXPORTS
from layercheck.python.newer.cst_tree import read_with_libcst
from layercheck.python.text.encoding import decode_source
from layercheck.python.text.source_text import LINE_END
from layercheck.python.tree.deep_stack import run_with_deep_stack

if TYPE_CHECKING:
    from layercheck.model.imports import FileImports

LIBRARY = Path(sysconfig.get_path("stdlib"))
PACKAGES = Path(sysconfig.get_path("purelib"))


def unscanned(data: bytes, found: FileImports) -> list[str]:
    """What the exact reader found and the scan did not."""
    scan = scan_source(data)
    lines = LINE_END.split(decode_source(data))
    suspected: set[tuple[str, str | None]] = set()
    for text in scan.imports:
        module, _, names = text.partition(":")
        suspected |= {(module, name) for name in names.split(",")} if names else {(module, None)}
    missing = [
        f"{site.module}:{site.name}"
        for site in found.sites
        if site.kind not in {ImportKind.DYNAMIC, ImportKind.ATTRIBUTE}
        and (site.module, site.name) not in suspected
        # Calls and attributes below `if TYPE_CHECKING` are typing-only too.
        and lines[site.statement.start.line - 1].lstrip().startswith(("import ", "from "))
    ]
    if found.blind_spots or any(site.form == "call" for site in found.sites):
        missing += [] if scan.flags & DYNAMIC else ["the flag DYNAMIC"]
    if found.exports is not None:
        missing += [] if scan.flags & EXPORTS else ["the flag EXPORTS"]
    return missing


def read_both(text: str) -> tuple[FileImports, FileImports]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        by_ast = find_imports(*read_with_ast(text), is_stub=False, is_package=False)
        by_libcst = run_with_deep_stack(
            lambda: find_imports(*read_with_libcst(text), is_stub=False, is_package=False),
        )
    return by_ast, by_libcst


def without_attributes(found: FileImports) -> FileImports:
    return replace(found, sites=tuple(site for site in found.sites if site.form != "attribute"), depth=Depth.CALLS)


def some_files(folder: Path, count: int) -> list[Path]:
    """A fixed choice of files, spread evenly over the folder."""
    paths = sorted(path for path in folder.rglob("*.py") if path.stat().st_size < 60_000)
    own = [path for path in paths if folder != LIBRARY or "site-packages" not in path.parts]
    return own[:: max(1, len(own) // count)]


@pytest.mark.parametrize(("folder", "count"), [(LIBRARY, 10_000), (PACKAGES, 300)], ids=["library", "packages"])
def test_the_scan_misses_nothing_in_real_files(folder: Path, count: int) -> None:
    for path in some_files(folder, count):
        data = path.read_bytes()
        try:
            found = read_imports(data)
        except UnreadableSourceError:
            continue
        assert (path, unscanned(data, found)) == (path, [])
        if scan_source(data).flags & DYNAMIC:
            assert (path, read_imports(data, depth=Depth.CALLS)) == (path, without_attributes(found))


@pytest.mark.parametrize("folder", [LIBRARY, PACKAGES], ids=["library", "packages"])
def test_both_readers_agree_on_real_files(folder: Path) -> None:
    for path in some_files(folder, 30):
        text = readable_text(path.read_bytes())
        if text is not None:
            by_ast, by_libcst = read_both(text)
            assert (path, by_ast) == (path, by_libcst)


def readable_text(data: bytes) -> str | None:
    """The text, if the running Python can parse it."""
    try:
        text = decode_source(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (UnreadableSourceError, SyntaxError, ValueError):
        return None
    return text


NAMES = st.sampled_from(["a", "b", "é", "shop", "import_module", "importlib", "exec", "TYPE_CHECKING", "x", "typing"])
DOTTED = st.lists(NAMES, min_size=1, max_size=3).flatmap(
    lambda names: st.sampled_from([".", " . ", ". "]).map(lambda dot: dot.join(names))
)
ALIASES = st.builds(lambda name, alias: f"{name} as {alias}" if alias else name, NAMES, st.none() | NAMES)
DOTS = st.sampled_from(["", ".", "..", ". .", "..."])
IMPORTS = st.one_of(
    st.builds(lambda name, alias: f"import {name}" + (f" as {alias}" if alias else ""), DOTTED, st.none() | NAMES),
    st.builds(lambda dots, module, name: f"from {dots}{module} import {name}", DOTS, DOTTED, ALIASES),
    st.builds(lambda name, other: f"from . import ({name}, # why\n  {other},\n)", ALIASES, ALIASES),
    st.builds(lambda name, other: f"from .\\\n. import {name}, \\\n {other}", ALIASES, ALIASES),
)
EXPRESSIONS = st.recursive(
    st.one_of(DOTTED, st.sampled_from(["'a.b'", "'a' '.b'", "f'{shop.a}'", "1", "None", "True", "False"])),
    lambda inner: st.one_of(
        st.builds("{}({}, {})".format, DOTTED, inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("(not {} and {})".format, inner, inner),
        st.builds("(lambda {}: {})".format, NAMES, inner),
        st.builds("[{} for {} in {} if {}]".format, inner, NAMES, inner, inner),
        st.builds("({} := {})".format, NAMES, inner),
        st.builds("({}).a.b".format, inner),
        st.builds("{{{}: {}}}".format, inner, inner),
    ),
    max_leaves=5,
)
SIMPLE = st.one_of(
    IMPORTS,
    EXPRESSIONS,
    st.builds("{} = {}".format, NAMES, EXPRESSIONS),
    st.builds("__all__ {} [{}]".format, st.sampled_from(["=", "+="]), EXPRESSIONS),
    st.builds("{}: {}".format, NAMES, DOTTED),
    st.builds("del {}".format, NAMES),
)


def indented(body: str) -> str:
    return "\n".join("    " + line for line in body.split("\n"))


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map("\n".join).map(indented)
    return st.one_of(
        st.builds("if {}:\n{}\nelif {}:\n{}\nelse:\n{}".format, EXPRESSIONS, body, EXPRESSIONS, body, body),
        st.builds("while {}:\n{}\nelse:\n{}".format, EXPRESSIONS, body, body),
        st.builds("for {} in {}:\n{}".format, NAMES, EXPRESSIONS, body),
        st.builds("try:\n{}\nexcept {} as {}:\n{}\nfinally:\n{}".format, body, DOTTED, NAMES, body, body),
        st.builds("with {} as {}:\n{}".format, EXPRESSIONS, NAMES, body),
        st.builds("@{}\ndef {}({}: {} = {}):\n{}".format, DOTTED, NAMES, NAMES, DOTTED, EXPRESSIONS, body),
        st.builds("def {}():\n    global {}\n{}".format, NAMES, st.just("shop"), body),
        st.builds("class {}({}, m={}):\n{}".format, NAMES, DOTTED, DOTTED, body),
        st.builds("match {}:\n    case [{}, *{}]:\n{}".format, EXPRESSIONS, NAMES, NAMES, body.map(indented)),
    )


SOURCES = st.lists(st.recursive(SIMPLE, blocks, max_leaves=8), min_size=1, max_size=6).map("\n".join)
QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@settings(QUIET, max_examples=100)
@given(SOURCES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_readers_and_scan_agree_on_imports_of_every_form(source: str, line_end: str) -> None:
    source = source.replace("\n", line_end)
    if readable_text(source.encode()) is None:
        return
    by_ast, by_libcst = read_both(source)
    assert by_ast == by_libcst
    assert unscanned(source.encode(), by_ast) == []
    assert read_imports(source.encode(), depth=Depth.CALLS) == without_attributes(by_ast)


@settings(QUIET, max_examples=40)
@given(st.one_of(hypothesmith.from_node(), hypothesmith.from_grammar()))
def test_readers_and_scan_agree_on_any_syntax(source: str) -> None:
    data = source.encode("utf-8", "replace")
    text = readable_text(data)
    if text is None:
        return
    by_ast, by_libcst = read_both(text)
    assert by_ast == by_libcst
    assert unscanned(data, by_ast) == []


@settings(QUIET, max_examples=200)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (scan_source, read_imports):
        with contextlib.suppress(UnreadableSourceError):
            read(data)
