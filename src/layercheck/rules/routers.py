"""Routers that are not included anywhere; for the rules about routers of FastAPI and blueprints of Flask."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ASIDE, compile_later

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from layercheck import Project, SourceModule

_EQUIPPING = compile_later(r"exempt|CORS|init_app|Api|\w*error\w*")
"""Functions that extend a router without including it: `register_errors(bp)`, `csrf.exempt(bp)`."""


def idle_routers(module: SourceModule, classes: Collection[str]) -> Iterator[tuple[str, ast.expr]]:
    """Find the routers at the top of a module that are only used as decorators there: the name and the call.

    `classes` are the full names of what a call of the class gives: `fastapi.APIRouter()`.
    """
    for statement in module.tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                pass
            case ast.AnnAssign(target=ast.Name() as target, value=value) if value is not None:
                pass
            case _:
                continue
        if module.full_name(value) in classes and not is_handed_on(module, target.id, target):
            yield target.id, value


def is_handed_on(module: SourceModule, router: str, target: ast.Name | None = None) -> bool:
    """Return whether a router is used in a module in another way than `@router.get`; `target` is where it is made.

    `router.register(app)` is how Flask's blueprints can be handed on as well.
    """
    harmless: set[ast.expr] = {node.value for node in module.nodes(ast.Attribute) if node.attr != "register"}
    for call in module.nodes(ast.Call):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if _EQUIPPING.fullmatch(name):
            harmless.update(call.args)
    return any(node.id == router and node is not target and node not in harmless for node in module.nodes(ast.Name))


def importers(project: Project) -> Mapping[str, set[str]]:
    """List the modules that may import each module, by its path; without tests and scripts."""
    found: dict[str, set[str]] = {}
    for importer, imported in project.suspects:
        if importer.role not in ASIDE:
            found.setdefault(imported.path, set()).add(importer.path)
    return found
