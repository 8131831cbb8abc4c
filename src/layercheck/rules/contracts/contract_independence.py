from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.contract_records import IndependenceContract
from layercheck.config.module_pattern import parse_pattern
from layercheck.project.contract_routes import Groups, find_breaches
from layercheck.rule.contract_rule import ContractRule
from layercheck.rules.contracts.grouping import report_breach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.project.contract_graph import GraphView
    from layercheck.rule.contract_rule import Broken


class ContractIndependence(ContractRule[IndependenceContract]):
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

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "features do not know each other"
    kind = "independence"
    modules = ["app.features.*"]
    ```

    `app/checkout.py`:

    ```python
    from app.features import cart, payment
    ```

    `app/features/cart.py`:

    ```python
    def fill() -> None: ...
    ```

    `app/features/payment.py`:

    ```python
    def pay() -> None: ...
    ```

    ## Limits

    As for LC121, further modules that reach the same import are counted without being confirmed.
    """

    code = "LC124"
    name = "contract-independence"
    record = IndependenceContract

    def judge(self, contract: IndependenceContract, graph: GraphView) -> Iterable[Broken]:
        """Let no module reach another one."""
        closest: dict[int, str] = {}
        for text in contract.modules:
            for number, match in graph.select(parse_pattern(text)):
                if len(match.head) > len(closest.get(number, "")):
                    closest[number] = match.head
        names = sorted(set(closest.values()))
        number_of = {name: at for at, name in enumerate(names)}
        everybody = (1 << len(names)) - 1
        groups = Groups(
            names,
            {number: number_of[head] for number, head in closest.items()},
            [everybody & ~(1 << at) for at in range(len(names))],
        )
        for breach in find_breaches(graph, groups, with_chains=contract.indirect):
            importer, imported = breach.pairs[0]
            yield report_breach(
                breach,
                f"`{importer}` must not import `{imported}`, from which it is independent",
                "let a module above both use them, or move what both need into a module of its own",
            )
