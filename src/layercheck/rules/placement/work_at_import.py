from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.placement.configuration_modules import is_configuration, is_in_layer
from layercheck.rules.placement.working_calls import NEEDLES, work_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Module, ModuleFinding, SourceModule


class WorkAtImport(ModuleRule):
    """A module that does work when it is imported.

    ## What it does

    Reports in the layers, outside functions: network requests, opened connections, created tables
    (`metadata.create_all`), queries, written files and folders, started processes, `time.sleep` and `asyncio.run`.
    Entry points, wiring, scripts, migrations, tests and modules without a role are allowed to do this. Code below
    `if __name__ == "__main__":` is not run by an import.

    ## Why is this bad?

    Every test, command and tool that imports the module does this work as well, and fails where it is not possible:
    without the database, without the network, on a read-only disk.

    ## Example

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/services/rates.py`:

    ```python
    import requests

    RATES = requests.get("https://example.com/rates").json()  # error: LC312


    def rate(currency: str) -> float:
        return RATES[currency]
    ```

    ## Use instead

    `app/services/rates.py`:

    ```python
    from functools import cache

    import requests


    @cache
    def rates() -> dict[str, float]:
        return requests.get("https://example.com/rates").json()


    def rate(currency: str) -> float:
        return rates()[currency]
    ```

    ## Limits

    Functions that are called at import time are not followed. `create_engine` and clients that connect on first use
    do no work. Modules without a role count only if another module imports them; otherwise they may be scripts.
    """

    code = "LC312"
    name = "work-at-import"
    severity = Severity.WARNING
    needles = NEEDLES

    def applies_to(self, module: Module) -> bool:
        """Check the layers; other modules may start and set up things."""
        return is_in_layer(module) and not is_configuration(module) and super().applies_to(module)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Report calls outside functions that do work."""
        for call in module.nodes(ast.Call):
            if module.is_run_at_import(call):
                work = work_of(module, call)
                if work:
                    notes = ["help: do it in a function that is called at application startup, or on first use"]
                    yield module.finding(call, f"importing {module.module.name} {work}", about=work, notes=notes)
