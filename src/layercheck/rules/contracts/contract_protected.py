from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ContractRule, ProtectedContract
from layercheck.rules.contracts.grouping import BoundTargets, leaves_any_out, report_direct, select_closest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck import Broken, GraphView, PatternMatch


class ContractProtected(ContractRule[ProtectedContract]):
    """An import that breaks a contract of the kind `protected`.

    ## What it does

    Reports imports of the modules of a contract of the kind `protected` by modules that are not among its `importers`. The
    modules of one protected package may import each other.

    ## Why is this bad?

    The team has declared who may depend on these modules, so that they can be changed.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "only repositories use tables"
    kind = "protected"
    modules = ["app.tables"]
    importers = ["app.*_repo"]
    ```

    `app/tables.py`:

    ```python
    class User: ...
    ```

    `app/user_repo.py`:

    ```python
    from app.tables import User
    ```

    `app/mail.py`:

    ```python
    from app.tables import User  # error: LC125
    ```

    ## Use instead

    `app/mail.py`:

    ```python
    from app import user_repo
    ```

    ## Limits

    Only direct imports are judged: importers may pass on what they import.
    """

    code = "LC125"
    name = "contract-protected"
    record = ProtectedContract

    def judge(self, contract: ProtectedContract, graph: GraphView) -> Iterable[Broken]:
        """Check all importers of protected modules."""
        is_exact = not contract.as_packages
        modules = select_closest(graph, contract.modules, exactly=is_exact)
        importers = BoundTargets(graph, contract.importers, exactly=is_exact)
        edges = [
            (start, end)
            for start, end in graph.edges
            if end in modules
            and start not in importers.of(modules[end])
            and not (start in modules and modules[start].head == modules[end].head)
        ]
        listed = ", ".join(f"`{text}`" for text in contract.importers)
        allowed = f"only {listed}" if listed else "nobody else"
        for (_, end), step in graph.confirm(edges).items():
            head = modules[end].head
            yield report_direct(
                step,
                f"{allowed} may import `{head}`: {step.importer.name} imports {step.imported.name}",
                (step.importer.name, head),
                "import one of the importers instead, or add the module to them",
            )

    def find_reason_idle(self, contract: ProtectedContract, graph: GraphView) -> str:
        """Look for a module that may not import what is protected."""
        is_exact = not contract.as_packages
        modules = select_closest(graph, contract.modules, exactly=is_exact)
        importers = BoundTargets(graph, contract.importers, exactly=is_exact)

        def is_free(start: int, match: PatternMatch) -> bool:
            is_own = start in modules and modules[start].head == match.head
            return is_own or start in importers.of(match)

        return "" if leaves_any_out(graph, modules, is_free) else "every module may import what is protected"
