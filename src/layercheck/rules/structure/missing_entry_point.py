from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import LAYERS, MAIN, ProjectRule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Folder, Project

_ENOUGH = 4
"""Layers."""
_APPLICATIONS = {
    "fastapi": "FastAPI",
    "flask": "Flask",
    "quart": "Quart",
    "starlette.applications": "Starlette",
    "litestar": "Litestar",
    "sanic": "Sanic",
    "aiohttp": "web",
    "aiohttp.web": "Application",
    "falcon.asgi": "App",
    "robyn": "Robyn",
    "connexion": "FlaskApp",
    "celery": "Celery",
    "apiflask": "APIFlask",
    "flask_openapi3": "OpenAPI",
    "ninja": "NinjaAPI",
    "django.core.wsgi": "get_wsgi_application",
    "django.core.asgi": "get_asgi_application",
}
"""Module → the name in it that makes an application."""
_FRAMEWORKS = frozenset(module.partition(".")[0] for module in _APPLICATIONS)


class MissingEntryPoint(ProjectRule):
    """An application without an entry point.

    ## What it does

    Reports an application with endpoints and at least three other layers, but without a module that starts it:
    `main`, `app`, `asgi`, `wsgi`, `manage`, `__main__`, or a module that imports the application class of a
    framework (`from fastapi import FastAPI`), in the application or above it.

    ## Why is this bad?

    The entry point is where reading begins, and where settings, routers and middleware come together. Without one
    under a well-known name, everybody has to search for how the application is started.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.users import find_user  # error: LC207
    ```

    `app/db/session.py`:

    ```python
    def connect() -> None: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/services/users.py`:

    ```python
    from app.db.session import connect
    from app.models.user import User


    def find_user() -> User: ...
    ```

    ## Use instead

    `app/main.py`:

    ```python
    from app.api import users

    __all__ = ["users"]
    ```

    ## Limits

    An application that is started from another repository is reported as well.
    """

    code = "LC207"
    name = "missing-entry-point"
    severity = Severity.WARNING
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Check each application, and the folders above it."""
        for root in project.layout.applications:
            folder = project.folder_at[root.path]
            if _is_complete(project, folder.path) and not _is_started(project, folder):
                path = folder.first_file
                yield self.file_finding(
                    path,
                    f"nothing starts {folder.path or 'the project'}: there is no main, app, asgi, wsgi, manage or __main__",
                    subject=folder.path,
                    application=folder.path,
                    notes=('help: add a main.py that creates the application, or name yours: `roles.main = ["…"]`',),
                )


def _is_complete(project: Project, root: str) -> bool:
    """Whether an application has everything but an entry point; a few modules may be a part of one."""
    # Layers that are declared as modules span the whole project; its applications are where they were.
    application_of = project.layout.application_of
    present = {module.role for module in project.modules if application_of.get(module.path) == root} & LAYERS
    return "api" in present and len(present) >= _ENOUGH


def _is_started(project: Project, root: Folder) -> bool:
    above = [root, *root.ancestors()]
    if any(folder.may_start for folder in above):
        return True
    near = {folder.path for folder in above}
    for module in project.modules:
        is_near = module.application == root.path or module.path.rpartition("/")[0] in near
        # What starts it may lie beside it (`config/wsgi.py`), though not in another application.
        is_entry = module.role == MAIN and module.application in {root.path, None}
        if is_entry or (is_near and _makes_application(project, module.path)):
            return True
    return False


def _makes_application(project: Project, path: str) -> bool:
    for spec in project.scans[path].imports:
        module, _, names = spec.partition(":")
        if _APPLICATIONS.get(module, "") in names.split(",") or (not names and module in _FRAMEWORKS):
            return True
    return False
