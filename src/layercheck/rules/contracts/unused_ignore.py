from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck import ProjectRule, Severity, did_you_mean, ignored_imports, means_library, names_taken, rule_for
from layercheck.rules.contracts.contract_places import report_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from layercheck import Edge, Finding, GraphView, ImportPattern, Project

_HELP = "help: remove the line; the findings are the same without it"


NO_MODULE = -1
"""Marks an edge to a library, in contracts without libraries."""


class UnusedIgnore(ProjectRule):
    """An ignored import that need not be ignored.

    ## What it does

    Reports lines in `ignore` of a contract that name an import that does not exist, or one that would not break the
    contract, or only imports that other lines ignore as well.

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
        """Return why there is nothing to check: no contract ignores an import."""
        return "" if any(each.contract.ignore for each in project.contracts) else "no contract ignores an import"

    def check(self, project: Project) -> Iterator[Finding]:
        """Check every ignored import of every contract."""
        for declared in project.contracts:
            contract = declared.contract
            patterns = ignored_imports(contract)
            judge = rule_for(contract) if patterns else None
            if judge is None:
                continue
            view = project.graph_of(declared).see(contract.imports)
            for index, problem in enumerate(_find_problems(view, patterns, judge.find_carried(contract, view))):
                pattern = patterns[index]
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
    """Whether the import exists."""


def _find_problems(
    view: GraphView, patterns: Sequence[ImportPattern], is_carried: Callable[[Edge], bool]
) -> list[_Problem | None]:
    """Describe for each ignored import why it need not be ignored; None if it must be."""
    real = [view.confirm(view.edges_of(pattern)) for pattern in patterns]
    of_use = [{edge for edge in edges if is_carried(edge)} for edges in real]
    counts = Counter(edge for edges in of_use for edge in edges)
    problems: list[_Problem | None] = []
    for pattern, edges, used in zip(patterns, real, of_use, strict=True):
        libraries = set(_find_libraries(view, pattern))
        problem = None
        if used and all(counts[edge] > 1 for edge in used) and not libraries:
            counts.subtract(used)
            text = f"`{pattern.text}` (ignore) names only imports that other lines ignore as well"
            problem = _Problem(text, is_of_import=True)
        elif not used and not any(map(is_carried, libraries)):
            problem = _describe_idle(view, pattern, is_real=bool(edges or libraries))
        problems.append(problem)
    return problems


def _describe_idle(view: GraphView, pattern: ImportPattern, *, is_real: bool) -> _Problem:
    if is_real:
        return _Problem(f"`{pattern.text}` (ignore) would not break the contract", is_of_import=True)
    message = f"`{pattern.text}` (ignore) is no import of the project{_guess(view, pattern)}"
    return _Problem(message, is_of_import=False)


def _find_libraries(view: GraphView, pattern: ImportPattern) -> Iterator[Edge]:
    """Find the imports of libraries that a pattern names, as edges to the library."""
    if not pattern.imported.is_plain:
        return
    for each in view.select(pattern.importer, exactly=True):
        if any(
            means_library(pattern.imported.text, name)
            for step in view.libraries_of(each.number)
            for place in step.places
            for name in names_taken(place)
        ):
            yield each.number, NO_MODULE
            yield from (edge for edge in view.library_edges if edge[0] == each.number)


def _guess(view: GraphView, pattern: ImportPattern) -> str:
    starts = view.select(pattern.importer, exactly=True)
    if not starts:
        return did_you_mean(pattern.importer.text, view.graph.names) if pattern.importer.is_plain else ""
    imported = [view.graph.names[end] for each in starts for end in view.graph.followers.get(each.number, ())]
    return did_you_mean(pattern.imported.text, imported) if pattern.imported.is_plain else ""
