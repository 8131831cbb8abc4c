"""The edit that imports a name which a fix needs."""

from __future__ import annotations

import ast

from layercheck.model.fix import Edit
from layercheck.model.source import Position, Span


def add_import(tree: ast.Module, text: str, module: str, name: str) -> tuple[Edit, ...]:
    """Add `from module import name` behind the imports at the top; nothing where the name is imported there already."""
    if any(_gives(statement, module, name) for statement in tree.body):
        return ()
    line_end = "\r\n" if "\r\n" in text else "\n"
    statement = f"from {module} import {name}{line_end}"
    after = [each.end_lineno or each.lineno for at, each in enumerate(tree.body) if _is_head(each, at)]
    lines = len(text.splitlines())
    if after and after[-1] >= lines and not text.endswith(("\n", "\r")):
        # The file ends with an import and without a line end.
        last = text.splitlines()[-1]
        place, statement = Position(lines, len(last)), f"{line_end}{statement.rstrip()}"
    else:
        place = Position(after[-1] + 1 if after else _first_line(tree), 0)
    return (Edit(Span(place, place), statement),)


def _gives(statement: ast.stmt, module: str, name: str) -> bool:
    is_from = isinstance(statement, ast.ImportFrom) and statement.module == module and not statement.level
    return is_from and any(each.name == name and each.asname in {None, name} for each in statement.names)  # type: ignore[attr-defined]  # as just seen


def _is_head(statement: ast.stmt, at: int) -> bool:
    """Tell whether a statement may only stand before what is added: an import, or the docstring."""
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return isinstance(statement, (ast.Import, ast.ImportFrom)) or (at == 0 and is_text)


def _first_line(tree: ast.Module) -> int:
    first = tree.body[0]
    decorators: list[ast.expr] = getattr(first, "decorator_list", [])
    return min([first.lineno, *(each.lineno for each in decorators)])
