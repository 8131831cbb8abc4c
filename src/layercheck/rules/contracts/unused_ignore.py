from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck import ProjectRule, Severity, did_you_mean, ignored_imports, means_library, names_taken, rule_for
from layercheck.rules.contracts.contract_places import report_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layercheck import Edge, Finding, GraphView, ImportPattern, Project

_HELP = "help: remove the line; nothing is reported without it that is not reported with it"


class UnusedIgnore(ProjectRule):
    """An ignored import that needs not be ignored.

    ## What it does

    Reports lines in `ignore` of a contract that name an import that does not exist, or one that would not break the
    contract.

    ## Why is this bad?

    The exception has outlived its cause. It will hide the next import of that kind, which nobody has decided to accept.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "the domain is pure"
    kind = "forbidden"
    sources = ["app.domain"]
    targets = ["app.storage"]
    ignore = ["app.domain -> app.storage"]  # error: LC132
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
    [[tool.layercheck.contracts]]
    name = "the domain is pure"
    kind = "forbidden"
    sources = ["app.domain"]
    targets = ["app.storage"]
    ```

    ## Limits

    An import is of use if it lies on a way that the contract forbids, with all ignored imports put back. All lines that are
    reported can be removed at once. If two ignored imports lie on the same chain, both are of use. In contracts of
    import-linter, `unmatched_ignore_imports_alerting` says how severe it is to name an import that does not exist, unless
    `severity` does.
    """

    code = "LC132"
    name = "unused-ignore"
    severity = Severity.WARNING
    reads_contracts = True
    needs_all_files = True
    follows_chains = True

    def explain_silence(self, project: Project) -> str:
        """Look whether a contract ignores anything."""
        return "" if any(each.contract.ignore for each in project.contracts) else "no contract ignores an import"

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every ignored import of every contract."""
        for declared in project.contracts:
            contract = declared.contract
            patterns = ignored_imports(contract)
            judge = rule_for(contract) if patterns else None
            if judge is None:
                continue
            view = project.graph_of(declared).see(contract.imports)
            is_carried = judge.find_carried(contract, view)
            for index, pattern in enumerate(patterns):
                problem = _find_problem(view, pattern, is_carried)
                if problem is None:
                    continue
                finding = report_key(self, project, declared, ("ignore", index), pattern.text, problem.message, _HELP)
                if declared.terms is None or problem.is_of_import:
                    yield finding
                elif declared.terms.alert is not None:
                    is_set = project.loaded.sets_severity(self.code, self.name)
                    yield finding if is_set else msgspec.structs.replace(finding, severity=declared.terms.alert)


class _Problem(NamedTuple):
    message: str
    is_of_import: bool
    """Whether there is such an import."""


def _find_problem(view: GraphView, pattern: ImportPattern, is_carried: Callable[[Edge], bool]) -> _Problem | None:
    """Say why an ignored import needs not be ignored; None where it does."""
    edges = view.edges_of(pattern)
    real = view.confirm(edges)
    if any(map(is_carried, real)) or _is_of_library(view, pattern):
        return None
    if real:
        return _Problem(f"`{pattern.text}` (ignore) would not break the contract", is_of_import=True)
    message = f"`{pattern.text}` (ignore) is no import of the project{_guess(view, pattern)}"
    return _Problem(message, is_of_import=False)


def _is_of_library(view: GraphView, pattern: ImportPattern) -> bool:
    """Tell whether something from outside is imported that the pattern names."""
    if not pattern.imported.is_plain:
        return False
    return any(
        means_library(pattern.imported.text, name)
        for each in view.select(pattern.importer, exactly=True)
        for step in view.libraries_of(each.number)
        for place in step.places
        for name in names_taken(place)
    )


def _guess(view: GraphView, pattern: ImportPattern) -> str:
    starts = view.select(pattern.importer, exactly=True)
    if not starts:
        return did_you_mean(pattern.importer.text, view.graph.names) if pattern.importer.is_plain else ""
    imported = [view.graph.names[end] for each in starts for end in view.graph.followers.get(each.number, ())]
    return did_you_mean(pattern.imported.text, imported) if pattern.imported.is_plain else ""
