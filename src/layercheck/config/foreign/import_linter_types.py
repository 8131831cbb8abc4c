"""The types of contract that import-linter has: their options, and what these are called here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

TOOL = "import-linter"
OWN_FILE = ".importlinter"
"""The file that only import-linter reads."""
FILES = ("setup.cfg", OWN_FILE, "pyproject.toml")
"""Where import-linter looks for its configuration, in its order; the first file that has any is the one."""
SECTION = "importlinter"
"""What the sections are called; a file without this word says nothing to import-linter."""


class ContractType(NamedTuple):
    """What one type of contract becomes."""

    kind: str
    lists: Mapping[str, str]
    """Options with several values, each with our key."""
    required: tuple[str, ...] = ()
    flags: Mapping[str, str] = {}
    inverted: Mapping[str, str] = {}
    """Flags that mean the opposite of our key."""
    numbers: Mapping[str, str] = {}


CONTRACT_TYPES = {
    "layers": ContractType(
        "layers",
        {"layers": "layers", "containers": "containers", "exhaustive_ignores": "exhaustive-ignores"},
        ("layers",),
        flags={"exhaustive": "exhaustive"},
    ),
    "forbidden": ContractType(
        "forbidden",
        {"source_modules": "sources", "forbidden_modules": "targets"},
        ("source_modules", "forbidden_modules"),
        flags={"as_packages": "as-packages"},
        inverted={"allow_indirect_imports": "indirect"},
    ),
    "independence": ContractType("independence", {"modules": "modules"}, ("modules",)),
    "protected": ContractType(
        "protected",
        {"protected_modules": "modules", "allowed_importers": "importers"},
        ("protected_modules", "allowed_importers"),
        flags={"as_packages": "as-packages"},
    ),
    "private_modules": ContractType("private", {"packages_with_private_modules": "packages"}),
    "acyclic_siblings": ContractType(
        "acyclic", {"ancestors": "packages", "skip_descendants": "skip"}, ("ancestors",), numbers={"depth": "depth"}
    ),
}
MAY_BE_EMPTY = frozenset({"allowed_importers"})
"""Required options without which a contract is the stricter."""
DEFAULTS = {"exhaustive": False, "indirect": True, "as-packages": True}
"""What need not be written, for it is so anyway."""
IGNORED, ALERTING, GUIDANCE = "ignore_imports", "unmatched_ignore_imports_alerting", "broken_contract_guidance"
"""Options that every type has."""
