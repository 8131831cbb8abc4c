"""libcst's statements in the nodes of `ast`; definitions are in `cst_definitions.py`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from layercheck.python.newer.cst_expressions import BINARY_OPERATORS
from layercheck.python.newer.cst_translator import fields, name_of, python_name

if TYPE_CHECKING:
    from layercheck.python.newer.cst_translator import Translate, Translator

_DELETE = ast.Del()


# Imports


def _import(to: Translator, node: Any) -> ast.stmt:
    return ast.Import(to.all(node.names))


def _import_from(to: Translator, node: Any) -> ast.stmt:
    star = not isinstance(node.names, tuple | list)
    aliases = to.all([node.names] if star else node.names)
    return ast.ImportFrom(_dotted(node.module) or None, aliases, len(node.relative))


def _alias(_: Translator, node: Any) -> ast.alias:
    return ast.alias(_dotted(node.name), name_of(node.asname.name) if node.asname else None)


def _lazy(statement: Translate) -> Translate:
    def translate(to: Translator, node: Any) -> ast.stmt:
        made: ast.stmt = statement(to, node)
        made.is_lazy = True  # type: ignore[attr-defined]  # a field since Python 3.15
        return made

    return translate


def _dotted(node: Any) -> str:
    names: list[str] = []
    while node is not None and type(node).__name__ == "Attribute":
        names.append(python_name(node.attr.value))
        node = node.value
    return ".".join((python_name(node.value), *reversed(names))) if node is not None else ""


# Compound statements


def _if(to: Translator, node: Any) -> ast.stmt:
    orelse = node.orelse
    other = [to.translate(orelse)] if type(orelse).__name__ == "If" else to.suite(orelse)
    return ast.If(to.translate(node.test), to.suite(node), other)


def _while(to: Translator, node: Any) -> ast.stmt:
    return ast.While(to.translate(node.test), to.suite(node), to.suite(node.orelse))


def _for(to: Translator, node: Any) -> ast.stmt:
    make = ast.AsyncFor if node.asynchronous else ast.For
    return make(to.target(node.target), to.translate(node.iter), to.suite(node), to.suite(node.orelse))


def _with(to: Translator, node: Any) -> ast.stmt:
    make = ast.AsyncWith if node.asynchronous else ast.With
    items = [
        ast.withitem(to.translate(item.item), to.target(item.asname.name) if item.asname else None)
        for item in node.items
    ]
    return make(items, to.suite(node))


def _try(make: type[ast.Try | ast.TryStar]) -> Translate:
    return lambda to, node: make(to.suite(node), to.all(node.handlers), to.suite(node.orelse), to.suite(node.finalbody))


def _except_handler(to: Translator, node: Any) -> ast.ExceptHandler:
    return ast.ExceptHandler(to.translate(node.type), name_of(node.name.name) if node.name else None, to.suite(node))


def _match(to: Translator, node: Any) -> ast.stmt:
    cases = [
        ast.match_case(to.translate(case.pattern), to.translate(case.guard), to.suite(case)) for case in node.cases
    ]
    return ast.Match(to.translate(node.subject), cases)


# Small statements


def _assign(to: Translator, node: Any) -> ast.stmt:
    return ast.Assign([to.target(target.target) for target in node.targets], to.translate(node.value))


def _ann_assign(to: Translator, node: Any) -> ast.stmt:
    target = to.target(node.target)
    is_simple = isinstance(target, ast.Name) and not node.target.lpar
    return ast.AnnAssign(target, to.translate(node.annotation.annotation), to.translate(node.value), int(is_simple))


def _aug_assign(to: Translator, node: Any) -> ast.stmt:
    operator = BINARY_OPERATORS[type(node.operator).__name__.removesuffix("Assign")]
    return ast.AugAssign(to.target(node.target), operator, to.translate(node.value))


def _del(to: Translator, node: Any) -> ast.stmt:
    target = to.target(node.target, _DELETE)
    is_list = isinstance(target, ast.Tuple) and not node.target.lpar
    return ast.Delete(target.elts if is_list else [target])


def _raise(to: Translator, node: Any) -> ast.stmt:
    return ast.Raise(to.translate(node.exc), to.translate(node.cause.item) if node.cause else None)


def _global(_: Translator, node: Any) -> ast.stmt:
    return ast.Global([python_name(item.name.value) for item in node.names])


def _nonlocal(_: Translator, node: Any) -> ast.stmt:
    return ast.Nonlocal([python_name(item.name.value) for item in node.names])


STATEMENTS: dict[str, Translate] = {
    "Import": _import,
    "LazyImport": _lazy(_import),
    "ImportFrom": _import_from,
    "LazyImportFrom": _lazy(_import_from),
    "ImportAlias": _alias,
    "ImportStar": lambda _to, _node: ast.alias("*"),
    "If": _if,
    "While": _while,
    "For": _for,
    "With": _with,
    "Try": _try(ast.Try),
    "TryStar": _try(ast.TryStar),
    "ExceptHandler": _except_handler,
    "ExceptStarHandler": _except_handler,
    "Match": _match,
    "Expr": fields(ast.Expr, "value"),
    "Assign": _assign,
    "AnnAssign": _ann_assign,
    "AugAssign": _aug_assign,
    "Del": _del,
    "Return": fields(ast.Return, "value"),
    "Raise": _raise,
    "Assert": fields(ast.Assert, "test", "msg"),
    "Global": _global,
    "Nonlocal": _nonlocal,
    "Pass": fields(ast.Pass),
    "Break": fields(ast.Break),
    "Continue": fields(ast.Continue),
}
