"""Nodes of libcst in the place of others: the text around them stays, and lines keep their indentation."""

from __future__ import annotations

import libcst
import pytest
from libcst import matchers

from layercheck.edits.fixes import apply_edits
from layercheck.model.module import Module
from layercheck.python.text.encoding import decode_source
from layercheck.python.tree.parser import parse
from layercheck.rule.source_module import SourceModule

BLOCK = """\
class Service:
    def run(self) -> None:
        if self.ready:  # as always
            start()
        return 'a \\
b'
"""
NESTED = 'for each in self.steps:\n    text = """\n  as it is\n"""\n    each(\n        text\n    )\n'


def _open(text: str) -> SourceModule:
    module = Module("app.services.a", "app/services/a.py", is_package=False)
    return parse(decode_source(text.encode()), lambda parsed: SourceModule(module, parsed.tree, parsed.source))


def _replace(text: str, wanted: matchers.BaseMatcherNode, new: libcst.CSTNode) -> str:
    module = _open(text)
    (old,) = matchers.findall(module.cst.module, wanted)
    return apply_edits(module.text, [module.replace_cst(old, new)])


def test_statements_are_indented_as_those_around_them_and_texts_are_not() -> None:
    changed = _replace(BLOCK, matchers.If(), libcst.parse_statement(NESTED))

    indented = (
        "        for each in self.steps:\n"
        '            text = """\n  as it is\n"""\n'
        "            each(\n                text\n            )\n"
    )
    assert changed == BLOCK.replace("        if self.ready:  # as always\n            start()\n", indented)


def test_the_indentation_is_that_of_the_file() -> None:
    text = "def f():\r\n\tif a:\r\n\t\tb()\r\n"

    changed = _replace(text, matchers.If(), libcst.parse_statement("while a:\n    b()\n"))

    assert changed == "def f():\r\n\twhile a:\r\n\t\tb()\r\n"


def test_an_expression_changes_nothing_around_it() -> None:
    changed = _replace(BLOCK, matchers.Call(), libcst.parse_expression("start(now)"))

    assert changed == BLOCK.replace("start()", "start(now)")


def test_comments_above_a_statement_go_with_it() -> None:
    text = "def f() -> None:\n    # why\n    a()\n    b()\n"

    changed = _replace(
        text, matchers.SimpleStatementLine(leading_lines=[matchers.EmptyLine()]), libcst.parse_statement("c()")
    )

    assert changed == "def f() -> None:\n    c()\n    b()\n"


def test_a_node_of_another_tree_cannot_be_replaced() -> None:
    with pytest.raises(KeyError):
        _open("a()\n").replace_cst(libcst.parse_expression("a()"), libcst.parse_expression("b()"))
