from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import Finding, Location, Position, ProjectRule, Related, Severity, Span, compile_later, folders_above
from layercheck.rules.severities import at_most

_PLACEHOLDER = compile_later(r"\{\{.*?\}\}")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Project, Unreadable


_TEMPLATES = frozenset({"template", "templates", "project_template", "app_template"})
"""Names of folders with templates, whose placeholders are not Python."""


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

    ## Limits

    In projects with more than 2 MB of source, syntax errors are reported only in files that are parsed for another
    reason, that are named on the command line, or that look broken. `--exact` parses every file.

    Files that cannot be parsed in a folder of templates, whose name contains `{{` or is `template`, `templates`,
    `project_template` or `app_template`, are one info per folder.
    """

    code = "LC001"
    name = "unreadable-file"
    severity = Severity.ERROR
    sees_outcome = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Report every unreadable file, and the templates of one folder once."""
        templates: dict[str, list[str]] = defaultdict(list)
        for path, unreadable in sorted(project.unreadable.items()):
            folder = _template_folder(path)
            if folder:
                templates[folder].append(path)
            else:
                yield self.report(path, unreadable)
        for folder, paths in templates.items():
            yield self._report_templates(folder, paths)

    def _report_templates(self, folder: str, paths: list[str]) -> Finding:
        count = f"{len(paths)} files" if len(paths) > 1 else "1 file"
        return Finding(
            code=self.code,
            name=self.name,
            severity=at_most(self.severity, Severity.INFO),
            message=f"{count} in the templates below {folder} cannot be parsed, and {'were' if len(paths) > 1 else 'was'} not checked",
            location=Location(paths[0]),
            subject=folder,
            related=tuple(Related("cannot be parsed", Location(path)) for path in paths[1:]),
            notes=(f'help: exclude = ["{_as_pattern(folder)}"]',),
        )

    def report(self, path: str, unreadable: Unreadable) -> Finding:
        """Report one file, also for a text in an editor without a project."""
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


def _template_folder(path: str) -> str:
    """Find the outermost folder of templates that contains a file; empty if there is none."""
    for folder in reversed(folders_above(path)):
        if "{{" in folder or folder.rpartition("/")[2].lower() in _TEMPLATES:
            return folder
    return ""


def _as_pattern(folder: str) -> str:
    """Write a pattern for `exclude` that matches a folder; braces have another meaning in patterns."""
    return f"{_PLACEHOLDER.sub(_keep_words, folder)}/"


def _keep_words(placeholder: re.Match[str]) -> str:
    """Write `{{ name|slug }}` as `*name*slug*`: a star alone would leave out every folder."""
    return re.sub(r"[^\w.]+", "*", placeholder.group())
