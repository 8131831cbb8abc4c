"""libcst's strings in the nodes of `ast`: plain, formatted, templates, and several written side by side."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from layercheck.python.newer.cst_translator import put
from layercheck.python.newer.newer_nodes import Interpolation, TemplateStr
from layercheck.python.text.source_text import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.python.newer.cst_translator import Extent, Translate, Translator


def _simple_string(_: Translator, node: Any) -> ast.expr:
    return ast.Constant(_value(node.value), _mark(node))


def _mark(node: Any) -> str | None:
    """Return the `u` that `ast` keeps of a `u"…"`."""
    return "u" if node.value.startswith("u") else None


def _value(literal: str) -> str | bytes:
    if literal[0] in "'\"" and "\\" not in literal and "\r" not in literal:
        quotes = 3 if literal.startswith(("'''", '"""')) else 1
        return literal[quotes:-quotes]
    value: str | bytes = ast.literal_eval(literal)
    return value


def _concatenated_string(to: Translator, node: Any) -> ast.expr:
    pieces = list(_pieces(node))
    kinds = {type(piece).__name__ for piece in pieces}
    if kinds != {"SimpleString"}:
        return _joined(to, pieces, is_template="TemplatedString" in kinds)
    values = [_value(piece.value) for piece in pieces]
    if len({type(value) for value in values}) > 1:
        raise SyntaxError("cannot mix bytes and nonbytes literals")
    return ast.Constant(values[0][:0].join(values), _mark(pieces[0]))  # type: ignore[arg-type]  # all of one type


def _pieces(node: Any) -> Iterator[Any]:
    while type(node).__name__ == "ConcatenatedString":
        yield node.left
        node = node.right
    yield node


def _joined(to: Translator, pieces: list[Any], *, is_template: bool = False) -> ast.expr:
    values = _Values()
    for piece in pieces:
        if type(piece).__name__ == "SimpleString":
            value = _value(piece.value)
            if isinstance(value, bytes):
                raise SyntaxError("cannot mix bytes and nonbytes literals")
            values.add_text(value, to.extent(piece), _mark(piece))
        else:
            _add_parts(to, values, piece.parts, is_raw="r" in piece.prefix)
    return TemplateStr(values.found) if is_template else ast.JoinedStr(values.found)


class _Values:
    """What an f-string is made of; neighbouring texts become one."""

    def __init__(self) -> None:
        self.found: list[ast.expr] = []

    def add_text(self, text: str, extent: Extent, mark: str | None = None) -> None:
        last = self.found[-1] if self.found else None
        if not text:
            return
        if isinstance(last, ast.Constant) and isinstance(last.value, str):
            last.value += text
            last.end_lineno, last.end_col_offset = extent.end_lineno, extent.end_col_offset
        else:
            self.found.append(put(ast.Constant(text, mark), extent))


def _add_parts(to: Translator, values: _Values, parts: Any, *, is_raw: bool) -> None:
    for part in parts:
        extent = to.extent(part)
        match type(part).__name__:
            case "FormattedStringText" | "TemplatedStringText":
                values.add_text(_cooked(part.value, is_raw=is_raw), extent)
            case "FormattedStringExpression":
                if part.equal is not None:
                    shown = extent.without(1, 0).to(to.extent(part.whitespace_after_expression))
                    values.add_text(LINE_END.sub("\n", to.text(shown)), shown)
                made = ast.FormattedValue(to.translate(part.expression), *_formatting(to, part, is_raw=is_raw))
                values.found.append(put(made, extent))
            case "TemplatedStringExpression":
                text = to.text(to.outer_extent(part.expression))
                formatting = _formatting(to, part, is_raw=is_raw)
                values.found.append(put(Interpolation(to.translate(part.expression), text, *formatting), extent))


def _formatting(to: Translator, part: Any, *, is_raw: bool) -> tuple[int, ast.JoinedStr | None]:
    """Translate what follows the expression: its conversion and its format."""
    conversion = part.conversion
    if part.equal is not None and conversion is None and part.format_spec is None:
        conversion = "r"
    number = -1 if conversion is None else ord(conversion)
    if part.format_spec is None:
        return number, None
    values = _Values()
    _add_parts(to, values, part.format_spec, is_raw=is_raw)
    colon = to.extent(part.whitespace_after_expression).end
    # The conversion is an exclamation mark and a letter.
    start = colon.without(0 if part.conversion is None else 2, 0)
    return number, put(ast.JoinedStr(values.found), start.to(to.extent(part).without(0, 1)))


_ESCAPES = re.compile(r"\\N\{[^{}]*\}|\\(?=\{\{|\}\}|\Z)|\\(?:\r\n|.)|\{\{|\}\}|\"|\r\n?|\n", re.DOTALL)


def _cooked(text: str, *, is_raw: bool) -> str:
    """Return the value of a text between the braces of an f-string."""
    if "\\" not in text or is_raw:
        return LINE_END.sub("\n", text).replace("{{", "{").replace("}}", "}")
    value: str = ast.literal_eval('"' + _ESCAPES.sub(_as_in_quotes, text) + '"')
    return value


def _as_in_quotes(found: re.Match[str]) -> str:
    match found[0]:
        case "{{" | "}}":
            return found[0][0]
        case "\\":
            return "\\\\"
        case '"':
            return '\\"'
        case "\r\n" | "\r" | "\n":
            return "\\n"
    return found[0]


STRINGS: dict[str, Translate] = {
    "SimpleString": _simple_string,
    "ConcatenatedString": _concatenated_string,
    "FormattedString": lambda to, node: _joined(to, [node]),
    "TemplatedString": lambda to, node: _joined(to, [node], is_template=True),
}
