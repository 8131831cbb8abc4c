from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.fastapi.pydantic_fixes import CONFIG_KEYS, replace_config, replace_validator
from layercheck.rules.fastapi.pydantic_version import required_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck import Fact, Found, Located, Module, ModuleFinding, Project, SourceModule

_OF_VERSION_2 = frozenset(
    {
        *("ConfigDict", "field_validator", "model_validator", "field_serializer", "model_serializer"),
        *("computed_field", "RootModel", "TypeAdapter", "AfterValidator", "BeforeValidator"),
    }
)
_EVIDENCE = "version 2"
_VALIDATORS = {"pydantic.validator": "field_validator", "pydantic.root_validator": "model_validator"}


class OutdatedPydantic(ModuleRule):
    """A pydantic model written for version 1 in a project that uses version 2.

    ## What it does

    Reports `class Config`, `@validator` and `@root_validator` in pydantic models if the project requires pydantic 2
    (in its lock file, or else in its manifests), or if it declares no version and uses what only pydantic 2 has
    (`ConfigDict`, `field_validator`, `pydantic_settings`, …). `--fix` replaces a `class Config` if every setting in
    it is known; `--fix --unsafe-fixes` also replaces plain `@validator`s.

    ## Why is this bad?

    Pydantic 2 accepts them with a warning, renames some settings silently, and will remove them in version 3.

    ## Example

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel, field_validator


    class UserOut(BaseModel):
        name: str

        class Config:  # error: LC504
            orm_mode = True
    ```

    `app/services/users.py`:

    ```python
    def find_user(user_id: int) -> object: ...
    ```

    ## Use instead

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel, ConfigDict


    class UserOut(BaseModel):
        model_config = ConfigDict(from_attributes=True)

        name: str
    ```

    ## Limits

    Installed packages are not considered. If there are several manifests, the lowest version counts; a range that
    starts with version 1 counts as version 1. A `class Config` with a setting that no version of pydantic has is
    ignored.
    """

    code = "LC504"
    name = "outdated-pydantic"
    severity = Severity.WARNING
    fixable = True
    libraries = frozenset({"pydantic", "pydantic_settings", "sqlmodel"})

    def applies_to(self, module: Module) -> bool:
        """Check all modules."""
        return module.application is not None

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Collect uses of version 1, and proofs of version 2."""
        for node in module.nodes(ast.ImportFrom):
            if node.module == "pydantic_settings" or (
                node.module == "pydantic" and any(alias.name in _OF_VERSION_2 for alias in node.names)
            ):
                yield module.fact(_EVIDENCE, node)
                break
        for definition in module.nodes(ast.ClassDef):
            if definition.name == "Config" and _is_of_model(module, definition) and not _is_choice(module, definition):
                yield module.finding(
                    definition,
                    "`class Config` is pydantic 1 syntax, and this project uses pydantic 2",
                    notes=["help: write `model_config = ConfigDict(…)`"],
                    fix=replace_config(module, definition),
                )
        for function in module.functions():
            for decorator in () if _is_choice(module, function) else function.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                newer = _VALIDATORS.get(module.full_name(called) or "")
                if newer is not None:
                    old = ast.unparse(called)
                    yield module.finding(
                        decorator,
                        f"`@{old}` is pydantic 1 syntax, and this project uses pydantic 2",
                        about=f"{module.path_to(function)} {old}",
                        notes=[f"help: use `@{newer}`"],
                        fix=replace_validator(module, function, decorator),
                    )

    def explain_silence(self, project: Project) -> str:
        """Return why there is nothing to check: the project requires version 1."""
        required = required_version(project)
        return f"the project requires pydantic {required}" if required is not None and required < 2 else ""

    def conclude(self, project: Project, found: Found) -> Iterable[Located]:
        """Keep uses of version 1 if version 2 is required, or if the code proves that it is installed."""
        if not found:
            return []
        required = required_version(project)
        is_proven = bool(found.facts)
        return found if (required or 0) >= 2 or (is_proven and required is None) else []


def _is_choice(module: SourceModule, node: ast.stmt) -> bool:
    """Return whether a node is below `if` or `try`, as in code for both versions."""
    return node not in (module.owner(node) or module.tree).body


def _is_of_model(module: SourceModule, definition: ast.ClassDef) -> bool:
    owner = module.owner(definition)
    if not isinstance(owner, ast.ClassDef) or not owner.bases:
        return False
    settings = {
        target.id
        for statement in definition.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    return bool(settings) and settings <= CONFIG_KEYS
