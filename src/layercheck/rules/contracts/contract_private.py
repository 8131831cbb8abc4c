from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ContractRule, PrivateContract
from layercheck.rules.contracts.grouping import is_within, report_direct, select_closest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck import Broken, GraphView


class ContractPrivate(ContractRule[PrivateContract]):
    """An import that breaks a contract of the kind `private`.

    ## What it does

    Reports imports of modules whose name, or the name of a package around them, begins with an underscore, by modules
    outside the package in which the private one lies. Names such as `__main__` are not private.

    ## Why is this bad?

    An underscore says that a module may change at any time. Whoever imports it from elsewhere depends on it all the same.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "private modules are private"
    kind = "private"
    ```

    `app/billing/__init__.py`:

    ```python
    from app.billing._tax import tax
    ```

    `app/billing/_tax.py`:

    ```python
    def tax() -> int: ...
    ```

    `app/orders.py`:

    ```python
    from app.billing._tax import tax  # error: LC127
    ```

    ## Use instead

    `app/orders.py`:

    ```python
    from app.billing import tax
    ```

    ## Limits

    Private names of modules are not looked at; the kind `public` does that for the packages it lists.
    """

    code = "LC127"
    name = "contract-private"
    record = PrivateContract

    def judge(self, contract: PrivateContract, graph: GraphView) -> Iterable[Broken]:
        """Check all importers of private modules."""
        wanted = select_closest(graph, contract.packages) if contract.packages else None
        homes = {
            number: found
            for number, module in enumerate(graph.modules)
            if (wanted is None or number in wanted) and (found := _find_homes(module.name))
        }
        names = [module.name for module in graph.modules]
        edges = {
            edge: home
            for edge in graph.edges
            if edge[1] in homes and (home := _find_home_left(names[edge[0]], homes[edge[1]])) is not None
        }
        for edge, step in graph.confirm(edges).items():
            private, package = edges[edge]
            yield report_direct(
                step,
                f"{private} is private to `{package}`: {step.importer.name} imports {step.imported.name}",
                (step.importer.name, step.imported.name),
                f"import from {package} what is public, or rename {private}",
            )


def _find_homes(name: str) -> list[tuple[str, str]]:
    """Find the private parts of a name, each with the package in which it may be imported; the outermost first."""
    parts = name.split(".")
    return [
        (".".join(parts[: at + 1]), ".".join(parts[:at]))
        for at, part in enumerate(parts)
        if at and part.startswith("_") and not (part.startswith("__") and part.endswith("__"))
    ]


def _find_home_left(importer: str, homes: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    return next((home for home in homes if not is_within(importer, home[1])), None)
