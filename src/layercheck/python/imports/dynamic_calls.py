"""Calls that import: what they import where it can be read, that it cannot be read where not."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from layercheck.python.imports.ast_imports import read_with_ast

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMPORT_MODULE = "importlib.import_module"
_DUNDER_IMPORT = ("builtins.__import__", "importlib.__import__")
_EXEC, _EVAL = "builtins.exec", "builtins.eval"
_ATTACH = "lazy_loader.attach"
_NAMED = ("pkgutil.resolve_name", "pydoc.locate", "runpy.run_module", "lazy_loader.load")
"""They take the name of a module, or of something in it."""
_FOUND_ELSEWHERE = (
    "runpy.run_path",
    "importlib.util.module_from_spec",
    "importlib.machinery.SourceFileLoader",
    "imp.load_source",
    "imp.load_module",
)
"""They take a file, or a module that was found before."""
_KNOWN = frozenset({_IMPORT_MODULE, *_DUNDER_IMPORT, _EXEC, _EVAL, _ATTACH, *_NAMED, *_FOUND_ELSEWHERE})
_IMPORT_STRING = "import_string"
"""Werkzeug and Django have one each, and projects their own."""

MARKERS = frozenset({_IMPORT_STRING, *(name.rpartition(".")[2] for name in _KNOWN)})
"""A function that imports is called by one of these names, or by another that the file gives it."""
_KEYWORDS = ("name", "import_name", "dotted_path", "mod_name", "path", "fullname")


class Target(NamedTuple):
    """What one call imports."""

    modules: tuple[str, ...]
    literal: ast.expr
    """The argument in which it stands."""


def imports_dynamically(callee: str) -> bool:
    """Whether a function, by its full dotted name, imports what its argument names."""
    return callee in _KNOWN or (callee.endswith(f".{_IMPORT_STRING}") and callee != f"builtins.{_IMPORT_STRING}")


def read_call(callee: str, call: ast.Call, *, is_package: bool) -> Target | None:
    """Read what such a call imports; None where that cannot be read. `exec` of other text is an empty target."""
    if callee in _FOUND_ELSEWHERE:
        return None
    if callee == _ATTACH:
        return _attach(call) if is_package else None
    literal = _argument(call, 0, *_KEYWORDS)
    name = _text(literal)
    if callee in {_EXEC, _EVAL} and literal is not None:
        return _run_text(callee, name, literal)
    if name is None or literal is None or not name.strip("."):
        return None
    if callee == _IMPORT_MODULE:
        module = _import_module(name, call, is_package=is_package)
        return None if module is None else Target((module,), literal)
    if callee in _DUNDER_IMPORT:
        modules = _dunder_import(name, call)
        return None if modules is None else Target(modules, literal)
    # `a.b:c` is the object c of the module a.b: the project finds out how far the dots are modules.
    return Target((name.replace(":", ".").rstrip("."),), literal)


def _run_text(callee: str, text: str | None, literal: ast.expr) -> Target | None:
    """Read what a text imports that is run; what is computed may import in a statement, and rarely does in a term."""
    if text is None:
        parts = (_text(node) or "" for node in ast.walk(literal) if isinstance(node, ast.expr))
        return None if callee == _EXEC or any("import" in part for part in parts) else Target((), literal)
    try:
        tree, _ = read_with_ast(text.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None if "import" in text else Target((), literal)
    found = list(_imports_in(tree))
    return None if None in found else Target(tuple(name for name in found if name is not None), literal)


def _imports_in(tree: ast.Module) -> Iterator[str | None]:
    """List what a text imports; None for what cannot be read."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                module = "." * node.level + (node.module or "")
                dotted = f"{module}." if node.module else module
                yield from (module if alias.name == "*" else dotted + alias.name for alias in node.names)
            case ast.Call(func=ast.Name(id="__import__")):
                target = read_call(_DUNDER_IMPORT[0], node, is_package=False)
                yield from (None,) if target is None else target.modules
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in MARKERS:
                yield None


def _attach(call: ast.Call) -> Target | None:
    """Read which modules of its package `attach(__name__, submodules, {module: names})` loads when they are used."""
    names: list[str | None] = []
    for argument in (_argument(call, 1, "submodules"), _argument(call, 2, "submod_attrs")):
        match argument:
            case None | ast.Constant(value=None):
                continue
            case ast.List() | ast.Tuple() | ast.Set():
                names += map(_text, argument.elts)
            case ast.Dict():
                names += map(_text, argument.keys)
            case _:
                return None
    return None if None in names else Target(tuple(f".{name}" for name in names), call)


def _import_module(name: str, call: ast.Call, *, is_package: bool) -> str | None:
    if not name.startswith("."):
        return name
    package = _argument(call, 1, "package")
    if package is None:
        return None
    absolute = _text(package)
    if absolute is not None:
        return _absolute(name, absolute)
    match package:
        case ast.Name(id="__name__"):
            # In a plain module, unlike in a package, one dot leads from `__name__` to the module itself.
            return name if is_package else name.removeprefix(".") if name.startswith("..") else None
        case ast.Name(id="__package__") | ast.Attribute(value=ast.Name(id="__spec__"), attr="parent"):
            return name
    return None


def _absolute(name: str, package: str) -> str | None:
    tail = name.lstrip(".")
    parts = package.split(".")
    kept = len(parts) - (len(name) - len(tail) - 1)
    return ".".join((*parts[:kept], tail)) if kept > 0 else None


def _dunder_import(name: str, call: ast.Call) -> tuple[str, ...] | None:
    level = _argument(call, 4, "level")
    dots = ""
    if level is not None:
        if not isinstance(level, ast.Constant) or not isinstance(level.value, int):
            return None
        dots = "." * level.value
    names = _argument(call, 3, "fromlist")
    items = names.elts if isinstance(names, ast.List | ast.Tuple) else []
    parts = [text for text in map(_text, items) if text and text.isidentifier()]
    return (dots + name, *(f"{dots}{name}.{part}" for part in parts))


def _argument(call: ast.Call, index: int, *keywords: str) -> ast.expr | None:
    """Find the argument at a position or under a keyword; what is hidden behind `*` or `**` comes as that expression."""
    for position, argument in enumerate(call.args):
        if position == index or isinstance(argument, ast.Starred):
            return argument
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg in keywords:
            return keyword.value
    return None


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
