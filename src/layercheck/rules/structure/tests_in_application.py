from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck import TESTS, ProjectRule, RoleNames, Severity, is_above
from layercheck.rules.structure.manifests import distribution_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Folder, Module, Project


_APP_FILES = frozenset({"apps", "admin"})
"""Names that only apps of Django contain; these contain their tests by convention."""


class _Place(NamedTuple):
    path: str
    """The folder of tests, or a single test."""
    first: str
    """The file at which it is reported."""
    is_central: bool
    """Whether it is directly in an application, like a folder for all of its tests."""
    is_custom: bool = False
    """Whether the framework prescribes its location."""


_FOR_TESTS = "testing"


class TestsInApplication(ProjectRule):
    """A test inside the application that it tests.

    ## What it does

    Reports tests inside the package of an application if most tests of the project are outside, and, as a note, a
    single `tests` folder directly in the application. Nothing is reported where tests next to the code are the
    convention, as in Django, where each app has its own.

    ## Why is this bad?

    Everything in the package is shipped with it: tests, their data and their imports of pytest become part of the
    image and the wheel, and production code can import them.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/services/test_users.py`:

    ```python
    def test_nobody() -> None: ...  # error: LC206
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `tests/api/test_users.py`:

    ```python
    def test_everybody() -> None: ...
    ```

    ## Use instead

    Move `app/services/test_users.py` to `tests/services/test_users.py`.

    ## Limits

    Files in one folder of tests are one finding, located at the first of them. An application that is the whole
    project may contain its tests, and so may an app of Django. In a repository of several distributions, only the tests
    of the same distribution are compared.
    """

    code = "LC206"
    name = "tests-in-application"
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """Compare the numbers of tests inside and outside the applications."""
        by_distribution: dict[str, list[_Place]] = defaultdict(list)
        for place in (place for folder in project.folders for place in _places(project, folder)):
            application = project.layout.application_of[place.first] or ""
            by_distribution[distribution_of(project, application)].append(place)
        if by_distribution:
            tests = [module for module in project.modules if _is_test(project, module)]
            for distribution, places in by_distribution.items():
                own = [test for test in tests if is_above(distribution, test.path)]
                yield from self._judge(project, places, own)

    def _judge(self, project: Project, places: list[_Place], tests: list[Module]) -> Iterator[Finding]:
        inside = sum(_is_inside(test.path, places) for test in tests)
        outside = len(tests) - inside
        if outside < inside and not (len(places) == 1 and places[0].is_central):
            return
        for path, first, *_ in (place for place in places if not place.is_custom):
            finding = self.file_finding(
                first,
                f"{path} is inside the application" + (", and most tests are outside" if outside >= inside else ""),
                subject=path,
                application=project.layout.application_of[first],
                notes=("help: move it to the folder `tests` next to the application, under the mirrored path",),
            )
            yield finding if outside >= inside else msgspec.structs.replace(finding, severity=Severity.INFO)


def _places(project: Project, folder: Folder) -> Iterator[_Place]:
    """List the tests in folders that contain modules of an application."""
    applications = project.layout.application_of
    if folder.aside is not None:
        return
    for file in folder.files:
        if (
            file.says == TESTS
            and file.stem != "conftest"
            and applications.get(file.path)
            and _is_test(project, project.module_at[file.path])
        ):
            yield _Place(file.path, file.path, is_central=False)
    for child in folder.children:
        if child.own_aside != TESTS:
            continue
        first = child.first_file
        root = applications.get(first)
        # `app/tests` in an `app` from which modules are imported as `services.users` lies beside them.
        is_top = folder.path == root and project.module_at[first].name.split(".")[0] == child.name
        if root and not is_top and _holds_tests(project, child):
            is_custom = not _APP_FILES.isdisjoint(file.stem for file in folder.files)
            yield _Place(child.path, first, is_central=folder.path == root, is_custom=is_custom)


def _holds_tests(project: Project, folder: Folder) -> bool:
    """Return whether a folder contains tests; `testing/` may also contain helpers and fixtures named `test_db`."""
    tests = [path for path in folder.files_below() if _is_test(project, project.module_at[path])]
    stems = (path.rpartition("/")[2].rpartition(".")[0] for path in tests)
    return bool(tests) and (folder.name != _FOR_TESTS or any(RoleNames({}).of_stem(stem) == TESTS for stem in stems))


def _is_test(project: Project, module: Module) -> bool:
    """Whether a module contains tests; its name alone may mean other tests, of blood samples for example."""
    return module.role == TESTS and project.scans[module.path].has_tests


def _is_inside(path: str, places: list[_Place]) -> bool:
    return any(path == place.path or path.startswith(f"{place.path}/") for place in places)
