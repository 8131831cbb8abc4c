from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck import ENVIRONMENT_MARKER, ProjectRule, Severity, compile_later, folder_of, split_lines
from layercheck.rules.structure.manifests import application_folders
from layercheck.rules.structure.severities import lighter_severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Project

_SETTING = compile_later(r"(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)")
_SECRET_NAME = compile_later(
    r"secret|token|passw(?:or)?d|pwd|api_?key|private_?key|access_?key|signing_?key|credential", re.IGNORECASE
)
_PLACEHOLDER = compile_later(
    r"change|example|your|placeholder|dummy|sample|replace|insert|todo|fixme|default|local|test|fake|insecure|not.?secure"
    r"|secret|password|postgres|admin|xxx|\.\.\.|\*\*\*|[<>${}]|^(.)\1*$|^[a-z]*$|^\d*$|^(?:true|false|none|null)$",
    re.IGNORECASE,
)
_SHORTEST_SECRET = 12
# What tools read of themselves (Compose, Python, editors) is the same for everybody, and no secret.
_HARMLESS = compile_later(
    r"(?:COMPOSE|DOCKER|COVERAGE|PYTEST)_\w+|PYTHON\w+|DJANGO_SETTINGS_MODULE|FLASK_(?:APP|ENV|DEBUG)"
)
_UNTRACK = "help: add it to .gitignore, and remove it from git, not from the disk: `git rm -r --cached`"
_SAMPLE = "help: track a sample, `.env.example`, and exclude `.env` in .gitignore"


class TrackedEnvironment(ProjectRule):
    """A virtual environment or a file with secrets under version control.

    ## What it does

    Asks git which virtual environments and `.env` files of the project it tracks. A `.env` file with what looks
    like a real secret is a warning, one with other settings an info. Samples (`.env.example`, `.env.template`, …)
    are allowed.

    ## Why is this bad?

    A virtual environment consists of thousands of files of other people, built for one machine. A `.env` file
    contains the passwords of one installation: once it is committed, everybody who ever gets the repository has
    them, and they stay in the history.

    ## Example

    In a repository of git that holds all of these files:

    `.env`:

    ```text
    DEBUG=1  # error: LC236
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    A `.env` file that `.gitignore` excludes, and a sample under version control.

    Remove `.env`.

    `.env.example`:

    ```text
    DEBUG=1
    ```

    ## Limits

    Nothing is reported outside of a git repository, or if git is not installed. Only files on disk are checked, in
    the folders between the root of the project and its applications; files that exist only in older commits are not
    found. A secret is recognised by its name and its form, and its value is never printed.
    """

    code = "LC236"
    name = "tracked-environment"
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """Ask git which of the files it tracks."""
        files = project.files
        if files.place is None:
            return
        dotenvs = files.find(".env", folders=application_folders(project))
        markers = files.find(ENVIRONMENT_MARKER)
        tracked = files.tracked([*dotenvs, *markers])
        for path in markers:
            if path in tracked:
                message = f"the virtual environment `{folder_of(path)}` is under version control"
                yield self._report(folder_of(path), path, message, self.severity, _UNTRACK)
        for path in dotenvs:
            if path in tracked:
                yield from self._judge(project, path)

    def _judge(self, project: Project, path: str) -> Iterator[Finding]:
        matches = (_SETTING.fullmatch(line.strip()) for line in split_lines(project.files.read(path)))
        settings = {match[1]: match[2] for match in matches if match}
        secrets = [name for name, value in settings.items() if _looks_secret(name, value)]
        if secrets:
            others = f" and {len(secrets) - 1} more" if len(secrets) > 1 else ""
            message = f"{path} is under version control and contains what looks like a secret: {secrets[0]}{others}"
            yield self._report(path, path, message, self.severity, f"{_UNTRACK}; then replace its secrets")
        elif not all(_HARMLESS.fullmatch(name) for name in settings):
            message = f"{path} is under version control"
            if any(map(_SECRET_NAME.search, settings)):
                message += ", with placeholders for secrets"
            yield self._report(path, path, message, lighter_severity(self, project), _SAMPLE)

    def _report(self, subject: str, path: str, message: str, severity: Severity, help_text: str) -> Finding:
        # Without a line: the report must not quote what stands there.
        return self.file_finding(path, message, subject=subject, severity=severity, notes=(help_text,))


def _looks_secret(name: str, value: str) -> bool:
    bare = re.sub(r"\s+#.*$", "", value).strip().strip("\"'")
    return _SECRET_NAME.search(name) is not None and len(bare) >= _SHORTEST_SECRET and _PLACEHOLDER.search(bare) is None
