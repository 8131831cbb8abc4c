from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from layercheck import ASIDE, MAIN, TESTS, WIRING, Location, ProjectRule, Related, Severity, folders_above
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from layercheck import Finding, Module, Project

_NOT_JUDGED = ASIDE | {MAIN, WIRING}
"""Roles that are tested through the modules they start or put together."""
_GENERAL = frozenset(
    {
        *("base", "abstract", "common", "mixin", "mixins", "interface", "interfaces", "protocol", "protocols"),
        *("constants", "enums", "types", "error", "errors", "exception", "exceptions"),
        *("connection", "connections", "database", "db", "engine", "session"),
        *("apps", "admin", "celery", "celeryconf", "cli", "router", "routers", "logging", "tracing"),
        *("example", "examples", "patch"),
    }
)
"""First or last words of modules that are tested through the modules that use them."""
_ENOUGH = 4
"""Modules of one kind that tell whether modules of this kind are tested one by one."""
_ROLE = "role"
_WORTH_A_NOTE = 6
_MANY = 8
_NEARLY_ALL = 2 / 3


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """When missing tests are reported."""

    mirrored_share: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.5
    """The share of modules that must have a test at the mirrored path."""


class _Judged(NamedTuple):
    module: Module
    is_mirrored: bool
    """Whether a test with its name is at a mirrored path."""
    is_tested: bool
    """Whether a test may be about it, by its name."""

    def kinds(self) -> Iterator[str]:
        """Return the kinds of modules that this is one of; modules of one kind are tested alike."""
        folder, _, file = self.module.path.rpartition("/")
        stem = file.removesuffix(".py")
        yield f"{_ROLE} {self.module.role}"
        yield f"folder {folder}"
        yield f"name {stem}"
        yield f"last word {stem.rpartition('_')[2]}"


class MissingTest(ProjectRule):
    """A module without a test at the mirrored path.

    ## What it does

    Reports a module without a test where its neighbours have one: `app/services/users.py` is tested by
    `tests/services/test_users.py`, `tests/unit/services/test_users_deleted.py` or `tests/test_users.py`. The rule
    applies if at least half of the modules of an application, or two thirds of those of a layer, have such a test.
    If a quarter have one, a single note says how many.

    ## Why is this bad?

    In a project where tests mirror the code, a missing file at the mirrored path means that nobody has thought
    about the cases of this module. It is also the only place where others would look for them.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.orders import find_orders
    from app.services.users import find_user
    ```

    `app/services/orders.py`:

    ```python
    from dataclasses import dataclass  # error: LC204


    @dataclass
    class Order:
        number: int
        price: int
        paid: bool = False


    ORDERS = [Order(1, 30), Order(2, 40, paid=True)]


    def find_orders() -> list[Order]:
        return [order for order in ORDERS if not order.paid]


    def total_of(orders: list[Order]) -> int:
        return sum(order.price for order in orders)


    def pay(order: Order) -> None:
        order.paid = True
    ```

    `app/services/users.py`:

    ```python
    from dataclasses import dataclass


    @dataclass
    class User:
        name: str
        age: int


    USERS = [User("Ada", 36), User("Grace", 85)]


    def find_user(name: str) -> User | None:
        return next((user for user in USERS if user.name == name), None)


    def count_adults() -> int:
        return sum(user.age >= 18 for user in USERS)


    def rename(user: User, name: str) -> None:
        user.name = name
    ```

    `tests/services/test_users.py`:

    ```python
    def test_nobody() -> None: ...
    ```

    ## Use instead

    `tests/services/test_orders.py`:

    ```python
    def test_only_unpaid_ones() -> None: ...
    ```

    ## Options

    - `mirrored-share`: the share of an application's modules that must have a test before the others are reported.

    ## Limits

    Only names and imports are compared, not what a test tests. A test that imports a package imports the modules of it
    that its `__init__.py` imports. Modules of a few lines or without functions, modules
    that a test imports, entry points, wiring, and roles most of whose modules have no test are not reported.
    """

    code = "LC204"
    name = "missing-test"
    severity = Severity.INFO
    needs_all_files = True
    Options = Options

    def check(self, project: Project) -> Iterator[Finding]:
        """Judge every application by its own share of mirrored modules."""
        test_mapping = project.test_mapping
        if not test_mapping.subjects:
            return
        by_application: dict[str, list[_Judged]] = defaultdict(list)
        for module in project.modules:
            if module.application is not None and _deserves_test(project, module):
                judged = _Judged(module, test_mapping.is_mirrored(module), any(test_mapping.tests_of(module)))
                by_application[module.application].append(judged)
        for application, modules in by_application.items():
            share = sum(each.is_mirrored for each in modules) / len(modules)
            if share >= self.options.mirrored_share:
                yield from self._report_each(project, modules)
            elif roles := _mirrored_roles(modules):
                yield from self._report_each(project, [each for each in modules if each.module.role in roles])
            elif len(modules) >= _WORTH_A_NOTE and share >= self.options.mirrored_share / 2:
                yield self._report_all(application, modules)

    def _report_each(self, project: Project, modules: Sequence[_Judged]) -> Iterator[Finding]:
        tests = {module.path for module in project.modules if module.role == TESTS}
        imported = _imported_by(project, tests)
        usual = self._usual_kinds(modules)
        # Where nothing round about has a test of its own, nobody meant to write one here.
        tested = {folder for each in modules if each.is_mirrored for folder in folders_above(each.module.path)}
        for each in modules:
            module = each.module
            if each.is_tested or module.path in imported or _neighbourhood(module) not in tested:
                continue
            if usual.issuperset(each.kinds()):
                yield self.file_finding(
                    module.path,
                    f"{module.name} has no test: no test has its name or imports it",
                    subject=module.name,
                    application=module.application,
                    # The same for all of them, so that a report tells it once.
                    notes=("help: add a `test_` file with its name next to the tests of its neighbours",),
                )

    def _usual_kinds(self, modules: Sequence[_Judged]) -> set[str]:
        """Find the kinds of modules that usually have a test each, if there are enough of them."""
        total = Counter(kind for each in modules for kind in each.kinds())
        mirrored = Counter(kind for each in modules if each.is_mirrored for kind in each.kinds())
        return {
            kind
            for kind, count in total.items()
            if mirrored[kind] >= self.options.mirrored_share * count
            or (count < _ENOUGH and (mirrored[kind] or not kind.startswith(_ROLE)))
        }

    def _report_all(self, application: str, modules: Sequence[_Judged]) -> Finding:
        missing = [each.module for each in modules if not each.is_mirrored]
        note = self.file_finding(
            missing[0].path,
            f"{len(modules) - len(missing)} of {len(modules)} modules in {application or 'the project'} have a test at the"
            " mirrored path",
            subject=application,
            application=application,
            notes=("help: name tests after what they test: `tests/services/test_users.py` for `services/users.py`",),
            others=[Related(f"{module.name} has none", Location(module.path)) for module in missing[1:]],
        )
        return msgspec.structs.replace(note, severity=Severity.INFO)


def _imported_by(project: Project, tests: Collection[str]) -> set[str]:
    """Collect the modules that tests import, also through a package that re-exports them."""
    passed_on: dict[str, list[str]] = defaultdict(list)
    imported: set[str] = set()
    for importer, target in project.suspects:
        if importer.path in tests:
            imported.add(target.path)
        elif is_package_of(importer, target):
            passed_on[importer.path].append(target.path)
    pending = list(imported)
    while pending:
        inner = [path for path in passed_on.get(pending.pop(), ()) if path not in imported]
        imported.update(inner)
        pending += inner
    return imported


def _mirrored_roles(modules: Sequence[_Judged]) -> set[str | None]:
    """Find the roles whose modules nearly all have their tests, in an application in which others have none."""
    by_role: dict[str | None, list[bool]] = defaultdict(list)
    for each in modules:
        by_role[each.module.role].append(each.is_mirrored)
    return {role for role, found in by_role.items() if len(found) >= _MANY and sum(found) >= _NEARLY_ALL * len(found)}


def _neighbourhood(module: Module) -> str:
    """Find the folder above that of a module, within its application."""
    folder = module.path.rpartition("/")[0]
    return folder if folder == module.application else folder.rpartition("/")[0]


def _deserves_test(project: Project, module: Module) -> bool:
    stem = module.path.rpartition("/")[2].removesuffix(".py")
    return (
        module.role not in _NOT_JUDGED
        and not module.is_package
        and _GENERAL.isdisjoint((stem.partition("_")[0], stem.rpartition("_")[2]))
        and module.path.endswith(".py")
        and project.scans[module.path].has_logic
    )
