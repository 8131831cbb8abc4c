from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck import Finding, Location, ProjectRule, Related, Severity
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import ClassVerdict, Project, Step

_MOST_LINES = 10
"""The number of lines of a contract's output that are shown."""


class ContractClass(ProjectRule):
    """A broken contract of import-linter whose type is a class of your own.

    ## What it does

    Runs the contracts whose type is in `contract_types` of import-linter, on the graph of layercheck, and reports what they
    say. An import that is named as `a.b -> c.d` is reported at its place, anything else at the contract. The classes are
    code of the project: with `--no-plugins` and in editors that do not trust the project, they are not run.

    ## Why is this bad?

    The team has declared that the modules keep the contract.

    ## Example

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    import-linter = true  # the default

    [tool.importlinter]
    root_package = "app"
    contract_types = ["loners: tools.loners.Loners"]

    [[tool.importlinter.contracts]]
    name = "nobody imports legacy code"
    type = "loners"
    module = "app.legacy"
    ```

    `tools/loners.py`:

    ```python
    from importlinter import Contract, ContractCheck, fields, output


    class Loners(Contract):
        module = fields.StringField()

        def check(self, graph, verbose):
            importers = graph.find_modules_that_directly_import(self.module)
            return ContractCheck(kept=not importers, metadata={"importers": importers})

        def render_broken_contract(self, check):
            for importer in sorted(check.metadata["importers"]):
                output.print(f"{importer} -> {self.module}")
    ```

    `app/legacy.py`:

    ```python
    def pay() -> None: ...
    ```

    `app/order.py`:

    ```python
    from app.legacy import pay  # error: LC134
    ```

    ## Use instead

    `app/order.py`:

    ```python
    def place() -> None: ...
    ```

    ## Limits

    import-linter must be installed in the environment of layercheck. A contract that cannot be run is reported by LC133.
    `selftest` cannot know what a class forbids.
    """

    code = "LC134"
    name = "contract-class"
    severity = Severity.ERROR
    needs_all_files = True
    runs_contract_classes = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Report the verdicts of all contract classes."""
        for verdict in project.class_verdicts:
            for warning in verdict.warnings:
                finding = self._report(verdict, warning, warning)
                yield msgspec.structs.replace(finding, severity=at_most(self.severity, Severity.WARNING))
            if not verdict.is_kept:
                steps = verdict.steps
                yield from (self._report_import(verdict, step) for step in steps)
                if not steps:
                    yield self._report(verdict, "the contract is broken", "", verdict.lines)

    def _report(self, verdict: ClassVerdict, message: str, culprit: str, lines: tuple[str, ...] = ()) -> Finding:
        path, contract = verdict.placed.path, verdict.placed.contract
        left_out = [f"and {len(lines) - _MOST_LINES} more lines"] if len(lines) > _MOST_LINES else []
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"{contract.name}: {message}",
            location=Location.at_line(path, contract.line),
            subject=path,
            object=f"{culprit}:{contract.slug}",
            notes=(f"contract: {contract.name} ({path}:{contract.line})", *lines[:_MOST_LINES], *left_out),
        )

    def _report_import(self, verdict: ClassVerdict, step: Step) -> Finding:
        first, *others = step.places
        message = f"{step.importer.name} imports {first.imported}"
        return msgspec.structs.replace(
            self._report(verdict, message, first.imported),
            location=first.location,
            subject=first.importer,
            application=step.importer.application or "",
            importer=first.importer,
            imported=first.imported,
            import_kind=first.kind,
            statement=first.statement,
            related=tuple(Related("imported here as well", other.location) for other in others),
        )
