from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from layercheck import SCRIPTS, TESTS, ProjectRule, Severity
from layercheck.rules.structure.dependencies import declared_dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Module, Project

_HARMLESS = frozenset({"test", "idlelib", "this", "antigravity", "turtledemo"})
"""Modules of the standard library that programs do not import."""


_DJANGO_COMMANDS = "management/commands"
"""Folders whose modules Django imports and never runs as scripts."""


class ShadowingModule(ProjectRule):
    """A module that shadows the standard library or a dependency.

    ## What it does

    Reports a top-level module with the name of a standard library module or of a declared dependency
    (`requirements.txt`, `pyproject.toml`), a script with such a name in a folder of scripts, and a top-level module
    that imports a library with its own name (`celery.py` with `from celery import Celery`) and therefore imports
    itself.

    ## Why is this bad?

    The folder of the project comes first on the path of Python. `import logging` finds your `logging.py`
    everywhere, also in the libraries you use, and they fail with errors that mention neither file.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `logging.py`:

    ```python
    LEVEL = "info"  # error: LC209
    ```

    ## Use instead

    Move `logging.py` to `app/logging.py`.

    ## Limits

    Inside a package (`app/types.py`), nothing is shadowed, because absolute imports start at the top. Dependencies
    whose package has another name than the distribution (`PyJWT`, `jwt`) are recognised only if they are well
    known.
    """

    code = "LC209"
    name = "shadowing-module"
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """Check the modules that can be imported by a name without dots."""
        bare = [(module, own) for module in project.modules if (own := _bare_name(project, module))]
        declared = declared_dependencies(project) if bare else set()
        for module, own in bare:
            if own in sys.stdlib_module_names and own not in _HARMLESS:
                yield self._report(module, f"hides the module `{own}` of the standard library")
            elif own.lower() in declared and not _holds_layers(project, module):
                yield self._report(module, f"hides the dependency `{own}`")
            elif _imports_itself(project, module, own):
                yield self._report(module, f"imports `{own}` and finds itself in place of the library")

    def _report(self, module: Module, what: str) -> Finding:
        return self.file_finding(
            module.path,
            f"{module.path} {what}",
            subject=module.name,
            application=module.application,
            notes=("help: rename it, or move it into a package",),
        )


def _bare_name(project: Project, module: Module) -> str | None:
    """Return the name without dots under which a module can be imported, if any."""
    folder, _, file = module.path.rpartition("/")
    stem = file.rpartition(".")[0]
    if not file.endswith(".py") or stem == "__main__" or module.role == TESTS:
        return None
    if "." not in module.name:
        return None if module.name == "__init__" else module.name
    if folder.endswith(_DJANGO_COMMANDS):
        return None
    # Who runs a script finds what lies beside it first.
    is_among_scripts = module.role == SCRIPTS and f"{folder}/__init__.py" not in project.module_at
    return stem if is_among_scripts and not module.is_package else None


def _holds_layers(project: Project, module: Module) -> bool:
    """Whether a package is an application; then a dependency with its name is the published application."""
    folder = module.path.rpartition("/")[0]
    return module.is_package and any(root.path == folder for root in project.layout.applications)


def _imports_itself(project: Project, module: Module, own: str) -> bool:
    folder = module.path.rpartition("/")[0]
    # A package comes before a module of its name: `shop.py` starts what lies in `shop/`.
    if module.is_package or (f"{folder}/{own}" if folder else own) + "/__init__.py" in project.module_at:
        return False
    if not any(spec.partition(":")[0].partition(".")[0] == own for spec in project.scans[module.path].imports):
        return False
    return any(name.partition(".")[0] == own for name in project.names_imported_by(module))
