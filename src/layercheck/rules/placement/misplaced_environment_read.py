from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.model.violation import Severity
from layercheck.module_rule import ModuleRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.syntax.source_module import SourceModule

_READS = frozenset({"os.environ", "os.getenv", "os.environb"})


class MisplacedEnvironmentRead(ModuleRule):
    """A read of the environment outside the settings.

    ## What it does

    Reports `os.environ` and `os.getenv` in the layers.

    ## Why is this bad?

    What the application depends on cannot be read in one place.

    ## Example

    `app/services/mail.py`:

    ```python
    import os


    def host() -> str:
        return os.environ["MAIL_HOST"]  # error: LC309
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    `app/services/mail.py`:

    ```python
    from app.config import settings


    def host() -> str:
        return settings.mail_host
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```
    """

    code = "LC309"
    name = "misplaced-environment-read"
    severity = Severity.WARNING
    needles = (b"environ", b"getenv")

    def looks_at(self, module: Module) -> bool:
        """Look at the layers only."""
        return module.role in {"api", "services", "models", "db", "schemas", "utils"} and super().looks_at(module)

    def check(self, module: SourceModule) -> Iterator[Finding]:
        """Look at every name that stands for the environment."""
        for node in (*module.nodes(ast.Attribute), *module.nodes(ast.Name)):
            if module.full_name(node) in _READS:
                yield module.finding(node, "the environment is read outside the settings")
