from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from layercheck import ModuleRule, Severity, compile_later
from layercheck.rules.placement.configuration_modules import is_in_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck import Found, Located, Module, ModuleFinding, Project, SourceModule

_BELONGS = compile_later(
    r"__getattr__|__dir__|(?:create|make|build|get|init|setup)_app(?:lication)?|register_\w+|includeme"
)
"""Functions that belong in an `__init__.py`."""
_MOST = 0.2
"""The share of the packages with logic above which it is the convention of the project."""


class InitOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """How much code an `__init__.py` may have."""

    max_statements: Annotated[int, Meta(ge=0)] = 10
    """The largest number of statements in its functions."""


class LogicInInit(ModuleRule):
    """A package with its logic in its `__init__` file.

    ## What it does

    Reports the `__init__.py` of a package in a layer if its functions and methods have more than a few statements.
    Re-exports, constants, classes that only declare something, application factories and `__getattr__` are allowed.
    Nothing is reported in an application in which more than a fifth of the packages do this.

    ## Why is this bad?

    Readers do not expect code in a file that only names the package. Every import of a module in the package runs
    this file first and imports everything it needs, which soon leads to an import cycle.

    ## Example

    With `rules.logic-in-init.max-statements = 3`:

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/services/__init__.py`:

    ```python
    def price(amount: int, discount: int) -> int:  # error: LC311
        if discount > amount:
            discount = amount
        tax = (amount - discount) // 5
        return amount - discount + tax
    ```

    ## Use instead

    `app/services/__init__.py`:

    ```python
    from app.services.prices import price

    __all__ = ["price"]
    ```

    `app/services/prices.py`:

    ```python
    def price(amount: int, discount: int) -> int:
        if discount > amount:
            discount = amount
        tax = (amount - discount) // 5
        return amount - discount + tax
    ```

    ## Options

    - `max-statements`: the number of statements that the functions of an `__init__.py` may have in total; 10 by default.
    """

    code = "LC311"
    name = "logic-in-init"
    severity = Severity.INFO
    needles = (b"def ",)
    Options = InitOptions

    def applies_to(self, module: Module) -> bool:
        """Check the `__init__.py` of packages in layers."""
        return module.is_package and is_in_layer(module) and super().applies_to(module)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Count the statements in functions that do not belong there."""
        working = [
            function
            for function in module.functions()
            if module.function_around(function) is None and not _BELONGS.fullmatch(function.name)
        ]
        count = sum(map(_statements, working))
        if count > self.options.max_statements:
            yield module.finding(
                max(working, key=_statements),
                f"the `__init__.py` of {module.module.name} contains logic of `{module.module.named}`:"
                f" {count} statements in its functions",
                about="",
                notes=["help: move it to a module of the package, and import the names that others need from there"],
            )

    def conclude(self, project: Project, found: Found) -> Iterable[Located]:
        """Keep the findings if most packages have no logic in their `__init__.py`."""
        packages = Counter(
            module.application for module in project.modules if module.is_package and is_in_layer(module)
        )
        working = Counter(each.module.application for each in found)
        return [
            each
            for each in found
            if working[each.module.application] == 1
            or working[each.module.application] <= packages[each.module.application] * _MOST
        ]


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    has_docstring = ast.get_docstring(function, clean=False) is not None
    return sum(isinstance(node, ast.stmt) for line in function.body for node in ast.walk(line)) - has_docstring
