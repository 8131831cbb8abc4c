from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import LIBRARY_WORDS, AllowedContract, ContractRule, means_library, names_taken
from layercheck.rules.contracts.grouping import (
    BoundTargets,
    leaves_any_out,
    part_targets,
    report_direct,
    select_closest,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layercheck import Broken, GraphView, PatternMatch


class ContractAllowed(ContractRule[AllowedContract]):
    """An import that breaks a contract of the kind `allowed`.

    ## What it does

    Reports what the sources of a contract of the kind `allowed` import besides its targets. A source may always import what
    belongs to it. Targets are modules, libraries (`sqlalchemy`), parts of libraries (`sqlalchemy.orm`), and the words
    `third-party` and `standard-library`. If none of the targets is a library, libraries are not judged.

    ## Why is this bad?

    The team has listed what these modules may depend on, and the list is not kept.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "services use their own models"
    kind = "allowed"
    sources = ["app.services.{x}"]
    targets = ["app.models.{x}", "standard-library"]
    ```

    `app/services/cart.py`:

    ```python
    import json

    import requests  # error: LC123

    from app.models import cart, user  # error: LC123
    ```

    `app/models/cart.py`:

    ```python
    class Cart: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    `app/services/cart.py`:

    ```python
    import json

    from app.models.cart import Cart
    ```

    ## Limits

    Only direct imports are judged; what the targets import is theirs. Of a library, the names in import statements count,
    not what is used of it: `import sqlalchemy` does not count as `sqlalchemy.orm`.
    """

    code = "LC123"
    name = "contract-allowed"
    record = AllowedContract

    def judge(self, contract: AllowedContract, graph: GraphView) -> Iterable[Broken]:
        """Check everything that the sources import."""
        sources = select_closest(graph, contract.sources)
        of_modules, libraries = part_targets(graph, contract.targets)
        targets = BoundTargets(graph, of_modules)
        listed = ", ".join(f"`{text}`" for text in contract.targets) or "nothing"
        edges = [
            (start, end)
            for start, end in graph.edges
            if start in sources and end not in targets.of(sources[start]) and not _is_own(start, end, sources)
        ]
        for (start, _), step in graph.confirm(edges).items():
            head = sources[start].head
            yield report_direct(
                step,
                f"`{head}` may import only {listed}: {step.importer.name} imports {step.imported.name}",
                (head, step.imported.name),
                _HELP,
            )
        if libraries:
            yield from _judge_libraries(graph, sources, libraries, listed)

    def find_reason_idle(self, contract: AllowedContract, graph: GraphView) -> str:
        """Look for something that a source may not import."""
        sources = select_closest(graph, contract.sources)
        of_modules, libraries = part_targets(graph, contract.targets)
        targets = BoundTargets(graph, of_modules)

        def is_free(end: int, match: PatternMatch) -> bool:
            return end in targets.of(match) or (end in sources and sources[end].head == match.head)

        is_strict = (libraries and not set(libraries) >= LIBRARY_WORDS) or leaves_any_out(graph, sources, is_free)
        return "" if is_strict else "the sources may import everything"


_HELP = "remove the import, or add what is imported to the targets"


def _is_own(start: int, end: int, sources: Mapping[int, PatternMatch]) -> bool:
    return end in sources and sources[start].head == sources[end].head


def _judge_libraries(
    graph: GraphView, sources: Mapping[int, PatternMatch], libraries: Sequence[str], listed: str
) -> Iterator[Broken]:
    def is_allowed(name: str) -> bool:
        return name.partition(".")[0] == "__future__" or any(means_library(text, name) for text in libraries)

    suspects = [
        number for number, names in graph.graph.library_names if number in sources and not all(map(is_allowed, names))
    ]
    for number in suspects:
        head = sources[number].head
        for step in graph.libraries_of(number):
            wrong = [place for place in step.places if not all(map(is_allowed, names_taken(place)))]
            if wrong:
                message = f"`{head}` may import only {listed}: {step.importer.name} imports {names_taken(wrong[0])[0]}"
                yield report_direct(step._replace(places=wrong), message, (head, step.imported.name), _HELP)
