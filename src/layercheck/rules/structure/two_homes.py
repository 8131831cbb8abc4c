from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import Location, ProjectRule, Related, Severity
from layercheck.rules.structure.words import home_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Finding, Folder, Project


class TwoHomes(ProjectRule):
    """A second folder for the same layer.

    ## What it does

    Reports folders next to each other in one application whose names mean the same: `services/` and `service/`,
    `repos/` and `repositories/`, `utils/` and `helpers/`.

    ## Why is this bad?

    The names do not tell where a module is and where the next one belongs. Such pairs result from a typing error or
    from an unfinished move.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/service/orders.py`:

    ```python
    def find_order() -> None: ...  # error: LC208
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/services/mails.py`:

    ```python
    def send_mail() -> None: ...
    ```

    ## Use instead

    Move `app/service/orders.py` to `app/services/orders.py`.

    ## Limits

    Folders that contain several layers of one feature are ignored. Folders at different depths are not compared.
    The finding is located at the first file of the smaller folder.
    """

    code = "LC208"
    name = "two-homes"
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """Compare the folders next to each other in an application."""
        for parent in project.folders:
            groups: dict[str, list[Folder]] = defaultdict(list)
            for child in parent.children:
                first = child.first_file
                if child.role is not None and child.aside is None and first in project.layout.application_of:
                    groups[home_of(child.name)].append(child)
            for homes in groups.values():
                if len(homes) > 1:
                    yield from self._report(project, homes)

    def _report(self, project: Project, homes: Sequence[Folder]) -> Iterator[Finding]:
        # The largest is the one to keep.
        kept, *others = sorted(homes, key=lambda folder: (-folder.total, folder.path))
        for folder in others:
            first = folder.first_file
            # Which of them is larger may change; that there are two stays the same finding.
            one, other = sorted((folder.path, kept.path))
            yield self.file_finding(
                first,
                f"{folder.path} is a second folder for the same layer, next to {kept.path}: both names mean the same",
                subject=one,
                object=other,
                application=project.layout.application_of[first],
                notes=(f"help: move its modules into {kept.path}, or give it a distinct name",),
                others=[Related("the other home", Location(kept.first_file))],
            )
