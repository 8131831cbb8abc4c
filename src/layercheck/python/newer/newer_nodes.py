"""Nodes of syntax trees that the `ast` of Python 3.11 does not have; whoever meets them knows them by their names."""

from __future__ import annotations

import ast


class TypeAlias(ast.stmt):
    """`type X[T] = …`, which `ast` has from Python 3.12 on."""

    _fields = ("name", "type_params", "value")

    def __init__(self, name: ast.Name, type_params: list[TypeParameter], value: ast.expr) -> None:
        super().__init__()
        self.name = name
        self.type_params = type_params
        self.value = value


class TypeParameter(ast.AST):
    """One of the `[T: bound = default]` of Python 3.12, be it `T`, `*T` or `**T`."""

    _fields = ("name", "bound", "default_value")
    _attributes = ("lineno", "col_offset", "end_lineno", "end_col_offset")

    def __init__(self, name: str, bound: ast.expr | None, default_value: ast.expr | None) -> None:
        super().__init__()
        self.name = name
        self.bound = bound
        self.default_value = default_value


class TemplateStr(ast.expr):
    """`t"…{x}…"`, which `ast` has from Python 3.14 on."""

    _fields = ("values",)

    def __init__(self, values: list[ast.expr]) -> None:
        super().__init__()
        self.values = values


class Interpolation(ast.expr):
    """What is between the braces of a `TemplateStr`; `str` is its text."""

    _fields = ("value", "str", "conversion", "format_spec")

    def __init__(self, value: ast.expr, text: str, conversion: int, format_spec: ast.expr | None) -> None:
        super().__init__()
        self.value = value
        self.str = text
        self.conversion = conversion
        self.format_spec = format_spec
