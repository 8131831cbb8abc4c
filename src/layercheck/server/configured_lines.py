"""Which lines of the configuration have a part in a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.declared_contract import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.model.finding import Finding

_LAYER_RULES = "LC10"


class ConfiguredLine(NamedTuple):
    """One line that a reader may want to see."""

    line: int
    """1-based."""
    message: str


def list_lines(finding: Finding, loaded: LoadedConfiguration) -> Iterator[ConfiguredLine]:
    """List the lines on which the file says something that this finding follows from."""
    if loaded.document is None:
        return
    for declared in loaded.contracts:
        name, line = declared.contract.name, declared.find_line(())
        # The identity of the finding ends with its contract, the message begins with it.
        is_broken = finding.object.rpartition(":")[2] == slug_of(name) and finding.message.startswith(f"{name}: ")
        if is_broken and line is not None:
            yield ConfiguredLine(line, f"the contract `{name}` is declared here")
    words = (finding.code, finding.name)
    wanted = [f"severity.{word}" for word in words]
    if finding.code.startswith(_LAYER_RULES) and finding.imported is not None:
        wanted.insert(0, "layers")
    for key, origin in loaded.origins.items():
        # A table of options says nothing by itself: its keys do.
        is_option = any(key.startswith(f"rules.{word}.") for word in words)
        if (is_option or key in wanted) and origin.path == loaded.path and origin.line is not None:
            yield ConfiguredLine(origin.line, f"`{key}` is set here")
