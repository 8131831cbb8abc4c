"""What a new rule begins as: a file that works, with an example that is a test, to be changed piece by piece."""

from __future__ import annotations

from string import Template

RULE = Template('''\
from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import ModuleFinding, SourceModule


class $class_name(ModuleRule):
    """A call of `print` in a service.

    ## What it does

    Reports calls of `print` in the modules of `services`. (This is where your rule begins: change the text, the examples
    and `check` together, and let the test tell when they agree.)

    ## Why is this bad?

    Nobody reads the standard output of a server.

    ## Example

    `app/services/users.py`:

    ```python
    def greet() -> None:
        print("hello")  # error: $code
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    `app/services/users.py`:

    ```python
    import logging


    def greet() -> None:
        logging.getLogger(__name__).info("hello")
    ```

    ## Limits

    Does not follow `print` handed on as an argument.
    """

    code = "$code"
    name = "$name"
    severity = Severity.WARNING
    # Files that do not hold this text are never parsed.
    needles = (b"print",)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Look at every call; the full name is the same whatever the file calls it."""
        if module.module.role != "services":
            return
        for call in module.nodes(ast.Call):
            if module.full_name(call.func) == "builtins.print":
                yield module.finding(call, "`print` in a service", notes=["help: use `logging`"])


@hookimpl
def layercheck_rules() -> list[type[ModuleRule]]:
    """Give layercheck the rules of this file."""
    return [$class_name]
''')

TEST = Template("""\
from pathlib import Path

from layercheck.testing import rule_tests

# The examples in the docstring; with `cases=__file__` also every section of the *.md files beside this one.
test_$module = rule_tests(Path(__file__).with_name("$module.py"))
""")
