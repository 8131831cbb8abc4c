"""The program collects no garbage while it runs, so what a file was read with must go by itself."""

from __future__ import annotations

import ast
import gc

from layercheck.python.imports.reader import read_imports

SOURCE = b"""
import importlib
import shop
load = importlib.import_module
class C:
    names = [shop.a.b for x in range(3)]
    def f(self):
        global load
        other = load
        def g():
            nonlocal other
            return other("shop.c"), shop.d.e(lambda y: y)
        return g
"""


def _count_nodes() -> int:
    return sum(isinstance(each, ast.expr) for each in gc.get_objects())


def test_no_tree_stays_when_the_imports_of_a_file_are_known() -> None:
    gc.collect()
    gc.disable()
    try:
        before = _count_nodes()
        found = read_imports(SOURCE)
        assert _count_nodes() == before
    finally:
        gc.enable()
    assert {site.module for site in found.sites} >= {"shop.c", "shop.d.e"}
