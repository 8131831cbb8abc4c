from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.placement.configuration_modules import SETTINGS_CLASSES, is_configuration, is_in_layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Module, ModuleFinding, SourceModule


class MisplacedSettings(ModuleRule):
    """A settings class outside the configuration.

    ## What it does

    Reports classes of pydantic's `BaseSettings` that are defined in a layer, in a module that is not named after
    the configuration (`config.py`, `settings.py`, `mail_settings.py`, or any module in a folder `config/`).

    ## Why is this bad?

    The settings of the application are then scattered over its code, and whoever operates it has to find all of
    them.

    ## Example

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/services/mail.py`:

    ```python
    from pydantic_settings import BaseSettings


    class MailSettings(BaseSettings):  # error: LC310
        host: str


    def send(text: str) -> str:
        return MailSettings().host + text
    ```

    ## Use instead

    `app/config.py`:

    ```python
    from pydantic_settings import BaseSettings


    class MailSettings(BaseSettings):
        host: str
    ```

    `app/services/mail.py`:

    ```python
    from app.config import MailSettings


    def send(text: str) -> str:
        return MailSettings().host + text
    ```

    ## Limits

    Classes that inherit from `BaseSettings` through a class in another module are not recognised.
    """

    code = "LC310"
    name = "misplaced-settings"
    severity = Severity.WARNING
    libraries = frozenset({"pydantic", "pydantic_settings"})
    needles = (b"BaseSettings",)

    def applies_to(self, module: Module) -> bool:
        """Check the layers, without modules that contain configuration."""
        return is_in_layer(module) and not is_configuration(module) and super().applies_to(module)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Report classes with `BaseSettings` among their bases, also through classes of the same file."""
        settings: set[str] = set()
        for node in module.nodes(ast.ClassDef):
            bases = {module.full_name(base) for base in node.bases}
            if bases & SETTINGS_CLASSES or bases & settings:
                settings.add(f"{module.module.name}.{node.name}")
                message = f"`{node.name}` defines settings, but `{module.module.named}` is not the place for settings"
                yield module.finding(node, message, notes=["help: move it to the configuration (`config.py`)"])
