"""The edits that import a name which a fix needs, and that remove one which it makes superfluous."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.model.fix import Edit
from layercheck.model.source import Position, Span
from layercheck.python.text.round_trip import split_lines

if TYPE_CHECKING:
    from layercheck.python.text.source_text import SourceText


def add_import(tree: ast.Module, source: SourceText, module: str, name: str) -> tuple[Edit, ...]:
    """Add `from module import name` behind the imports at the top; nothing where the name is imported there already."""
    if any(_find_alias(statement, module, name) for statement in tree.body):
        return ()
    line_end = "\r\n" if "\r\n" in source.text else "\n"
    statement = f"from {module} import {name}{line_end}"
    after = [each.end_lineno or each.lineno for at, each in enumerate(tree.body) if _is_head(each, at)]
    lines = split_lines(source.text)
    if after and after[-1] == len(lines):
        # The file ends with an import and without a line end.
        place, statement = Position(len(lines), len(lines[-1])), f"{line_end}{statement.rstrip()}"
    else:
        place = Position(after[-1] + 1 if after else _first_line(tree), 0)
    return (Edit(Span(place, place), statement),)


def remove_import(tree: ast.Module, source: SourceText, module: str, name: str) -> tuple[Edit, ...]:
    """Remove `name` from `from module import …` at the top, the whole statement where it imports nothing else.

    Nothing where the name is not imported there under its own name. Whether it is still used is for the caller to know.
    """
    edits = []
    for statement in tree.body:
        alias = _find_alias(statement, module, name)
        if isinstance(statement, ast.ImportFrom) and alias is not None:
            if len(statement.names) == 1:
                edits.append(_remove_statement(statement, source))
            else:
                edits.append(_remove_alias(statement, alias, source))
    return tuple(edits)


def _remove_statement(statement: ast.stmt, source: SourceText) -> Edit:
    span, lines = source.span_of(statement), split_lines(source.text)
    before = lines[span.start.line - 1][: span.start.column]
    behind = lines[span.end.line - 1][span.end.column :].strip()
    if before.strip() or (behind and not behind.startswith("#")):
        return Edit(span, "pass")  # other statements are on its line
    if span.end.line == len(lines):
        return Edit(Span(span.start, Position(len(lines), len(lines[-1]))), "")
    return Edit(Span(Position(span.start.line, 0), Position(span.end.line + 1, 0)), "")


def _remove_alias(statement: ast.ImportFrom, alias: ast.alias, source: SourceText) -> Edit:
    at, span = statement.names.index(alias), source.span_of(alias)
    if at + 1 < len(statement.names):
        return Edit(Span(span.start, source.span_of(statement.names[at + 1]).start), "")
    return Edit(Span(source.span_of(statement.names[at - 1]).end, span.end), "")


def _find_alias(statement: ast.stmt, module: str, name: str) -> ast.alias | None:
    if not isinstance(statement, ast.ImportFrom) or statement.module != module or statement.level:
        return None
    return next((each for each in statement.names if each.name == name and each.asname in {None, name}), None)


def _is_head(statement: ast.stmt, at: int) -> bool:
    """Return whether a statement may only stand before what is added: an import, or the docstring."""
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return isinstance(statement, (ast.Import, ast.ImportFrom)) or (at == 0 and is_text)


def _first_line(tree: ast.Module) -> int:
    first = tree.body[0]
    decorators: list[ast.expr] = getattr(first, "decorator_list", [])
    return min([first.lineno, *(each.lineno for each in decorators)])
