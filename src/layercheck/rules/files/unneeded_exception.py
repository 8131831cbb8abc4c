from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Certainty, Finding, Location, ProjectRule, Severity, find_modules, is_module_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import KeyPath, Project


class UnneededException(ProjectRule):
    """An exception in the configuration that changes nothing.

    ## What it does

    Reports rules in `per-path-ignores` that hide no finding, because there is none in the files that match the pattern,
    or because another entry hides all of them. Reports modules in `roles` that have the same role, and are as certain,
    without the configuration.

    All entries that are reported can be removed at once. Suppression comments without effect are reported by LC002,
    entries of the baseline by LC004, patterns that match no file by LC008, and ignored imports of contracts by LC132.

    ## Why is this bad?

    The exception claims that something is wrong in these files, which is not the case, and it would hide the next
    finding in them.

    ## Example

    `pyproject.toml`:

    ```toml
    [tool.layercheck.per-path-ignores]
    "app/services/" = ["LC101"]  # error: LC009
    ```

    `app/services/users.py`:

    ```python
    from app.models.user import User


    def find_user() -> User: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    Delete the entry.

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    ```

    ## Limits

    Entries for rules that did not run are not checked. Names of folders and files in `roles` are not checked.
    """

    code = "LC009"
    name = "unneeded-exception"
    severity = Severity.INFO
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Report needless entries of `roles`; those of `per-path-ignores` are known only after all rules."""
        document = project.loaded.document
        roles = document.table.get("roles", {}) if document is not None else {}
        for role, entries in roles.items():
            for index, entry in enumerate(entries):
                if is_module_pattern(entry) and self._changes_nothing(project, role, entry):
                    message = f"`{entry}` (roles.{role}) changes nothing: the modules have this role anyway"
                    yield self.report_entry(project, ("roles", role, index), f"roles.{role} {entry}", message)

    def _changes_nothing(self, project: Project, role: str, entry: str) -> bool:
        modules = find_modules(entry, project.modules)
        return bool(modules) and all(
            project.recognised_role(module) == (role, Certainty.CERTAIN) and module.role == role for module in modules
        )

    def report_entry(self, project: Project, key: KeyPath, entry: str, message: str) -> Finding:
        """Report an entry of the configuration, at its line."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=message,
            location=Location.at_line(project.configuration_path, project.loaded.line_of(key)),
            subject=str(key[0]),
            object=entry,
            notes=("help: remove it from the configuration",),
        )
