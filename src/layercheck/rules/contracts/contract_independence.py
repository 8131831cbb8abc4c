from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ChainContract, Groups, IndependenceContract
from layercheck.rules.contracts.grouping import select_closest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck import GraphView


class ContractIndependence(ChainContract[IndependenceContract]):
    """An import that breaks a contract of the kind `independence`.

    ## What it does

    Reports imports between modules that a contract of the kind `independence` declares to be independent, and chains of
    imports through other modules, at their last import. Each module stands for all modules below it. A pattern such as
    `app.features.*` declares every child of a package.

    ## Why is this bad?

    The team has declared that these modules can be understood, changed and removed one by one.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "features do not know each other"
    kind = "independence"
    modules = ["app.features.*"]
    ```

    `app/features/cart.py`:

    ```python
    from app.features.payment import pay  # error: LC124
    ```

    `app/features/payment.py`:

    ```python
    def pay() -> None: ...
    ```

    ## Use instead

    `app/checkout.py`:

    ```python
    from app.features import cart, payment
    ```

    `app/features/cart.py`:

    ```python
    def fill() -> None: ...
    ```

    ## Limits

    As for LC121, further modules that reach the same import are counted without being confirmed.
    """

    code = "LC124"
    name = "contract-independence"
    record = IndependenceContract

    advice = "let a module above both use them, or move what both need into a module of its own"

    def list_groups(self, contract: IndependenceContract, graph: GraphView) -> Iterable[Groups]:
        """Make each module a group that no other group may reach."""
        closest = select_closest(graph, contract.modules)
        names = sorted({match.head for match in closest.values()})
        number_of = {name: at for at, name in enumerate(names)}
        everybody = (1 << len(names)) - 1
        yield Groups(
            names,
            {number: number_of[match.head] for number, match in closest.items()},
            [everybody & ~(1 << at) for at in range(len(names))],
        )

    def describe_ban(self, contract: IndependenceContract, importer: str, imported: str) -> str:  # noqa: ARG002  (the same for all)
        """Describe what independence forbids."""
        return f"`{importer}` must not import `{imported}`, from which it is independent"

    def find_reason_idle(self, contract: IndependenceContract, graph: GraphView) -> str:
        """Return why there are not two modules."""
        (groups,) = self.list_groups(contract, graph)
        return f"`{groups.names[0]}` is the only module" if len(groups.names) == 1 else ""
