from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Finding, Location, ProjectRule, Severity
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Project

_HELP = "help: fix it, or judge no contracts of import-linter with `import-linter = false`"


class UnjudgedContract(ProjectRule):
    """A contract of import-linter that is not judged.

    ## What it does

    Reports contracts in the files of import-linter that cannot be judged: unknown types and options, missing options,
    files that are not valid, packages that do not exist, and contracts whose type is a class of your own that cannot be run.

    ## Why is this bad?

    Nobody looks at what the contract forbids, and the run seems clean.

    ## Example

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    import-linter = true  # the default

    [tool.importlinter]
    root_package = "app"

    [[tool.importlinter.contracts]]
    name = "the domain is pure"
    type = "forbiden"  # error: LC133
    source_modules = ["app.domain"]
    forbidden_modules = ["app.storage"]
    ```

    `app/domain.py`:

    ```python
    class Order: ...
    ```

    `app/storage.py`:

    ```python
    def save() -> None: ...
    ```

    ## Use instead

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    import-linter = true  # the default

    [tool.importlinter]
    root_package = "app"

    [[tool.importlinter.contracts]]
    name = "the domain is pure"
    type = "forbidden"
    source_modules = ["app.domain"]
    forbidden_modules = ["app.storage"]
    ```

    ## Limits

    A contract that import-linter would pass over as well, such as one with an empty list, is a warning.
    """

    code = "LC133"
    name = "unjudged-contract"
    severity = Severity.ERROR
    reports_unjudged = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Report what is not judged in the files of other tools, and the contract classes that could not be run."""
        for path, loss in project.foreign_contracts.losses:
            yield self._report(path, loss.line, loss.message, loss.severity)
        for verdict in project.class_verdicts:
            if verdict.reason:
                path, contract = verdict.placed.path, verdict.placed.contract
                message = f"the contract {contract.name!r} is not judged: {verdict.reason}"
                yield self._report(path, contract.line, message, Severity.ERROR)

    def _report(self, path: str, line: int, message: str, severity: Severity) -> Finding:
        return Finding(
            code=self.code,
            name=self.name,
            severity=at_most(self.severity, severity),
            message=message,
            location=Location.at_line(path, line),
            subject=path,
            object=message,
            notes=(_HELP,),
        )
