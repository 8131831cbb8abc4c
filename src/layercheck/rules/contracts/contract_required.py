from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import BrokenModule, ContractRule, RequiredContract
from layercheck.rules.contracts.grouping import BoundTargets, part_targets, select_closest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck import Broken, Edge, GraphView


class ContractRequired(ContractRule[RequiredContract]):
    """A missing import that breaks a contract of the kind `required`.

    ## What it does

    Reports sources of a contract of the kind `required` that import none of its targets. A package keeps the contract if one
    of its modules imports a target.

    ## Why is this bad?

    The team has declared that modules of this kind use something, such as a permission check or a registry, and this one
    does not.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "routers check permissions"
    kind = "required"
    sources = ["app.*_router"]
    targets = ["app.permissions"]
    ```

    `app/permissions.py`:

    ```python
    def require_user() -> None: ...
    ```

    `app/cart_router.py`:

    ```python
    from app.permissions import require_user
    ```

    `app/user_router.py`:

    ```python
    def get_user() -> None: ...  # error: LC129
    ```

    ## Use instead

    `app/user_router.py`:

    ```python
    from app.permissions import require_user


    def get_user() -> None: ...
    ```

    ## Limits

    Only direct imports count. An import that is never used counts as well.
    """

    code = "LC129"
    name = "contract-required"
    needs_all_files = True
    record = RequiredContract

    def judge(self, contract: RequiredContract, graph: GraphView) -> Iterable[Broken]:
        """Check that each source has a real import of a target."""
        sources = select_closest(graph, contract.sources)
        of_modules, of_libraries = part_targets(graph, contract.targets)
        targets = BoundTargets(graph, of_modules)
        libraries = graph.add_libraries(of_libraries)
        missing: dict[str, list[Edge]] = defaultdict(list)
        missing.update((match.head, []) for match in sources.values())
        for start, end in graph.edges:
            if start in sources and (end in libraries or end in targets.of(sources[start])):
                missing[sources[start].head].append((start, end))
        while any(missing.values()):
            # One real import is enough, so they are read one by one.
            batch = {head: edges.pop(0) for head, edges in missing.items() if edges}
            real = graph.confirm(batch.values())
            for head, edge in batch.items():
                if edge in real:
                    del missing[head]
        first = {match.head: number for number, match in sorted(sources.items(), reverse=True)}
        listed = " or ".join(f"`{text}`" for text in contract.targets)
        for head in sorted(missing):
            yield BrokenModule(
                graph.modules[first[head]], f"{head} must import {listed}", "add the import, or rename the module"
            )
