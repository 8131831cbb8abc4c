from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import ChainContract, ForbiddenContract, Groups, parse_pattern
from layercheck.rules.contracts.grouping import BoundTargets, part_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck import GraphView, Selected
    from layercheck.rules.contracts.grouping import Captured


class ContractForbidden(ChainContract[ForbiddenContract]):
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
    advice = "remove the import, or pass in what the module needs"

    def list_groups(self, contract: ForbiddenContract, graph: GraphView) -> Iterable[Groups]:
        """Group the sources and targets, once for each set of values of the captures."""
        of_modules, of_libraries = part_targets(graph, contract.targets)
        targets = BoundTargets(graph, of_modules, exactly=not contract.as_packages)
        libraries = graph.add_libraries(of_libraries)
        by_captured: dict[Captured, list[Selected]] = defaultdict(list)
        for text in contract.sources:
            for each in graph.select(parse_pattern(text), exactly=not contract.as_packages):
                by_captured[targets.captured_by(each.match)].append(each)
        for captured, sources in sorted(by_captured.items()):
            yield _make_groups(sources, targets.select(captured), libraries)

    def describe_ban(self, contract: ForbiddenContract, importer: str, imported: str) -> str:  # noqa: ARG002  (the same for all)
        """Describe what is forbidden."""
        return f"`{importer}` must not import `{imported}`"

    def find_reason_idle(self, contract: ForbiddenContract, graph: GraphView) -> str:
        """Return why no source exists that is not a target."""
        is_idle = all(not any(groups.barred) for groups in self.list_groups(contract, graph))
        return "every source is a target as well" if is_idle else ""


def _make_groups(sources: Iterable[Selected], targets: Iterable[Selected], libraries: Mapping[int, str]) -> Groups:
    """Group the modules of the patterns; for a module that is a source and a target, the closer pattern decides."""
    closest: dict[int, tuple[str, bool]] = {}
    for is_target, selected in ((False, sources), (True, targets)):
        for number, match in selected:
            if len(match.head) > len(closest.get(number, ("", False))[0]):
                closest[number] = (match.head, is_target)
    closest |= {number: (text, True) for number, text in libraries.items()}
    elements = sorted(set(closest.values()))
    number_of = {element: at for at, element in enumerate(elements)}
    starts = sum(1 << at for at, (_, is_target) in enumerate(elements) if not is_target)
    return Groups(
        [name for name, _ in elements],
        {number: number_of[element] for number, element in closest.items()},
        [starts if is_target else 0 for _, is_target in elements],
        libraries,
    )
