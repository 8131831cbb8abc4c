from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ASIDE, ModuleRule, Severity
from layercheck.rules.placement.configuration_modules import SETTINGS_CLASSES, is_configuration, is_in_layer
from layercheck.rules.placement.environment_reads import NEEDLES, environment_reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck import Fact, Found, Located, Module, ModuleFinding, Project, SourceModule
    from layercheck.rules.placement.environment_reads import EnvironmentRead

_FEWEST_SETTINGS = 3
_MOSTLY = 0.6
_SETTINGS = "settings"


class MisplacedEnvironmentRead(ModuleRule):
    """A read of an environment variable outside the settings.

    ## What it does

    Reports `os.environ["X"]`, `os.environ.get("X")`, `os.getenv("X")`, `"X" in os.environ`, `load_dotenv()` and
    `config("X")` of python-decouple in the layers of a project with settings: a configuration module (`config.py`,
    `settings.py`, …) that reads the environment or defines a `BaseSettings` class.

    ## Why is this bad?

    The settings of the application are then not in one place and not checked at startup, and a test has to change
    the environment instead of a setting.

    ## Example

    `app/config.py`:

    ```python
    import os

    DATABASE = os.environ["DATABASE"]
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/services/mail.py`:

    ```python
    import os


    def host() -> str:
        return os.environ["MAIL_HOST"]  # error: LC309
    ```

    ## Use instead

    `app/config.py`:

    ```python
    import os

    DATABASE = os.environ["DATABASE"]
    MAIL_HOST = os.environ["MAIL_HOST"]
    ```

    `app/services/mail.py`:

    ```python
    from app.config import MAIL_HOST


    def host() -> str:
        return MAIL_HOST
    ```

    ## Limits

    Writing to the environment, copying it and passing it to a process are not reads. Variables of the system and its
    tools (`HOME`, `PATH`, `CI`, …) and computed names are ignored. Modules without a role are not checked. A module that
    does little else than read the environment counts as settings, wherever it is.
    """

    code = "LC309"
    name = "misplaced-environment-read"
    severity = Severity.WARNING
    needles = (*NEEDLES, b"BaseSettings")

    def applies_to(self, module: Module) -> bool:
        """Check layers, and look for settings in all modules."""
        return module.named not in ASIDE and (is_in_layer(module) or is_configuration(module))

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Collect the reads; one in a configuration module shows that the project has settings."""
        if is_configuration(module.module):
            yield from _settings(module)
            return
        reads = list(environment_reads(module))
        if _is_mostly_settings(module, reads):
            yield from _settings(module)
            return
        for read in reads:
            what = f"`{read.key}`" if read.key else "a `.env` file"
            more = f" and {len(reads) - 1} more" if len(reads) > 1 else ""
            yield module.finding(
                read.node,
                f"`{module.module.named}` reads {what}{more} from the environment instead of the settings",
                about="environment",
                notes=["help: read it in the settings of the project, and import it from there"],
            )

    def conclude(self, project: Project, found: Found) -> Iterable[Located]:
        """Keep the reads in applications with settings, in the application or next to it."""
        del project
        configured = {each.module.application for each in found.facts}
        return [each for each in found if not configured.isdisjoint({each.module.application, None})]


def _is_mostly_settings(module: SourceModule, reads: Sequence[EnvironmentRead]) -> bool:
    """Return whether a module does little but read the environment."""
    at_top = sum(not module.path_to(read.node) for read in reads)
    others = sum(not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr) for node in module.tree.body)
    return at_top >= _FEWEST_SETTINGS and at_top >= _MOSTLY * others


def _settings(module: SourceModule) -> Iterator[Fact]:
    classes = (node for node in module.nodes(ast.ClassDef) for base in node.bases if _is_settings(module, base))
    node = next(classes, None) or next((read.node for read in environment_reads(module)), None)
    if node is not None:
        yield module.fact(_SETTINGS, node)


def _is_settings(module: SourceModule, base: ast.expr) -> bool:
    return module.full_name(base) in SETTINGS_CLASSES
