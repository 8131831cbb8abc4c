"""A rule that could not do its work."""

from __future__ import annotations

import msgspec


class Failure(msgspec.Struct, frozen=True):
    """A rule that raised instead of giving its findings: all of them are missing."""

    code: str
    name: str
    plugin: str
    """The plugin that gives the rule, as messages call it."""
    message: str
    """Its own exception on one line: `ValueError: what it says`."""
    path: str = ""
    """The file of the innermost frame of the plugin: relative to the project root if it lies below it, else absolute."""
    line: int = 0
    """1-based; 0 where there is no place."""
    remedy: str = ""
    """What to do, in a sentence."""

    def __str__(self) -> str:
        place = f" ({self.path}:{self.line})" if self.path else ""
        head = f"the rule {self.code} {self.name} of the plugin {self.plugin} failed: {self.message}{place}"
        return f"{head}; its findings are missing. {self.remedy}".rstrip()
