from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.flask.flask_names import BLUEPRINTS, LIBRARIES, NAMESPACES, ROUTE_NEEDLES
from layercheck.rules.routers import idle_routers, importers, is_handed_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from layercheck import Fact, Found, Located, ModuleFinding, Project, SourceModule

_REGISTERING = frozenset({"register_blueprint", "register_api", "add_namespace"})
_REGISTERS = "registers"
_DECORATES = "decorates"


class UnregisteredBlueprint(ModuleRule):
    """A blueprint that no application registers.

    ## What it does

    Reports a `Blueprint` of Flask, Quart, APIFlask or flask-smorest, or a `Namespace` of flask-restx, at the top of
    a module that is not registered in that module, if no other module of the project except tests imports the
    module. Modules that only define views of the blueprint do not count.

    ## Why is this bad?

    Its views are never called. They look alive and are maintained, and the mistake is noticed only in production.

    ## Example

    `shop/app.py`:

    ```python
    from flask import Flask

    from shop.views import users


    def create_app() -> Flask:
        app = Flask(__name__)
        app.register_blueprint(users.bp)
        return app
    ```

    `shop/views/users.py`:

    ```python
    from flask import Blueprint

    bp = Blueprint("users", __name__)
    ```

    `shop/views/items.py`:

    ```python
    from flask import Blueprint

    bp = Blueprint("items", __name__)  # error: LC601


    @bp.route("/items")
    def list_items() -> str:
        return "none"
    ```

    `shop/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    ## Use instead

    `shop/app.py`:

    ```python
    from flask import Flask

    from shop.views import items, users


    def create_app() -> Flask:
        app = Flask(__name__)
        app.register_blueprint(users.bp)
        app.register_blueprint(items.bp)
        return app
    ```

    ## Limits

    A blueprint that is passed to a function counts as registered, except for functions that only extend it
    (`csrf.exempt(bp)`, `register_errors(bp)`). So does a blueprint whose module is imported for another reason. If
    a project registers no blueprints at all, like a library of them, or imports modules with computed names,
    nothing is reported.
    """

    code = "LC601"
    name = "unregistered-blueprint"
    severity = Severity.WARNING
    needs_all_files = True
    libraries = LIBRARIES
    # What makes a blueprint, and what a module does that only writes views under one from elsewhere.
    needles = (
        *(b"Blueprint", b"Namespace", b"register_blueprint", b"register_api", b"add_namespace"),
        *(*ROUTE_NEEDLES, b"handler(", b"_request"),
    )

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Find blueprints, and imported names, that are only used as decorators in a module."""
        for name, made in idle_routers(module, BLUEPRINTS | NAMESPACES):
            yield module.finding(
                made,
                f"no application registers the blueprint `{name}`: no module imports {module.module.name} for it",
                about=name,
                notes=["help: register it where the application is created, or remove it"],
            )
        for name, use in _decorating_names(module).items():
            full_name = module.full_name(use)
            if full_name is not None and not is_handed_on(module, name):
                yield module.fact(_DECORATES, use, (full_name,))
        for node in module.nodes(ast.Attribute):
            if node.attr in _REGISTERING:
                yield module.fact(_REGISTERS, node)
                break

    def conclude(self, project: Project, found: Found) -> list[Located]:
        """Keep the blueprints of modules that are imported only by modules with views of them."""
        users: dict[str, set[str]] = {}
        for module, use in found.facts_of(_DECORATES):
            for name in use.names:
                users.setdefault(name, set()).add(module.path)
        # Blueprints of a library are for the applications of others.
        if not found or not found.facts_of(_REGISTERS) or project.has_blind_spots:
            return []
        imported = importers(project)
        return [
            each
            for each in found
            if _is_cut_off({each.module.path, *users.get(f"{each.module.name}.{each.finding.about}", ())}, imported)
        ]


def _is_cut_off(family: set[str], imported: Mapping[str, Collection[str]]) -> bool:
    """Return whether no other module imports the module of a blueprint, or one with views of it.

    Whoever imports the latter may well take the blueprint from there.
    """
    return all(family.issuperset(imported.get(path, ())) for path in family)


def _decorating_names(module: SourceModule) -> Mapping[str, ast.Name]:
    """Find the first names of decorators: `bp` of `@bp.route("/users")`."""
    found: dict[str, ast.Name] = {}
    for definition in (*module.functions(), *module.nodes(ast.ClassDef)):
        for decorator in definition.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                found.setdefault(called.value.id, called.value)
    return found
