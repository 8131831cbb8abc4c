from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import TESTS, ProjectRule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck import Finding, Project, TestSubject

_ENOUGH = 3
_MOSTLY = 0.75
"""The share of tests in a folder that must mirror a module before the others are reported."""


class OrphanTest(ProjectRule):
    """A test without a module.

    ## What it does

    Reports a test that mirrors no module, in a folder of tests in which all others mirror a module of the
    application. Anywhere else, reports a test that imports a module with its own name which does not exist.

    ## Why is this bad?

    A module was renamed, moved or deleted, and its test was not. The test now tests nothing, or something other
    than its name says, and the renamed module has no test.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `tests/services/test_invoices.py`:

    ```python
    from app.services.invoices import find_invoice  # error: LC205


    def test_nothing() -> None:
        find_invoice()
    ```

    `tests/services/test_users.py`:

    ```python
    from app.services.users import find_user


    def test_nobody() -> None:
        find_user()
    ```

    ## Use instead

    Remove `tests/services/test_invoices.py`.

    ## Limits

    Tests that are organised by scenario (`tests/e2e`, `tests/integration`) and tests directly in the top folder of
    tests need no module with their name. Neither does a test that imports a module from the folder it mirrors.
    """

    code = "LC205"
    name = "orphan-test"
    severity = Severity.WARNING
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Report the tests that belong to no module."""
        test_mapping = project.test_mapping
        if not test_mapping.subjects:
            return
        claimed = {
            subject.test.path
            for module in project.modules
            if module.role != TESTS
            for subject in test_mapping.tests_of(module)
        }
        names = {above for module in project.modules for above in _names_above(module.name)}
        folders = {folder.path for folder in project.folders if folder.aside is None and folder.files}
        imported = _imported_by_tests(project)
        by_folder: dict[str, list[TestSubject]] = defaultdict(list)
        for subject in test_mapping.subjects:
            by_folder[subject.test.path.rpartition("/")[0]].append(subject)
        for subjects in by_folder.values():
            count = sum(subject.test.path in claimed for subject in subjects)
            is_mirror = count >= max(_ENOUGH, _MOSTLY * len(subjects)) and _mirrors_folder(subjects[0], folders)
            for subject in subjects:
                if subject.test.path not in claimed and (
                    _imports_what_is_gone(project, subject, names) or (is_mirror and _is_alone(subject, imported))
                ):
                    yield self._report(subject)

    def _report(self, subject: TestSubject) -> Finding:
        test = subject.test
        return self.file_finding(
            test.path,
            f"{test.name} has the name of a test for a module that does not exist",
            subject=test.name,
            application=test.application,
            notes=("help: name it after the module that it tests, or delete it with the module",),
        )


def _imported_by_tests(project: Project) -> Mapping[str, set[str]]:
    """Collect the folders of the modules that each test may import."""
    found: dict[str, set[str]] = defaultdict(set)
    for importer, imported in project.suspects:
        if importer.role == TESTS and imported.role != TESTS:
            found[importer.path].update(imported.path.split("/")[:-1])
    return found


def _names_above(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def _mirrors_folder(subject: TestSubject, folders: set[str]) -> bool:
    """Whether the folders around a test mirror one of the application."""
    if not subject.folders:
        return False
    return any(_are_in_order(subject.folders, folder.split("/")) for folder in folders)


def _are_in_order(names: Sequence[str], folders: Sequence[str]) -> bool:
    left = iter(folders)
    return folders[-1] == names[-1] and all(name in left for name in names)


def _is_alone(subject: TestSubject, imported: Mapping[str, set[str]]) -> bool:
    """Whether a test imports nothing from the folder that it mirrors."""
    return not subject.is_story and subject.folders[-1] not in imported.get(subject.test.path, ())


def _imports_what_is_gone(project: Project, subject: TestSubject, names: set[str]) -> bool:
    possible = {spec.partition(":")[0] for spec in project.scans[subject.test.path].imports}
    gone = {name for name in possible if _is_gone(name, names) and subject.is_about(name.rpartition(".")[2])}
    return bool(gone) and not gone.isdisjoint(project.names_imported_by(subject.test))


def _is_gone(name: str, names: set[str]) -> bool:
    return name not in names and name.rpartition(".")[0] in names
