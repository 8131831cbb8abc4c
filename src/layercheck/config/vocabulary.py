"""What a configuration may name beyond its own keys: the rules there are, and the presets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.config.preset import has_preset, preset_names, read_preset
from layercheck.config.selection import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping


class Vocabulary(msgspec.Struct, frozen=True):
    """The names that plugins bring along."""

    rules: tuple[RuleInfo, ...] = ()
    """Without any, names of rules are not checked."""
    presets: dict[str, dict[str, Any]] = {}
    """Presets besides our own, by name."""
    is_whole: bool = True
    """Whether these are all rules; if not, only names that can be no plugin's are mistakes."""

    def preset_names(self) -> tuple[str, ...]:
        """List the presets there are, in alphabetical order."""
        return tuple(sorted({*preset_names(), *self.presets}))

    def has_preset(self, name: str) -> bool:
        """Whether there is a preset of this name."""
        return name in self.presets or has_preset(name)

    def preset(self, name: str) -> Mapping[str, Any]:
        """Read a preset, which must be there, as a table of configuration keys."""
        return self.presets[name] if name in self.presets else read_preset(name)
