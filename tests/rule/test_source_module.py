from __future__ import annotations

import ast

import libcst.matchers

from layercheck.model.source import Position, Span
from tests.python.names.seeing import see

TEXT = """
    import os

    class Service:
        @cached
        async def create(self, name=os.getenv("A")):
            return os.getenv("B")

    if __name__ == "__main__":
        os.getenv("C")
    os.getenv("D")
"""


def test_nodes_come_in_the_order_of_the_text() -> None:
    module = see(TEXT)

    assert [call.args[0].value for call in module.nodes(ast.Call) if isinstance(call.args[0], ast.Constant)] == [
        *"ABCD"
    ]


def test_where_a_node_stands() -> None:
    module = see(TEXT)
    a, b, c, d = module.nodes(ast.Call)

    assert [module.path_to(node) for node in (a, b, c, d)] == ["Service", "Service.create", "", ""]
    assert module.path_to(module.functions()[0]) == "Service.create"
    assert [module.is_run_at_import(node) for node in (a, b, c, d)] == [True, False, False, True]
    assert module.function_around(b) is module.functions()[0]


def test_a_lambda_is_not_run_by_an_import() -> None:
    module = see("x = f(lambda y=g(): h(y))")

    assert [module.is_run_at_import(call) for call in module.nodes(ast.Call)] == [True, True, False]


def test_a_definition_is_found_at_its_name() -> None:
    finding = see(TEXT).finding(see(TEXT).tree.body[1], "wrong")

    assert finding.span == Span(Position(4, 6), Position(4, 13))
    assert finding.about == "Service"


def test_comments_count_at_the_statement_but_not_in_its_body() -> None:
    module = see("x = f(\n    1,\n)\nfor y in g(\n    2,\n):\n    pass\n")
    first, second = module.nodes(ast.Call)

    assert module.finding(first, "").statement == Span(Position(1, 0), Position(3, 1))
    assert module.finding(second, "").statement == Span(Position(4, 0), Position(6, 1))


def test_places_count_code_points() -> None:
    module = see('ä = "ö"; f()\n')

    assert module.span(module.nodes(ast.Call)[0]) == Span(Position(1, 9), Position(1, 12))


def test_the_tree_of_libcst_is_there_for_those_who_ask() -> None:
    module = see("x = f()  # why\n")
    call = next(node for node in module.cst.module.children[0].children if isinstance(node, libcst.Assign))

    assert module.cst_span(call) == Span(Position(1, 0), Position(1, 7))


def test_a_finding_may_stand_at_a_node_of_libcst_or_anywhere_in_the_text() -> None:
    module = see("def f():\n    x = g()  # why\n")
    (assign,) = libcst.matchers.findall(module.cst.module, libcst.matchers.Assign())
    comment = Span(Position(2, 13), Position(2, 18))

    assert (module.finding(assign, "").span, module.finding(assign, "").about) == (
        Span(Position(2, 4), Position(2, 11)),
        "f",
    )
    assert (module.finding(comment, "").span, module.finding(comment, "").about) == (comment, "f")
    assert module.finding(comment, "").statement.start.line == 2


def test_a_finding_may_stand_where_there_is_no_statement() -> None:
    comment = Span(Position(1, 0), Position(1, 5))
    finding = see("# why\n").finding(comment, "")

    assert (finding.statement, finding.about) == (comment, "")


def test_the_uses_of_foreign_names() -> None:
    module = see(
        """
        import flask
        from flask import request as asked, g
        from app import request

        def f(asked_again=asked):
            flask.request.args
            request
            return lambda asked: g.user
        """
    )

    found = [(ast.unparse(node), node.lineno) for node in module.uses_of({"flask.request", "flask.g"})]

    assert found == [("asked", 6), ("flask.request", 7), ("g", 9)]
