from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import Location, ProjectRule, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Folder, Project


class CaseClash(ProjectRule):
    """A name that differs from another one in the same folder only in case.

    ## What it does

    Reports `Users.py` next to `users.py`, and `Services/` next to `services/`.

    ## Why is this bad?

    On macOS and Windows, both are the same file. A checkout there contains only one of them, and imports that work
    on the server fail or find the wrong module.

    ## Example

    `app/api/routes.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/services/Users.py`:

    ```python
    class Users: ...
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...  # error: LC211
    ```

    ## Use instead

    Move `app/services/Users.py` to `app/services/user_list.py`.

    ## Limits

    Only Python files and the folders that contain them are checked. On a file system that ignores case, only one of
    the two exists, so nothing is reported.
    """

    code = "LC211"
    name = "case-clash"
    severity = Severity.ERROR

    def check(self, project: Project) -> Iterator[Finding]:
        """Compare the names in every folder."""
        for folder in project.folders:
            # Folded name → names as written, each with a file to report at.
            groups: dict[str, dict[str, str]] = defaultdict(dict)
            for name, path in _entries(folder):
                groups[name.casefold()].setdefault(name, path)
            for names in groups.values():
                (first, first_path), *others = sorted(names.items())
                for name, path in others:
                    yield self.file_finding(
                        path,
                        f"{name} and {first} in {folder.path or 'the project root'} differ only by case",
                        subject=f"{folder.path}/{name}".lstrip("/"),
                        application=project.layout.application_of.get(path),
                        notes=("help: rename one of them, so that they differ on every file system",),
                        others=[Related("differs only by case", Location(first_path))],
                    )


def _entries(folder: Folder) -> Iterator[tuple[str, str]]:
    for file in folder.files:
        yield file.path.rpartition("/")[2], file.path
    for child in folder.children:
        yield child.name, child.first_file
