from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck import BrokenModule, ChainContract, Groups, LayersContract, did_you_mean, parse_level, parse_pattern
from layercheck.rules.contracts.grouping import group_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck import Broken, GraphView, Level, Module


class ContractLayers(ChainContract[LayersContract]):
    """An import that breaks a contract of the kind `layers`.

    ## What it does

    Reports imports of a higher layer, of an independent sibling, and imports that skip a closed layer, for the layers of a
    contract of the kind `layers`. Chains of imports through modules without a layer are reported as well, at their last
    import. With `exhaustive`, children of a container that are not listed are reported.

    A layer is a module with all modules below it, a pattern, or a role (`role:services`). Layers are listed highest first;
    `a | b` are siblings that may not import each other, `a : b` siblings that may, `(a)` may be missing.

    ## Why is this bad?

    The team has declared in which direction its modules depend on each other, and the import leads the other way.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "orders are layered"
    kind = "layers"
    layers = ["app.web", "app.orders"]
    ```

    `app/web/__init__.py`:

    ```python
    def url_for(name: str) -> str: ...
    ```

    `app/orders/mail.py`:

    ```python
    from app.web import url_for  # error: LC121
    ```

    ## Use instead

    `app/web/__init__.py`:

    ```python
    from app.orders.mail import send_mail
    ```

    `app/orders/mail.py`:

    ```python
    def send_mail(url: str) -> None: ...
    ```

    ## Limits

    A chain is searched among possible imports, and each of its imports is confirmed. The number of further modules that
    reach the same import is counted without that, up to a hundred.
    """

    code = "LC121"
    name = "contract-layers"
    record = LayersContract

    advice = "move what both need down, or reverse the import"

    def judge(self, contract: LayersContract, graph: GraphView) -> Iterator[Broken]:
        """Judge the layers of each container, or of the whole project, and modules outside all layers."""
        yield from super().judge(contract, graph)
        for package in _find_containers(contract, graph) if contract.exhaustive else ():
            yield from _find_unlisted(contract, graph, package)

    def list_groups(self, contract: LayersContract, graph: GraphView) -> Iterable[Groups]:
        """Make each layer a group."""
        layers = read_layers(contract)
        for package in _find_containers(contract, graph) if contract.containers else [""]:
            names = [whole_name(layer.name, package) for layer in layers]
            patterns = [(parse_pattern(name), at) for at, name in enumerate(names)]
            barred = [_barred_from(layers, layer) for layer in layers]
            yield Groups(names, group_modules(graph, patterns, within=package), barred)

    def describe_ban(self, contract: LayersContract, importer: str, imported: str) -> str:
        """Describe why one layer may not import another."""
        layers = read_layers(contract)
        low, high = (_find_layer(layers, name) for name in (importer, imported))
        return f"`{importer}` must not import `{imported}`, {_describe_ban(layers, low, high)}"

    def find_reason_idle(self, contract: LayersContract, graph: GraphView) -> str:
        """Return why there are not two layers."""
        filled = max((len(set(groups.of.values())) for groups in self.list_groups(contract, graph)), default=0)
        return "no two of its layers have modules" if filled < 2 else ""


class _Layer(NamedTuple):
    name: str
    rank: int
    is_independent: bool
    is_closed: bool


def _find_containers(contract: LayersContract, graph: GraphView) -> list[str]:
    heads = (each.match.head for text in contract.containers for each in graph.select(parse_pattern(text)))
    return sorted(set(heads))


def _find_layer(layers: Sequence[_Layer], whole: str) -> _Layer:
    """Find a layer by its name, with or without its container."""
    return max(
        (each for each in layers if whole == each.name or whole.endswith(f".{each.name}")),
        key=lambda each: len(each.name),
    )


def read_layers(contract: LayersContract) -> list[_Layer]:
    return [
        _Layer(member.name, rank, level.independent, member.name in contract.closed)
        for rank, level in enumerate(map(_parse, contract.layers))
        for member in level.members
    ]


def _parse(line: str) -> Level:
    return parse_level(line, check=parse_pattern)


def whole_name(layer: str, package: str) -> str:
    return f"{package}.{layer}" if package and not layer.startswith("role:") else layer


def _barred_from(layers: Sequence[_Layer], layer: _Layer) -> int:
    """Tell, as bits, which layers may not import a layer."""
    return sum(1 << at for at, other in enumerate(layers) if _describe_ban(layers, other, layer))


def _describe_ban(layers: Sequence[_Layer], importer: _Layer, imported: _Layer) -> str:
    """Describe why one layer may not import another; empty if it may."""
    if imported.rank < importer.rank:
        return "a higher layer"
    if imported.rank == importer.rank:
        return "an independent sibling" if imported.is_independent and imported != importer else ""
    between = [each.name for each in layers if each.is_closed and importer.rank < each.rank < imported.rank]
    return f"past the closed layer `{between[0]}`" if between else ""


def find_missing_layers(contract: LayersContract, graph: GraphView) -> Iterator[tuple[int, str]]:
    """Find the required layers without modules, each with the index of its line and its full name."""
    for package in _find_containers(contract, graph) if contract.containers else [""]:
        for index, line in enumerate(contract.layers):
            for member in _parse(line).members:
                name = whole_name(member.name, package)
                if not member.optional and not graph.select(parse_pattern(name)):
                    yield index, name


def _find_unlisted(contract: LayersContract, graph: GraphView, package: str) -> Iterator[BrokenModule]:
    """Find the children of a container that are in no layer and not excepted."""
    for child, module in _list_unlisted(contract, graph, package).items():
        if child not in contract.exhaustive_ignores:
            yield BrokenModule(
                module,
                f"{package}.{child} is not a layer of {package}, and the contract is exhaustive",
                "list it among the layers, or in `exhaustive-ignores`",
            )


def _list_unlisted(contract: LayersContract, graph: GraphView, package: str) -> dict[str, Module]:
    """List the children of a container that are in no layer, each with the first module in it."""
    patterns = [(parse_pattern(whole_name(layer.name, package)), at) for at, layer in enumerate(read_layers(contract))]
    listed = group_modules(graph, patterns, within=package)
    prefix = f"{package}."
    in_layers = {graph.modules[number].name.removeprefix(prefix).partition(".")[0] for number in listed}
    unlisted: dict[str, Module] = {}
    for module in graph.modules:
        child = module.name.removeprefix(prefix).partition(".")[0]
        if module.name.startswith(prefix) and child not in in_layers:
            unlisted.setdefault(child, module)
    return unlisted


def find_idle_exceptions(contract: LayersContract, graph: GraphView) -> Iterator[tuple[int, str]]:
    """Find the entries of `exhaustive-ignores` that make no difference, each with its index and what is wrong with it."""
    if not contract.exhaustive_ignores:
        return
    if not contract.exhaustive:
        yield 0, "has no effect without `exhaustive`"
        return
    containers = _find_containers(contract, graph)
    unlisted = {child for package in containers for child in _list_unlisted(contract, graph, package)}
    for index, text in enumerate(contract.exhaustive_ignores):
        if text in unlisted:
            continue
        is_there = any(graph.select(parse_pattern(f"{package}.{text}")) for package in containers)
        yield (
            index,
            "is a layer" if is_there else f"is not a child of a container{did_you_mean(text, sorted(unlisted))}",
        )
