from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import LAYERS, ModuleRule, Severity
from layercheck.rules.web_names import APPLICATIONS, WEB_FRAMEWORKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck import Fact, Found, Located, ModuleFinding, Project, SourceModule

_MOUNTED = "mounted"
_MOUNTS = frozenset({"mount", "add_subapp", "Mount", "DispatcherMiddleware", "WSGIMiddleware", "register_app"})
_CLASSES = {name.rpartition(".")[2] for name in APPLICATIONS}
_FACTORIES = frozenset({"create", "make", "build", "get", "init", "new", "setup"})
"""First words of the names of application factories: `create_app`."""
_HOMES = frozenset({"app", "application", "server", "main", "factory", "asgi", "wsgi"})
"""Names of modules in which applications may be created, in any folder."""


class MisplacedApplication(ModuleRule):
    """An application object created in a layer.

    ## What it does

    Reports `FastAPI()`, `Flask()`, `Starlette()` and similar in the layers: at the top of a module, and below the
    api also in a factory (`create_app`). Applications that are mounted in another one are allowed.

    ## Why is this bad?

    Everything that needs the application imports the layer that creates it, and this layer has to import everything
    the application consists of. That is an import cycle.

    ## Example

    `app/services/users.py`:

    ```python
    def find_user(user_id: int) -> str:
        return str(user_id)
    ```

    `app/api/users.py`:

    ```python
    from fastapi import FastAPI

    from app.services.users import find_user

    app = FastAPI()  # error: LC308


    @app.get("/users/{user_id}")
    def read_user(user_id: int) -> str:
        return find_user(user_id)
    ```

    ## Use instead

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.services.users import find_user

    router = APIRouter()


    @router.get("/users/{user_id}")
    def read_user(user_id: int) -> str:
        return find_user(user_id)
    ```

    `app/main.py`:

    ```python
    from fastapi import FastAPI

    from app.api.users import router

    app = FastAPI()
    app.include_router(router)
    ```

    ## Limits

    Modules without a role may create applications, and so may `__init__.py`, `app.py`, `server.py` and similar
    modules of a layer. A mounted application is recognised by its name, wherever in the project it is mounted.
    """

    code = "LC308"
    name = "misplaced-application"
    severity = Severity.WARNING
    libraries = WEB_FRAMEWORKS
    needles = tuple(f"{name}(".encode() for name in sorted({*_CLASSES, *_MOUNTS}))

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Collect the calls that create an application, and those that mount one."""
        is_judged = module.module.named in LAYERS and not (
            module.module.is_package or module.module.name.rpartition(".")[2] in _HOMES
        )
        for call in module.nodes(ast.Call):
            mounted = tuple(_mounted(call))
            if mounted:
                yield module.fact(_MOUNTED, call, mounted)
            made = module.full_name(call.func) or ""
            if is_judged and made in APPLICATIONS and _is_the_application(module, call):
                shown = made.rpartition(".")[2]
                yield module.finding(
                    call,
                    f"`{shown}()` creates the application in `{module.module.named}`",
                    names=tuple(_names_given(module, call)),
                    notes=["help: create it at the entry point (`main.py`), and include there what is defined here"],
                )

    def conclude(self, project: Project, found: Found) -> Iterable[Located]:
        """Keep the applications that are not mounted anywhere."""
        del project
        mounted = {name for each in found.facts for name in each.fact.names}
        return [each for each in found if mounted.isdisjoint(each.finding.names)]


def _is_the_application(module: SourceModule, call: ast.Call) -> bool:
    """Return whether the application object is served, not made by a function for its own use."""
    function = module.function_around(call)
    if function is None:
        return module.is_run_at_import(call)
    words = function.name.strip("_").split("_")
    return module.module.named != "api" and words[0] in _FACTORIES and words[-1] in {"app", "application"}


def _names_given(module: SourceModule, call: ast.Call) -> Iterator[str]:
    for statement in module.nodes(ast.Assign):
        if statement.value is call:
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
    for annotated in module.nodes(ast.AnnAssign):
        if annotated.value is call and isinstance(annotated.target, ast.Name):
            yield annotated.target.id


def _mounted(call: ast.Call) -> Iterator[str]:
    """Return the last part of the name of what a call mounts."""
    called = call.func
    function = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    if function not in _MOUNTS:
        return
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        for node in ast.walk(argument):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr
