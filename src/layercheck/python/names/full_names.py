"""What names stand for, as far as one file tells."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from layercheck.python.names.bindings import Bindings, order_of
from layercheck.python.scopes import look_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.python.names.syntax_index import DefinitionNode, NodeIndex
    from layercheck.python.scopes import Binding

_DEEPEST = 12
"""The number of steps that a name is followed; protects against cycles."""
_BUILTINS = frozenset(dir(builtins))
_TRANSPARENT = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions")
    for name in ("Optional", "Annotated", "Final", "ClassVar")
)
"""What an annotation may be wrapped in without being about something else."""
_LITERAL = ".Literal"
_WITH_TEXT = (_LITERAL, ".Annotated")
"""Types in whose brackets a text may be no type."""


class Names:
    """Full names of the expressions of one file.

    A full name is absolute and dotted; `()` stands for what a call returns, and for an instance of a class:
    `fastapi.FastAPI().get` is the method `get` of an application, whatever the file calls either of them.
    """

    def __init__(self, index: NodeIndex, module: str, *, is_package: bool) -> None:
        self._index = index
        self._module = module
        self.bindings = Bindings(index, module, is_package=is_package)
        self._known: dict[ast.AST, str | None] = {}
        self._own_assignments: dict[ast.ClassDef, dict[str, list[ast.Assign | ast.AnnAssign]]] = {}

    def full_name(self, node: ast.expr | None) -> str | None:
        """Return the full name of an expression, None where the file does not tell."""
        return self._of(node, 0)

    def instance_of(self, annotation: ast.expr | None) -> str | None:
        """Return the full name of what is annotated like this: `sqlalchemy.orm.Session()` for `Session | None`."""
        return self._instance(annotation, 0)

    def full_names_in(self, annotation: ast.expr | None) -> Iterator[str]:
        """List the full names of all types in an annotation, from the outside in."""
        pending: list[tuple[ast.AST, bool]] = [] if annotation is None else [(annotation, True)]
        while pending:
            node, is_type = pending.pop(0)
            if isinstance(node, ast.Constant):
                quoted = _parse_quoted(node) if is_type and isinstance(node.value, str) else None
                pending += [] if quoted is None else [(quoted, True)]
            elif isinstance(node, ast.Subscript) and (self._of(node.value, 0) or "").endswith(_WITH_TEXT):
                # What text is in `Literal["User"]` and in `Annotated[str, Header(alias="User")]` is no type.
                first, *metadata = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                is_literal = (self._of(node.value, 0) or "").endswith(_LITERAL)
                pending += [(node.value, True), (first, not is_literal), *((each, False) for each in metadata)]
            else:
                name = self._of(node, 0) if isinstance(node, ast.Name | ast.Attribute) else None
                if name is not None:
                    yield name
                is_type = is_type and not isinstance(node, ast.Call)
                pending += [(child, is_type) for child in ast.iter_child_nodes(node)]

    def _of(self, node: ast.expr | None, depth: int) -> str | None:
        if node is None or depth > _DEEPEST:
            return None
        if node in self._known:
            return self._known[node]
        found = self._read(node, depth + 1)
        if depth == 0:
            self._known[node] = found
        return found

    def _read(self, node: ast.expr, depth: int) -> str | None:
        match node:
            case ast.Name():
                return self._of_name(node, depth)
            case ast.Attribute():
                base = self._of(node.value, depth)
                if base is None:
                    return None
                own = f"{self._module}."
                if base.startswith(own) and base.endswith("()"):
                    declared = self._of_attribute(base[len(own) : -2], node.attr, depth)
                    if declared is not None:
                        return declared
                return f"{base}.{node.attr}"
            case ast.Call():
                called = self._of(node.func, depth)
                return None if called is None else f"{called}()"
            case ast.Await():
                return self._of(node.value, depth)
            case ast.IfExp():
                return self._of(node.body, depth) or self._of(node.orelse, depth)
            case ast.BoolOp():
                return next(filter(None, (self._of(value, depth) for value in node.values)), None)
            case ast.NamedExpr():
                return self._of(node.value, depth)
            case ast.Subscript():
                # `SessionDep = Annotated[Session, Depends(get_session)]` is another name of `Session`.
                return self._of(_inner(node), depth) if self._of(node.value, depth) in _TRANSPARENT else None
        return None

    def _of_name(self, node: ast.Name, depth: int) -> str | None:
        scope = self.bindings.scope(self._index.scope(node))
        bindings, home = look_up(node.id, scope, order_of(node.lineno, node.col_offset))
        if home is None:
            return f"builtins.{node.id}" if node.id in _BUILTINS else None
        for binding in reversed(bindings):
            found = self._of_binding(binding, node.id, depth)
            if found is not None:
                return found
        # A name of the module has a full name even if it is not known what it stands for.
        return f"{self._module}.{node.id}" if home.parent is None and self._module else None

    def _of_binding(self, binding: Binding, name: str, depth: int) -> str | None:
        if binding.target is not None:
            return binding.target
        if binding.definition is not None:
            return self.of_definition(binding.definition)
        if binding.receiver is not None:
            inner = self.of_definition(binding.receiver)
            return None if inner is None else inner if name == "cls" else f"{inner}()"
        return self._instance(binding.annotation, depth) or self._of(binding.value, depth)

    def of_definition(self, node: DefinitionNode) -> str | None:
        """Return the full name of a definition; None for one inside a function."""
        owner = self._index.owner(node)
        if owner is None:
            return f"{self._module}.{node.name}" if self._module else node.name
        if isinstance(owner, ast.ClassDef):
            outer = self.of_definition(owner)
            return None if outer is None else f"{outer}.{node.name}"
        return None

    def _of_attribute(self, class_name: str, attribute: str, depth: int) -> str | None:
        """Find what `self.attribute` is: declared in the class, or assigned in one of its methods."""
        if depth > _DEEPEST:
            return None
        bindings = self.bindings.table(None).get(class_name, [])
        definition = next((each.definition for each in bindings if isinstance(each.definition, ast.ClassDef)), None)
        if definition is None:
            return None
        own = self.bindings.table(definition).get(attribute)
        if own:
            return self._instance(own[-1].annotation, depth) or self._of(own[-1].value, depth)
        for node in self._assignments_to_self(definition).get(attribute, ()):
            declared = node.annotation if isinstance(node, ast.AnnAssign) else None
            found = self._instance(declared, depth) or self._of(node.value, depth)
            if found is not None:
                return found
        return None

    def _assignments_to_self(self, definition: ast.ClassDef) -> dict[str, list[ast.Assign | ast.AnnAssign]]:
        """List the assignments to `self.attribute` in the methods of a class, by attribute."""
        known = self._own_assignments.get(definition)
        if known is None:
            known = self._own_assignments[definition] = {}
            for method in definition.body:
                if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                    for node in self._index.bindings(method):
                        for attribute in _own_targets(node):
                            known.setdefault(attribute, []).append(node)  # type: ignore[arg-type]  # only those have any
        return known

    def _instance(self, annotation: ast.expr | None, depth: int) -> str | None:
        match annotation:
            case ast.Name() | ast.Attribute():
                name = self._of(annotation, depth)
                return None if name is None else f"{name}()"
            case ast.Constant(value=str()):
                return self._instance(_parse_quoted(annotation), depth)
            case ast.BinOp(op=ast.BitOr()):
                return self._instance(annotation.left, depth) or self._instance(annotation.right, depth)
            case ast.Subscript():
                outer = self._of(annotation.value, depth)
                if outer in _TRANSPARENT:
                    return self._instance(_inner(annotation), depth)
                # `Repository[User]` is an instance of `Repository`.
                return None if outer is None else f"{outer}()"
        return None


def _inner(node: ast.Subscript) -> ast.expr:
    return node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice


def _own_targets(node: ast.AST) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            yield target.attr


def _parse_quoted(node: ast.Constant) -> ast.expr | None:
    try:
        parsed = ast.parse(str(node.value), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    for inner in ast.walk(parsed):
        ast.copy_location(inner, node)
    return parsed
