"""A file to what it says of the names at its top."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from layercheck.errors import UnreadableSourceError
from layercheck.model.definitions import CONSTANTS, ITEM, Definition, FileDefinitions
from layercheck.python.names.annotation_names import find_names_only_in_annotations
from layercheck.python.names.full_names import Names
from layercheck.python.names.function_uses import read_uses
from layercheck.python.names.shapes import holds_constants, is_program, shape_of
from layercheck.python.names.syntax_index import NodeIndex
from layercheck.python.text.encoding import decode_source
from layercheck.python.tree.parser import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.python.scopes import Binding

    _Function = ast.FunctionDef | ast.AsyncFunctionDef

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MARKS = frozenset({"__tablename__", "__table__", "__abstract__", "Meta", "Config", "model_config"})
_DEPENDENCY_CALLS = ("Depends()", "Security()", "Provide()")
_WRAPPERS = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "Async", "Abstract", "AbstractAsync")
    for name in ("Generator", "Iterator", "Iterable", "ContextManager")
) | {"Awaitable"}
"""What a function is annotated with that gives what is in the brackets first."""
UNRESOLVED = ("builtins.", "typing.")
"""Where it leads no further to know what something is."""

_ANYTHING = frozenset({"Any", "object"})
_MODULES_OF_TYPES = ("builtins.", "typing.", "typing_extensions.", "collections.")


def read_definitions(data: bytes, module: str, *, is_package: bool) -> FileDefinitions:
    """Read what a file says of the names at its top; nothing where it cannot be read."""
    try:
        return parse(decode_source(data), lambda parsed: _Reader(parsed.tree, module, is_package=is_package).read())
    except UnreadableSourceError:
        return FileDefinitions(module)


class _Reader:
    def __init__(self, tree: ast.Module, module: str, *, is_package: bool) -> None:
        self._in_annotations = find_names_only_in_annotations(tree)
        self._uses = {node: read_uses(node) for node in tree.body if isinstance(node, _FUNCTIONS)}
        _empty_annotated_functions(tree.body)
        self._module = module
        self._index = NodeIndex(tree)
        self._names = Names(self._index, module, is_package=is_package)
        self._given: dict[ast.AST | None, list[ast.Return | ast.Yield]] = defaultdict(list)
        given: list[ast.Return | ast.Yield] = [*self._index.nodes(ast.Return), *self._index.nodes(ast.Yield)]
        for node in given:
            self._given[self._index.owner(node)].append(node)
        self._tree = tree

    def read(self) -> FileDefinitions:
        table = self._names.bindings.table(None)
        names = {name: self._define(bindings) for name, bindings in table.items() if name != "*"}
        names.update(self._type_statements())
        stars = tuple(
            dict.fromkeys(str(binding.target).removesuffix(".*") for binding in table.get("*", ()) if binding.target)
        )
        return FileDefinitions(
            self._module, names, stars, self._dependencies(), self._in_annotations, is_program=is_program(self._tree)
        )

    def _type_statements(self) -> Iterator[tuple[str, Definition]]:
        for node in self._tree.body:
            # Of `ast` from Python 3.12 on; before, a node of our own reader.
            if node.__class__.__name__ == "TypeAlias":
                alias: Any = node
                yield alias.name.id, self._of_type(alias.value)

    def _dependencies(self) -> tuple[str, ...]:
        found = (
            self._names.full_name(call.args[0])
            for call in self._index.nodes(ast.Call)
            if call.args and (self._names.full_name(call) or "").endswith(_DEPENDENCY_CALLS)
        )
        return tuple(sorted({name for name in found if name is not None}))

    def _define(self, bindings: Sequence[Binding]) -> Definition:
        """Read the last binding that tells something: after `except ImportError` there is often None."""
        read = [self._of_binding(binding) for binding in bindings]
        return next((each for each in reversed(read) if each.form != "value" or each.value), read[-1])

    def _of_binding(self, binding: Binding) -> Definition:
        if binding.target is not None:
            return Definition("import", binding.target)
        if isinstance(binding.definition, ast.ClassDef):
            return self._of_class(binding.definition)
        if binding.definition is not None:
            return self._of_function(binding.definition)
        if binding.annotation is not None and (self._names.full_name(binding.annotation) or "").endswith(".TypeAlias"):
            return self._of_type(binding.value)
        declared = self._names.instance_of(binding.annotation)
        if binding.value is None:
            return Definition("value", declared or "")
        if isinstance(binding.value, ast.Subscript | ast.BinOp) and self._is_type(binding.value):
            return self._of_type(binding.value)
        known = self._full_name_of_value(binding.value) or self._specialised(binding.value)
        if declared and (known is None or not declared.startswith(UNRESOLVED)):
            known = declared
        return Definition("value", known or "", shape_of(binding.value), mentions=self._made_in(binding.value))

    def _made_in(self, value: ast.expr) -> tuple[str, ...]:
        """List what is called in a list, dictionary or the like: of what it is made."""
        if isinstance(value, ast.Call):
            return ()
        calls = (self._names.full_name(node) for node in ast.walk(value) if isinstance(node, ast.Call))
        return tuple(dict.fromkeys(name for name in calls if name is not None and not name.startswith(UNRESOLVED)))

    def _of_type(self, value: ast.expr | None) -> Definition:
        mentions = tuple(dict.fromkeys(self._names.full_names_in(value)))
        depended = (
            (self._names.full_name(node) for node in ast.walk(value) if isinstance(node, ast.Call)) if value else ()
        )
        given = [name for name in depended if name is not None and name.endswith(_DEPENDENCY_CALLS)]
        return Definition("value", self._names.full_name(value) or "", "type", mentions=(*mentions, *given))

    def _is_type(self, value: ast.expr) -> bool:
        """Return whether this is a type (`list[User]`, `User | None`), not `TABLE[key]`, `FLAG | OTHER` or `Repository[User]`."""
        match value:
            case ast.BinOp(op=ast.BitOr()):
                return self._is_type(value.left) and self._is_type(value.right)
            case ast.Constant():
                return value.value is None
            case ast.Subscript():
                return (self._names.full_name(value.value) or "").startswith(_MODULES_OF_TYPES)
        name = self._names.full_name(value) or ""
        return name.startswith(UNRESOLVED) or _looks_like_class(name)

    def _full_name_of_value(self, value: ast.expr | None) -> str | None:
        """Return the full name of a value; that of `client["shop"]` as well."""
        if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant | ast.Attribute):
            owner = self._names.full_name(value.value)
            return f"{owner}{ITEM}" if owner and owner.endswith("()") else None
        return self._names.full_name(value)

    def _specialised(self, value: ast.expr) -> str | None:
        """Return the class of `Repository[User]`."""
        name = self._names.full_name(value.value) if isinstance(value, ast.Subscript) else None
        return name if name is not None and _looks_like_class(name) else None

    def _of_class(self, node: ast.ClassDef) -> Definition:
        return Definition(
            "class",
            bases=tuple(filter(None, (self._names.full_name(_without_brackets(base)) for base in node.bases))),
            keywords=tuple(
                f"{keyword.arg}={keyword.value.value!r}"
                for keyword in node.keywords
                if keyword.arg and isinstance(keyword.value, ast.Constant)
            ),
            decorators=self._decorators(node),
            marks=tuple(sorted(self._marks(node))),
            members=dict(self._members(node)),
        )

    def _marks(self, node: ast.ClassDef) -> Iterator[str]:
        if holds_constants(node):
            yield CONSTANTS
        for name, bindings in self._names.bindings.table(node).items():
            last = bindings[-1]
            if name not in _MARKS or isinstance(last.definition, _FUNCTIONS):
                continue
            if name != "__abstract__" or _is_true(last.value):
                yield name
            if name == "Meta" and isinstance(last.definition, ast.ClassDef):
                inner = self._names.bindings.table(last.definition)
                if "abstract" in inner and _is_true(inner["abstract"][-1].value):
                    yield "Meta.abstract"
                if "model" in inner:
                    yield "Meta.model"

    def _members(self, node: ast.ClassDef) -> Iterator[tuple[str, Definition]]:
        table = self._names.bindings.table(node)
        for name, bindings in table.items():
            found = self._define(bindings)
            if found.form != "class" and (found.mentions or (found.value and not found.value.startswith(UNRESOLVED))):
                yield name, found
        for method in node.body:
            if isinstance(method, _FUNCTIONS) and method.name == "__init__":
                for name, value in self._own_attributes(method):
                    if name not in table:
                        yield name, Definition("value", value)

    def _own_attributes(self, method: _Function) -> Iterator[tuple[str, str]]:
        for node in self._index.bindings(method):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                    annotation = node.annotation if isinstance(node, ast.AnnAssign) else None
                    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
                    found = self._names.instance_of(annotation) or self._names.full_name(value)
                    if found and not found.startswith(UNRESOLVED):
                        yield target.attr, found

    def _of_function(self, node: _Function) -> Definition:
        given = self._given.get(node, [])
        visible = [name for name in (self._full_name_of_value(each.value) for each in given) if name is not None]
        declared = tuple(dict.fromkeys(self._names.full_names_in(node.returns)))
        value = self._declared(node.returns) or next(iter(visible), "")
        marks, uses = self._describe_body(node)
        return Definition(
            "function",
            value,
            decorators=self._decorators(node),
            mentions=tuple(dict.fromkeys((*declared, *visible))),
            is_generator=any(isinstance(each, ast.Yield) for each in given),
            marks=marks,
            uses=uses,
        )

    def _describe_body(self, node: _Function) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give marks and uses of a function at the top; nobody asks for those of methods."""
        found = self._uses.get(node)
        if found is None:
            return (), ()
        top = self._names.bindings.table(None)
        marks = [mark for mark, holds in (("query", found.is_query), ("empty", found.is_empty)) if holds]
        names = (name for name in found.names if name.partition(".")[0] in top and name != node.name)
        return tuple(marks), tuple(names)

    def _declared(self, annotation: ast.expr | None) -> str | None:
        """Return the full name of what a call gives by its annotation: of what it yields, where it yields."""
        if isinstance(annotation, ast.Subscript):
            outer = self._names.full_name(annotation.value) or ""
            if outer.rpartition(".")[2] in _WRAPPERS:
                inner = annotation.slice
                return self._names.instance_of(inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner)
        return self._names.instance_of(annotation)

    def _decorators(self, node: _Function | ast.ClassDef) -> tuple[str, ...]:
        return tuple(filter(None, map(self._names.full_name, node.decorator_list)))


def _empty_annotated_functions(body: list[ast.stmt]) -> None:
    """Empty the functions whose annotation says what they give: most of a text, that nobody has to walk through."""
    for node in body:
        if isinstance(node, _FUNCTIONS):
            says_nothing = node.returns is None or (isinstance(node.returns, ast.Name) and node.returns.id in _ANYTHING)
            if not says_nothing and node.name != "__init__":
                node.body = []
        elif isinstance(node, ast.ClassDef | ast.If):
            _empty_annotated_functions(node.body)


def _without_brackets(node: ast.expr) -> ast.expr:
    """Return the class of `Repository[User]`."""
    return node.value if isinstance(node, ast.Subscript) else node


def _looks_like_class(name: str) -> bool:
    last = name.rpartition(".")[2]
    return last[:1].isupper() and (len(last) == 1 or not last.isupper()) and not last.endswith("()")


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True
