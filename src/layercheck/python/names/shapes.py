"""What the shape of code tells without its names: literals, classes that hold nothing else, and programs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.model.definitions import Shape

_FIXED = ("literal", "container")


def is_program(tree: ast.Module) -> bool:
    """Return whether a file can be started by itself: it has an `if __name__ == "__main__"`."""
    tests = (each.test for each in tree.body if isinstance(each, ast.If))
    return any(is_main_guard(part) for test in tests for part in ast.walk(test))


def is_main_guard(test: ast.AST) -> bool:
    """Return whether a test is true only in a file that is started by itself: `__name__ == "__main__"`."""
    match test:
        case ast.BoolOp(op=ast.And()):
            return any(map(is_main_guard, test.values))
        case ast.Compare(left=left, ops=[ast.Eq() | ast.In()], comparators=[right]):
            # Some frameworks start files under further names: `__name__ in {"__main__", "__mp_main__"}`.
            names = {each.id for each in (left, right) if isinstance(each, ast.Name)}
            return "__name__" in names and any(
                isinstance(each, ast.Constant) and each.value == "__main__" for each in ast.walk(test)
            )
    return False


def holds_constants(node: ast.ClassDef) -> bool:
    """Return whether a class does an enum's work: it derives from nothing, and holds nothing but literals; none to be filled in."""
    if node.bases or node.keywords or node.decorator_list:
        return False
    held = [each for each in node.body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))]
    return bool(held) and all(
        isinstance(each, ast.Assign | ast.AnnAssign)
        and each.value is not None
        and shape_of(each.value) in _FIXED
        and not _is_none(each.value)
        for each in held
    )


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def shape_of(value: ast.expr) -> Shape:
    """Classify literals and values that consist of them; empty for everything else."""
    match value:
        case ast.Constant():
            return "literal"
        case ast.Tuple():
            return "literal" if all(shape_of(item) for item in value.elts) else ""
        case ast.List(elts=[]) | ast.Dict(values=[]):
            return "empty"
        case ast.Call(func=ast.Name(id="dict" | "list" | "set" | "OrderedDict"), args=[], keywords=[]):
            return "empty"
        case ast.Call(func=ast.Name(id="defaultdict"), keywords=[]):
            return "empty"
        case ast.List() | ast.Set():
            return "container" if all(shape_of(item) for item in value.elts) else ""
        case ast.Dict():
            parts = [*filter(None, value.keys), *value.values]
            return "container" if all(shape_of(part) for part in parts) else ""
        case ast.UnaryOp():
            return shape_of(value.operand)
        case ast.BinOp():
            return "literal" if shape_of(value.left) and shape_of(value.right) else ""
    return ""
