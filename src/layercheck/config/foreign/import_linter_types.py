"""The types of contracts of import-linter, with their options and our names for these."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

TOOL = "import-linter"
OWN_FILE = ".importlinter"
"""The name of the file that only import-linter reads."""
FILES = ("setup.cfg", OWN_FILE, "pyproject.toml")
"""The files of import-linter, in the order in which it looks for them; the first with a configuration is used."""
SECTION = "importlinter"
"""The name of the sections; a file without it does not configure import-linter."""


class ContractType(NamedTuple):
    """The conversion of one type of contract."""

    kind: str
    lists: Mapping[str, str]
    """Options with several values, each with our key."""
    required: tuple[str, ...] = ()
    flags: Mapping[str, str] = {}
    inverted: Mapping[str, str] = {}
    """Flags with the opposite meaning of our key."""
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
"""Required options without which a contract is stricter."""
DEFAULTS = {"exhaustive": False, "indirect": True, "as-packages": True}
"""Values that are the default and need not be written."""
IGNORED, ALERTING, GUIDANCE = "ignore_imports", "unmatched_ignore_imports_alerting", "broken_contract_guidance"
"""Options of every type."""
