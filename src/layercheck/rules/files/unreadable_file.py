from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.finding import Finding, Severity
from layercheck.model.source import Location, Position, Span
from layercheck.rule.rule import ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.facts.file_facts import Unreadable
    from layercheck.project.project import Project


class UnreadableFile(ProjectRule):
    """A file that cannot be read as a Python module.

    ## What it does

    Reports files with the name of a Python module that cannot be read as one: a syntax error, a NUL byte, bytes
    that are not text in the encoding of the file, a broken link, a file without read permission, a relative import
    with too many dots. All other files are still checked.

    ## Why is this bad?

    A file that was not read was not checked. Its imports may break any rule.

    ## Example

    `app/services/users.py`:

    ```python
    def find_user(:  # error: LC001
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Limits

    In projects with more than 2 MB of source, syntax errors are reported only in files that are parsed for another
    reason, that are named on the command line, or that look broken. `--exact` parses every file.
    """

    code = "LC001"
    name = "unreadable-file"
    severity = Severity.ERROR
    sees_outcome = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Report every file that could not be read by anybody."""
        for path, unreadable in sorted(project.unreadable.items()):
            yield self.report(path, unreadable)

    def report(self, path: str, unreadable: Unreadable) -> Finding:
        """Report one file; an editor's text is judged without a project."""
        span = None
        if unreadable.line is not None:
            start = Position(unreadable.line, unreadable.column or 0)
            span = Span(start, Position(start.line, start.column + 1))
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"this file {unreadable.reason}",
            location=Location(path, span),
            subject=path,
            statement=span,
            notes=("help: fix the file, or exclude it with `exclude` in the configuration",),
        )
