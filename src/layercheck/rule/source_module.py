"""One module of the project with its text and syntax: what a module rule sees."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from layercheck.model.examination import Fact, ModuleFinding
from layercheck.model.imports import Depth
from layercheck.model.source import Position, Span
from layercheck.python.names.full_names import Names
from layercheck.python.names.shapes import is_main_guard, is_program
from layercheck.python.names.syntax_index import DEFINITIONS, NodeIndex
from layercheck.rule.import_edits import add_import, remove_import

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import libcst

    from layercheck.model.fix import Edit, Fix
    from layercheck.model.imports import FileImports
    from layercheck.model.module import Module
    from layercheck.python.names.syntax_index import DefinitionNode
    from layercheck.python.text.source_text import SourceText

N = TypeVar("N", bound=ast.AST)


class SourceModule:
    """A module with its text, its `ast` tree, and the full names of its expressions.

    The tree is the same under every Python: it contains syntax that is newer than the running one. All rules share one
    parse and one walk.
    """

    def __init__(self, module: Module, tree: ast.Module, source: SourceText) -> None:
        self.module = module
        """Its name, path, role, layer and application."""
        self.tree = tree
        self._source = source

    @property
    def text(self) -> str:
        """The source."""
        return self._source.text

    @property
    def is_program(self) -> bool:
        """Whether the file can be started by itself: `if __name__ == "__main__"`."""
        return is_program(self.tree)

    def nodes(self, *classes: type[N]) -> Sequence[N]:
        """List the nodes of some classes of `ast` (no subclasses), in the order of the text."""
        return self._index.nodes(*classes)

    def functions(self) -> Sequence[ast.FunctionDef | ast.AsyncFunctionDef]:
        """List all functions and methods, in the order of the text."""
        return self._index.nodes(ast.FunctionDef, ast.AsyncFunctionDef)

    def full_name(self, node: ast.expr | None) -> str | None:
        """Return the full name of an expression: `fastapi.FastAPI().get` for `app.get` after `app = FastAPI()`.

        The name is absolute and follows imports, aliases, annotations, assignments and `self`; `()` stands for the
        result of a call and for an instance of a class. None where this file does not tell.
        """
        return self._names.full_name(node)

    def uses_of(self, full_names: Collection[str]) -> Iterator[ast.expr]:
        """Find the expressions that refer to one of some names of libraries (`flask.request`), in the order of the text.

        Much quicker than to ask every name and attribute: those that no import of the file leads to are passed over.
        """
        imported = self.imported_from({name.partition(".")[0] for name in full_names})
        for node in self.nodes(ast.Name, ast.Attribute) if imported else ():
            root: ast.expr = node
            while isinstance(root, ast.Attribute):
                root = root.value
            if isinstance(root, ast.Name) and root.id in imported and self.full_name(node) in full_names:
                yield node

    def instance_of(self, annotation: ast.expr | None) -> str | None:
        """Return the full name of the annotated value, without `X | None`, `Optional`, `Annotated` and quotes."""
        return self._names.instance_of(annotation)

    def names_in(self, annotation: ast.expr | None) -> Iterator[str]:
        """List the full names of all types in an annotation, from the outside in."""
        return self._names.full_names_in(annotation)

    def owner(self, node: ast.AST) -> DefinitionNode | None:
        """Find the innermost function or class around a node; a decorator is outside of what it decorates."""
        return self._index.owner(node)

    def function_around(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """Find the innermost function around a node."""
        owner = self.owner(node)
        while isinstance(owner, ast.ClassDef):
            owner = self.owner(owner)
        return owner

    def is_run_at_import(self, node: ast.AST) -> bool:
        """Return whether a node is evaluated when the module is imported: in no function or lambda, nor below `__main__`."""
        return self.function_around(node) is None and node not in self._guarded

    def is_in_test(self, node: ast.AST) -> bool:
        """Return whether a node is in a test function."""
        around = self.function_around(node)
        while around is not None and not around.name.startswith("test_"):
            around = self.function_around(around)
        return around is not None

    def path_to(self, node: ast.AST) -> str:
        """Return the name of the definition that a node is, or is in: `UserService.create`; empty at the top level."""
        names = []
        around = node if isinstance(node, DEFINITIONS) else self.owner(node)
        while around is not None:
            names.append(around.name)
            around = self.owner(around)
        return ".".join(reversed(names))

    def span(self, node: ast.AST) -> Span:
        """Return the location of a node; for a definition, that of its name."""
        if isinstance(node, DEFINITIONS):
            return self._source.span(*self._source.name_of_definition(node))
        return self.whole_span(node)

    def whole_span(self, node: ast.AST) -> Span:
        """Return the location of a whole node; for a definition, without its decorators."""
        return self._source.span(*self._source.range_of(node))  # type: ignore[arg-type]  # nodes with a place

    def text_at(self, span: Span) -> str:
        """Return the text at a location."""
        return self._source.text_at(span)

    def finding(
        self,
        node: ast.AST | libcst.CSTNode | Span,
        message: str,
        *,
        about: str | None = None,
        names: Sequence[str] = (),
        notes: Sequence[str] = (),
        fix: Fix | None = None,
    ) -> ModuleFinding:
        """Make a finding at a node of `tree` or of `cst`, or at a stretch of the text.

        `about` says what in the module it is about, and is part of the finding's identity over time: by default the
        definition around the node. Findings of a rule that are about the same are reported once, with all places.
        """
        span = self._span_of(node)
        statement = self._statement_of(node, span)
        return ModuleFinding(
            span=span,
            statement=self._lines_of(statement, span),
            message=message,
            about=self._name_subject(node, statement) if about is None else about,
            names=tuple(names),
            notes=tuple(notes),
            fix=fix,
        )

    def fact(self, kind: str, node: ast.AST | libcst.CSTNode | Span, names: Iterable[str] = ()) -> Fact:
        """Note at a node, or at a stretch of the text, what `conclude` must know; it is not reported."""
        span = self._span_of(node)
        return Fact(kind, span, self._name_subject(node, self._statement_of(node, span)), tuple(names))

    def add_import(self, module: str, name: str) -> tuple[Edit, ...]:
        """Make the edits that import a name which a fix needs; none if the file imports it already."""
        return add_import(self.tree, self._source, module, name)

    def remove_import(self, module: str, name: str) -> tuple[Edit, ...]:
        """Make the edits that remove the import of a name; none if the file does not import it."""
        return remove_import(self.tree, self._source, module, name)

    def imported_from(self, packages: Collection[str]) -> set[str]:
        """List the local names of all that is imported from some top-level packages."""
        found: set[str] = set()
        for node in self.nodes(ast.ImportFrom):
            if not node.level and (node.module or "").partition(".")[0] in packages:
                found.update(alias.asname or alias.name for alias in node.names)
        for plain in self.nodes(ast.Import):
            for alias in plain.names:
                if alias.name.partition(".")[0] in packages:
                    found.add(alias.asname or alias.name.partition(".")[0])
        return found

    def _statement_of(self, node: ast.AST | libcst.CSTNode | Span, span: Span) -> ast.stmt | None:
        if isinstance(node, ast.AST):
            return self._index.statement(node)
        return self._index.statement_at(span.start.line, span.start.column)

    def _name_subject(self, node: ast.AST | libcst.CSTNode | Span, statement: ast.stmt | None) -> str:
        anchor = node if isinstance(node, ast.AST) else statement
        return "" if anchor is None else self.path_to(anchor)

    def _span_of(self, node: ast.AST | libcst.CSTNode | Span) -> Span:
        if isinstance(node, Span):
            return node
        return self.span(node) if isinstance(node, ast.AST) else self.cst_span(node)

    def _lines_of(self, statement: ast.stmt | None, span: Span) -> Span:
        """Return the lines on which a suppression comment for a location may be: those of its statement."""
        if statement is None:
            return span
        whole = self.whole_span(statement)
        if getattr(statement, "body", None):
            # The body of a compound statement is not what a comment at its head is about.
            return Span(min(whole.start, span.start), span.end)
        return whole

    @cached_property
    def imports(self) -> FileImports:
        """The import statements of the file, with their exact places."""
        from layercheck.python.imports.import_finder import find_imports  # noqa: PLC0415  (few rules ask for imports)

        module = self.module
        is_stub = module.path.endswith(".pyi")
        return find_imports(
            self.tree, self._source, is_stub=is_stub, is_package=module.is_package, depth=Depth.STATEMENTS
        )

    @property
    def imports_so_far(self) -> FileImports | None:
        """The import statements, if they have been read."""
        return self.__dict__.get("imports")

    @cached_property
    def cst(self) -> libcst.MetadataWrapper:
        """The libcst tree with its metadata, for rules that need comments and spaces or that change code.

        Parsed when a rule asks for the first time, ten times slower than `tree`.
        """
        from libcst import parse_module  # noqa: PLC0415  # takes 175 ms, and few rules need it
        from libcst.metadata import MetadataWrapper  # noqa: PLC0415  # as above

        return MetadataWrapper(parse_module(self.text), unsafe_skip_copy=True)

    def cst_span(self, node: libcst.CSTNode) -> Span:
        """Return the location of a node of the libcst tree."""
        from libcst.metadata import PositionProvider  # noqa: PLC0415  # see above

        place = self.cst.resolve(PositionProvider)[node]
        return Span(Position(place.start.line, place.start.column), Position(place.end.line, place.end.column))

    def replace_cst(self, old: libcst.CSTNode, new: libcst.CSTNode) -> Edit:
        """Make the edit that puts a node in the place of one of the libcst tree, and keeps the indentation."""
        from layercheck.rule.cst_edits import replace_node  # noqa: PLC0415  # few rules need it

        return replace_node(self.cst.module, self.cst_span(old), old, new)

    @cached_property
    def _index(self) -> NodeIndex:
        return NodeIndex(self.tree)

    @cached_property
    def _names(self) -> Names:
        return Names(self._index, self.module.name, is_package=self.module.is_package)

    @cached_property
    def _guarded(self) -> frozenset[ast.AST]:
        """The nodes that no import runs: below `if __name__ == "__main__":` and `if TYPE_CHECKING:`, and in lambdas."""
        guards = (node for node in self.tree.body if isinstance(node, ast.If) and _is_guard(node.test))
        guarded: list[ast.AST] = [statement for guard in guards for statement in guard.body]
        guarded += [function.body for function in self.nodes(ast.Lambda)]
        return frozenset(inner for node in guarded for inner in ast.walk(node))


def _is_guard(test: ast.expr) -> bool:
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
    return is_main_guard(test)
