"""Write the reference of the public interface, `docs/interface.md`, from the docstrings and annotations in the code."""

from __future__ import annotations

import ast
import importlib
import inspect
from functools import cache
from typing import TYPE_CHECKING, Any

import layercheck

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GROUPS = {
    "Kinds of rule": "Rule ProjectRule ModuleRule NoOptions ImportOptions LayerName",
    "What a rule sees": (
        "Project ProjectImports Module Certainty Suspect Import ImportKind ImportSite Layers Folder File ProjectFiles Unreadable"
        " Kinds Kind Definition TestSubject RoleNames SourceModule DefinitionNode"
    ),
    "What a rule reports": (
        "Finding Severity Location Span Position Related Hop ModuleFinding Located Fact LocatedFact Found Fix Edit Applicability"
    ),
    "Roles, kinds of import and other words": (
        "MAIN WIRING TESTS MIGRATIONS SCRIPTS UTILS LAYERS ASIDE WEAK_WORDS COUNTED_KINDS CYCLE_KINDS"
        " ENVIRONMENT_FOLDERS ENVIRONMENT_MARKER"
    ),
    "Helpers": (
        "folder_of folders_above is_above split_lines compile_patterns is_never_read is_module_pattern find_modules"
        " did_you_mean closest compile_later count graph_of find_tangles shortest_cycle_over find_cut Cut"
    ),
    "Kinds of contract": (
        "Contract ContractRule ChainContract Broken BrokenImport BrokenModule BrokenTangle GraphView Step Edge Selected"
        " Groups ContractGraph DeclaredContract ClassVerdict KeyPath rule_for pattern_keys ignored_imports ImportPattern names_taken"
        " ModulePatternText ModulePattern PatternMatch parse_pattern parse_path_pattern Level parse_level InterfaceEntry parse_entry is_hidden means_library"
        " LIBRARY_WORDS THIRD_PARTY STANDARD_LIBRARY"
    ),
    "Contracts that come with layercheck": (
        "LayersContract ForbiddenContract AllowedContract IndependenceContract ProtectedContract PublicContract"
        " PrivateContract AcyclicContract RequiredContract PlacementContract"
    ),
    "Plugins and output formats": "hookimpl Report RenderContext LegalRoute",
}
"""The names of the interface, sorted for a reader."""

_INTRODUCTION = """\
# Public interface

Everything that a plugin may import: `from layercheck import Project, Severity`. The rules of layercheck use nothing else.
[Writing a rule](writing-rules.md) explains the parts that most rules need; this page lists all of them.
"""


def make_page() -> str:
    """Make the whole page."""
    homes = {name: module for module, names in layercheck._NAMES.items() for name in names}  # noqa: SLF001
    lines = [_INTRODUCTION]
    for title, names in GROUPS.items():
        lines += [f"## {title}", ""]
        for name in names.split():
            lines += [f"### `{name}`", "", *_describe(homes[name], name)]
    return "\n".join(lines).rstrip() + "\n"


@cache
def _read(module: str) -> Sequence[ast.stmt]:
    return ast.parse(inspect.getsource(importlib.import_module(module))).body


def _describe(module: str, name: str) -> Iterator[str]:
    body = _read(module)
    for at, node in enumerate(body):
        match node:
            case ast.ClassDef() if node.name == name:
                yield from _describe_class(node)
            case ast.FunctionDef() if node.name == name:
                yield from (f"`{_write_signature(node)}`", "", *_write_text(ast.get_docstring(node) or ""))
            case (
                ast.Assign(targets=[ast.Name(id=target)], value=value)
                | ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value)
            ) if target == name:
                yield from (f"`{name} = {_write_value(value, module)}`", "", *_write_text(_text_after(body, at)))


def _describe_class(node: ast.ClassDef) -> Iterator[str]:
    bases = [ast.unparse(base) for base in node.bases]
    known = [f"`{base}`" for base in bases if base.partition("[")[0] in layercheck.__all__]
    yield from _write_text((ast.get_docstring(node) or "") + (f"\n\nDerived from {', '.join(known)}." if known else ""))
    rows = [*_list_attributes(node), *_list_methods(node)]
    if rows:
        yield from (
            "| | |",
            "|---|---|",
            *(f"| `{_in_one_line(name)}` | {_in_one_line(text)} |" for name, text in rows),
            "",
        )


def _list_attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """List the fields of a class and what `__init__` gives its objects."""
    yield from _list_assigned(node.body, {})
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            arguments = (*each.args.args, *each.args.kwonlyargs)
            types = {each.arg: ast.unparse(each.annotation) for each in arguments if each.annotation is not None}
            yield from ((name.removeprefix("self."), text) for name, text in _list_assigned(each.body, types) if text)


def _list_assigned(body: Sequence[ast.stmt], types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for at, node in enumerate(body):
        match node:
            case ast.AnnAssign(target=target, annotation=annotation):
                type_ = ast.unparse(annotation)
            case ast.Assign(targets=[target], value=value):
                type_ = types.get(ast.unparse(value), "")
            case _:
                continue
        name = ast.unparse(target)
        if not _is_private(name):
            yield f"{name}: {type_}" if type_ else name, _text_after(body, at)


def _list_methods(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for each in node.body:
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _is_private(each.name):
            decorators = {ast.unparse(decorator) for decorator in each.decorator_list}
            text = (ast.get_docstring(each) or "").partition("\n\n")[0]
            if decorators & {"property", "cached_property"}:
                yield f"{each.name}: {ast.unparse(each.returns)}" if each.returns else each.name, text
            else:
                yield _write_signature(each), text


def _is_private(name: str) -> bool:
    return name.rpartition(".")[2].startswith("_")


def _write_signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    arguments = ast.parse(ast.unparse(node.args).join(("def f(", "): ..."))).body[0]
    assert isinstance(arguments, ast.FunctionDef)  # noqa: S101  (as just written)
    every = arguments.args
    every.args = [each for each in every.args if each.arg not in {"self", "cls"}]
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(every)}){returned}"


def _write_value(value: ast.expr, module: str) -> str:
    """Write a value in one line, that of a set in order."""
    named: Any = None
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "frozenset":
        named = eval(ast.unparse(value), vars(importlib.import_module(module)))  # noqa: S307  (our own code)
    return f"{{{', '.join(map(repr, sorted(named)))}}}" if named else ast.unparse(value)


def _text_after(body: Sequence[ast.stmt], at: int) -> str:
    """Read the text below an assignment."""
    match body[at + 1 : at + 2]:
        case [ast.Expr(value=ast.Constant(value=str() as text))]:
            return inspect.cleandoc(text)
    return ""


def _write_text(text: str) -> Iterator[str]:
    if text:
        yield from (text, "")


def _in_one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
