"""The sections of commands in `layercheck --help`, and the commands of each in the order of use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SECTIONS = {
    "Check": ("check", "explain", "diff", "affected", "facts"),
    "Understand": ("roles", "why", "who", "map"),
    "Adopt": ("init", "migrate", "baseline", "config", "completion"),
    "Rules and plugins": ("rule", "new-rule", "coverage", "selftest"),
    "Editors and agents": ("server", "context", "hook", "mcp"),
}


def sort_into_sections(names: Iterable[str]) -> dict[str, list[str]]:
    """Sort the names of commands into the sections; a command that is in none follows in one of its own."""
    there = {*names}
    sections = {title: [name for name in section if name in there] for title, section in SECTIONS.items()}
    rest = there - {name for section in sections.values() for name in section}
    return sections | ({"Other": sorted(rest)} if rest else {})
