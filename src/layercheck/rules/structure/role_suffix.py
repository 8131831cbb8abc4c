from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from layercheck import LAYERS, TESTS, UTILS, LayerName, ProjectRule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Definition, File, Finding, Folder, Module, Project

_GENERAL = frozenset(
    {
        *("abstract", "base", "common", "core", "shared", "generic", "main", "registry", "factory"),
        *("const", "constants", "enums", "errors", "exceptions", "interfaces", "protocols", "types", "typing"),
        *("helpers", "mixins", "utils", "util", "config", "settings", "deps", "dependencies", "decorators"),
    }
)
"""Names of modules that the other modules of a folder share."""


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What counts as a naming convention."""

    suffixes: dict[LayerName, str] = {}
    """Layer → the last word of its modules' names (`service`); learnt from each folder if not given."""
    share: Annotated[float, msgspec.Meta(gt=0.5, le=1)] = 0.8
    """The share of modules of a folder that makes their last word a convention."""
    fewest: Annotated[int, msgspec.Meta(ge=2)] = 4
    """The smallest number of modules that makes a convention."""


class _Convention(NamedTuple):
    suffix: str
    reason: str


class RoleSuffix(ProjectRule):
    """A module that is not named like the others in its folder.

    ## What it does

    Learns from each folder of a layer whether its modules share a last word (`user_service.py`, `mail_service.py`),
    and reports those without it. In folders of tests, reports files with tests whose names pytest does not collect.

    ## Why is this bad?

    If a naming convention is followed everywhere, a file can be found by guessing its name. A test file without
    `test_` in its name is worse: its tests are never run.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.user_service import find_user
    ```

    `app/services/mail_service.py`:

    ```python
    def send_mail() -> None: ...
    ```

    `app/services/offer_service.py`:

    ```python
    def find_offer() -> None: ...
    ```

    `app/services/orders.py`:

    ```python
    def find_order() -> None: ...  # error: LC203
    ```

    `app/services/stock_service.py`:

    ```python
    def find_stock() -> None: ...
    ```

    `app/services/user_service.py`:

    ```python
    def find_user() -> None: ...
    ```

    ## Use instead

    Move `app/services/orders.py` to `app/services/order_service.py`.

    ## Options

    - `suffixes`: the last word of the modules of each layer, `{services = "service"}`, instead of the learnt one.
    - `share`: the share of the modules of a folder that must have the same last word to make it a convention.
    - `fewest`: the number of modules that must follow a convention.

    ## Limits

    Names of modules that the others share (`base`, `utils`, `exceptions`, …) and names with a leading underscore
    are not reported.
    """

    code = "LC203"
    name = "role-suffix"
    severity = Severity.INFO
    Options = Options

    def check(self, project: Project) -> Iterator[Finding]:
        """Check every folder of a layer, and all tests."""
        for folder in project.folders:
            if folder.role in LAYERS and folder.aside is None:
                yield from self._judge_folder(project, folder)
        yield from self._judge_tests(project)

    def _judge_folder(self, project: Project, folder: Folder) -> Iterator[Finding]:
        files = [file for file in folder.files if _is_judged(project, file, folder)]
        convention = self._convention_of(folder, files)
        if convention is None:
            return
        for file in files:
            if not _has_suffix(file.stem, convention.suffix):
                module = project.module_at[file.path]
                yield self.file_finding(
                    file.path,
                    f"{file.stem}.py does not end in `_{convention.suffix}`, {convention.reason}",
                    subject=module.name,
                    application=module.application,
                    notes=(f"help: rename it to {file.stem}_{convention.suffix}.py, or move it",),
                )

    def _convention_of(self, folder: Folder, files: Sequence[File]) -> _Convention | None:
        configured = self.options.suffixes.get(folder.role or "")
        if configured is not None:
            return _Convention(configured.strip("_"), "as the configuration asks of its layer")
        if folder.role == UTILS:
            # Tools are called after what they do; their folder says that they are tools.
            return None
        words = Counter(file.stem.rpartition("_")[2] for file in files if "_" in file.stem)
        if not words:
            return None
        word, count = words.most_common(1)[0]
        if count < self.options.fewest or count < self.options.share * len(files):
            return None
        return _Convention(word, f"as {count} of {len(files)} modules in {folder.path} do")

    def _judge_tests(self, project: Project) -> Iterator[Finding]:
        tests = [
            module
            for module in project.modules
            if _holds_tests(project, module) and (_is_collected(module) or _defines_tests(project, module))
        ]
        collected = [module for module in tests if _is_collected(module)]
        if len(collected) < max(self.options.fewest, self.options.share * len(tests)) or len(collected) == len(tests):
            return
        # What other tests import are helpers and base classes.
        imported = {suspect.imported.path for suspect in project.suspects}
        for module in tests:
            if not _is_collected(module) and module.path not in imported:
                name = module.path.rpartition("/")[2]
                yield self.file_finding(
                    module.path,
                    f"{name} contains tests but is not named `test_…`, so test runners skip it",
                    subject=module.name,
                    application=module.application,
                    notes=(f"help: rename it to test_{name.replace('_tests', '').replace('tests_', '')}",),
                )


def _is_judged(project: Project, file: File, folder: Folder) -> bool:
    """Whether the convention of its folder applies to a module."""
    role = project.module_at[file.path].role
    return (
        file.path.endswith(".py")
        and role == folder.role
        and not file.stem.startswith("_")
        and file.stem not in _GENERAL
        and file.stem.rpartition("_")[0] not in _GENERAL
    )


def _has_suffix(stem: str, suffix: str) -> bool:
    return stem == suffix or stem.endswith(f"_{suffix}")


def _holds_tests(project: Project, module: Module) -> bool:
    return (
        module.role == TESTS
        and not module.is_package
        and module.path.endswith(".py")
        and project.scans[module.path].has_tests
    )


def _defines_tests(project: Project, module: Module) -> bool:
    """Return whether a module defines a test; a fixture such as `def test_client()` is none."""
    return any(
        (definition.form == "function" and name.startswith("test_") and not _is_fixture(definition))
        or (definition.form == "class" and (name.startswith("Test") or _is_test_case(definition)))
        for name, definition in project.kinds.definitions(module).names.items()
    )


def _is_fixture(definition: Definition) -> bool:
    return any(name.removesuffix("()").endswith("fixture") for name in definition.decorators)


def _is_test_case(definition: Definition) -> bool:
    return any(base.endswith("TestCase") for base in definition.bases)


def _is_collected(module: Module) -> bool:
    stem = module.path.rpartition("/")[2].removesuffix(".py")
    return stem.startswith("test") or stem.endswith("_test") or stem == "conftest"
