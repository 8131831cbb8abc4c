"""Calls that import: what they import where it can be read, that it cannot be read where not."""

from __future__ import annotations

import ast
from typing import NamedTuple

MARKERS = ("import_module", "__import__", "resolve_name", "import_string", "exec")
"""Without one of these words a file imports nothing by a call."""

_IMPORT_MODULE = "importlib.import_module"
_DUNDER_IMPORT = ("builtins.__import__", "importlib.__import__")
_RESOLVE_NAME = "pkgutil.resolve_name"
_EXEC = "builtins.exec"


class Target(NamedTuple):
    """What one call imports."""

    modules: tuple[str, ...]
    literal: ast.expr
    """The argument in which it stands."""


def imports_dynamically(callee: str) -> bool:
    """Whether a function, by its full dotted name, imports what its argument names."""
    if callee in (_IMPORT_MODULE, *_DUNDER_IMPORT, _RESOLVE_NAME, _EXEC):
        return True
    # Werkzeug and Django have one each, and projects their own.
    return callee.endswith(".import_string") and callee != "builtins.import_string"


def read_call(callee: str, call: ast.Call, *, is_package: bool) -> Target | None:
    """Read what such a call imports; None where that cannot be read. `exec` of plain text is an empty target."""
    literal = _argument(call, 0, "object" if callee == _EXEC else "name", "import_name", "dotted_path")
    name = _text(literal)
    if name is None or literal is None:
        return None
    if callee == _EXEC:
        return None if "import" in name else Target((), literal)
    if not name.strip("."):
        return None
    if callee == _IMPORT_MODULE:
        module = _import_module(name, call, is_package=is_package)
        return None if module is None else Target((module,), literal)
    if callee in _DUNDER_IMPORT:
        modules = _dunder_import(name, call)
        return None if modules is None else Target(modules, literal)
    # `a.b:c` is the object c of the module a.b: the project finds out how far the dots are modules.
    return Target((name.replace(":", ".").rstrip("."),), literal)


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
