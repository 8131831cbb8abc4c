from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import BrokenModule, ContractRule, PlacementContract, parse_path_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck import Broken, GraphView

_FACES = ("__init__.py", "__init__.pyi", "__main__.py")


class ContractPlacement(ContractRule[PlacementContract]):
    """A module that breaks a contract of the kind `placement`.

    ## What it does

    Reports modules that are not at one of the `places` of a contract of the kind `placement`. `within` limits the contract
    to some paths. `__init__.py` and `__main__.py` may be anywhere.

    Accept the modules that are there with the baseline, or check with `layercheck diff`: then only modules that a change
    adds are reported.

    ## Why is this bad?

    The team has declared where new modules go, so that everybody finds them.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "services are called services"
    kind = "placement"
    within = ["app"]
    places = ["app/services/*_service.py", "app/main.py"]
    ```

    `app/main.py`:

    ```python
    from app.services import cart_service
    ```

    `app/services/cart_service.py`:

    ```python
    def fill() -> None: ...
    ```

    `app/helpers.py`:

    ```python
    def help() -> None: ...  # error: LC130
    ```

    ## Use instead

    Move `app/helpers.py` to `app/services/help_service.py`.

    `app/main.py`:

    ```python
    from app.services import cart_service, help_service
    ```

    ## Limits

    A module that moves to another wrong place is a new finding. Keys about imports (`imports`, `ignore`) have no effect.
    """

    code = "LC130"
    name = "contract-placement"
    record = PlacementContract
    follows_chains = False

    def judge(self, contract: PlacementContract, graph: GraphView) -> Iterable[Broken]:
        """Check the path of every module."""
        within = [parse_path_pattern(text) for text in contract.within]
        places = [parse_path_pattern(text) for text in contract.places]
        listed = ", ".join(f"`{text}`" for text in contract.places)
        for module in graph.modules:
            path = module.path
            # Folders can be imported, too, but only files are put somewhere.
            if not path.endswith((".py", ".pyi")) or path.rpartition("/")[2] in _FACES:
                continue
            if any(each.fullmatch(path) for each in within) and not any(each.fullmatch(path) for each in places):
                yield BrokenModule(
                    module, f"{path} is not at any of the places {listed}", "move the module to one of them"
                )
