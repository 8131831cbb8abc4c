from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.config.contract_records import ForbiddenContract
from layercheck.config.module_pattern import parse_pattern
from layercheck.project.contract_routes import Groups, find_breaches
from layercheck.rule.contract_rule import ContractRule
from layercheck.rules.contracts.grouping import report_breach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck.config.module_pattern import ModulePattern
    from layercheck.project.contract_graph import GraphView, Selected
    from layercheck.rule.contract_rule import Broken


class ContractForbidden(ContractRule[ForbiddenContract]):
    """An import that breaks a contract of the kind `forbidden`.

    ## What it does

    Reports imports of the targets of a contract of the kind `forbidden` by its sources, and chains of imports through
    other modules, at their last import. `indirect = false` allows chains. With `as-packages = false`, a module does not
    stand for the modules below it.

    ## Why is this bad?

    The team has declared that the sources do not depend on the targets.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "the domain is pure"
    kind = "forbidden"
    sources = ["app.domain"]
    targets = ["app.storage"]
    reason = "it must be testable without a database"
    ```

    `app/domain/order.py`:

    ```python
    from app.storage import save  # error: LC122
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

    `app/domain/order.py`:

    ```python
    class Order: ...
    ```

    `app/storage.py`:

    ```python
    from app.domain.order import Order


    def save(order: Order) -> None: ...
    ```

    ## Limits

    As for LC121, further modules that reach the same import are counted without being confirmed. If a module is a source
    and a target, the pattern that names it more closely decides.
    """

    code = "LC122"
    name = "contract-forbidden"
    record = ForbiddenContract

    def judge(self, contract: ForbiddenContract, graph: GraphView) -> Iterable[Broken]:
        """Search from the sources to the targets; once for each set of values that braces stand for."""
        targets = [parse_pattern(text) for text in contract.targets]
        shared = frozenset().union(*(pattern.captures for pattern in targets))
        by_captured: dict[tuple[tuple[str, str], ...], list[Selected]] = defaultdict(list)
        for text in contract.sources:
            for each in graph.select(parse_pattern(text), exactly=not contract.as_packages):
                common = sorted(item for item in each.match.captured.items() if item[0] in shared)
                by_captured[tuple(common)].append(each)
        for captured, sources in sorted(by_captured.items()):
            yield from _judge_one(contract, graph, sources, [pattern.bind(dict(captured)) for pattern in targets])


def _judge_one(
    contract: ForbiddenContract, graph: GraphView, sources: Iterable[Selected], targets: Iterable[ModulePattern]
) -> Iterator[Broken]:
    closest: dict[int, tuple[str, bool]] = {}
    for is_target, selected in ((False, sources), (True, _select_all(contract, graph, targets))):
        for number, match in selected:
            if len(match.head) > len(closest.get(number, ("", False))[0]):
                closest[number] = (match.head, is_target)
    groups = _make_groups(closest)
    for breach in find_breaches(graph, groups, with_chains=contract.indirect):
        importer, imported = breach.pairs[0]
        yield report_breach(
            breach,
            f"`{importer}` must not import `{imported}`",
            "remove the import, or let the importing module be given what it needs",
        )


def _select_all(contract: ForbiddenContract, graph: GraphView, patterns: Iterable[ModulePattern]) -> Iterator[Selected]:
    for pattern in patterns:
        yield from graph.select(pattern, exactly=not contract.as_packages)


def _make_groups(closest: Mapping[int, tuple[str, bool]]) -> Groups:
    elements = sorted(set(closest.values()))
    number_of = {element: at for at, element in enumerate(elements)}
    sources = sum(1 << at for at, (_, is_target) in enumerate(elements) if not is_target)
    return Groups(
        [name for name, _ in elements],
        {number: number_of[element] for number, element in closest.items()},
        [sources if is_target else 0 for _, is_target in elements],
    )
