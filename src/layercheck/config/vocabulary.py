"""What a configuration may name beyond its own keys: the rules there are, and the presets."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from layercheck.config.preset import has_preset, preset_names, read_preset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layercheck.config.contract_records import Contract
    from layercheck.config.selection import RuleInfo


class Vocabulary:
    """The names that plugins bring along."""

    def __init__(
        self,
        list_rules: Callable[[], tuple[RuleInfo, ...]] = tuple,
        presets: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        includes_plugins: bool = True,
    ) -> None:
        """`list_rules` is asked only where a configuration names rules; without any, the names are not checked.

        `presets` are those besides our own, by name. `includes_plugins` says whether code of plugins and of the project
        may run, so that these are all rules; if not, only names that can be no plugin's are mistakes.
        """
        self._list_rules = list_rules
        self._presets = presets or {}
        self.includes_plugins = includes_plugins

    @cached_property
    def rules(self) -> tuple[RuleInfo, ...]:
        """The rules that may be named."""
        return self._list_rules()

    @cached_property
    def contract_kinds(self) -> Mapping[str, type[Contract]]:
        """The kinds of contract that may be declared, ours and those of plugins, by the word for `kind`."""
        from layercheck.config.contract_records import CONTRACTS, Contract, kind_of  # noqa: PLC0415  (most projects have no contracts)

        records = [
            rule.contract for rule in self.rules if rule.contract is not None and issubclass(rule.contract, Contract)
        ]
        return CONTRACTS | {kind_of(record): record for record in records}

    def without_rules(self) -> Vocabulary:
        """Return what can be known without looking at rules, most of which are to be imported for that."""
        return Vocabulary(presets=self._presets, includes_plugins=self.includes_plugins)

    def preset_names(self) -> tuple[str, ...]:
        """List the presets there are, in alphabetical order."""
        return tuple(sorted({*preset_names(), *self._presets}))

    def has_preset(self, name: str) -> bool:
        """Whether there is a preset of this name."""
        return name in self._presets or has_preset(name)

    def preset(self, name: str) -> Mapping[str, Any]:
        """Read a preset, which must be there, as a table of configuration keys."""
        return self._presets[name] if name in self._presets else read_preset(name)
