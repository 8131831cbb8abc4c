"""Which imported names a file uses in annotations, or to say what a class is made from, alone."""

from __future__ import annotations

import ast
from collections import defaultdict

from layercheck.later_pattern import compile_later

_WORD = compile_later(r"[^\W\d]\w*")
_ANNOTATIONS = frozenset({"annotation", "returns"})
_TYPES = frozenset({"Annotated", "Optional", "Union"})
_CAST = "cast"
_META = "Meta"
_MODEL = "model"
"""How Django, its relatives and the libraries of forms declare the table that a class is made from."""


def find_names_only_in_annotations(tree: ast.Module) -> tuple[str, ...]:
    """List the names taken by `from … import`, as they are called there, that stand in annotations and nowhere else.

    What is called in the metadata of `Annotated[…]` is used at run time, and so is a name that is only handed on. The
    table of a form or filter (`class Meta: model = User`) is declared, as in an annotation.
    """
    inside: set[str] = set()
    elsewhere: set[str] = set()
    called: dict[str, set[str]] = defaultdict(set)
    pending: list[tuple[ast.AST, bool]] = [(tree, False)]
    while pending:
        node, is_inside = pending.pop()
        if isinstance(node, ast.Name):
            (inside if is_inside else elsewhere).add(node.id)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                called[alias.name].add(alias.asname or alias.name)
        elif isinstance(node, ast.Call) and node.args and _last_name(node.func) == _CAST:
            pending += [(each, each is node.args[0]) for each in ast.iter_child_nodes(node)]
        elif isinstance(node, ast.ClassDef) and node.name == _META:
            pending += [(child, _is_declared_model(child)) for child in ast.iter_child_nodes(node)]
        elif isinstance(node, ast.Constant):
            if is_inside and isinstance(node.value, str):
                # A quoted annotation.
                inside.update(_WORD.findall(node.value))
        else:
            # A call in an annotation is metadata: `Annotated[User, Depends(current_user)]`.
            is_inside = (is_inside or _is_type(node)) and not isinstance(node, ast.Call)
            for field, value in ast.iter_fields(node):
                children = value if isinstance(value, list) else [value]
                is_annotation = is_inside or field in _ANNOTATIONS
                pending += [(child, is_annotation) for child in children if isinstance(child, ast.AST)]
    return tuple(sorted(name for name, locals_ in called.items() if locals_ & inside and not locals_ & elsewhere))


def _is_declared_model(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and all(
        isinstance(target, ast.Name) and target.id == _MODEL for target in node.targets
    )


def _is_type(node: ast.AST) -> bool:
    """Return whether a node is a type wherever it stands: `Annotated[User, Depends(current_user)]`."""
    return isinstance(node, ast.Subscript) and _last_name(node.value) in _TYPES


def _last_name(node: ast.expr) -> str:
    name: str = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name
