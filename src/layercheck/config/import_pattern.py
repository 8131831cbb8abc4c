"""Imports as `ignore` names them: `app.models.user -> app.services.*`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.contract_records import IgnoredImport
from layercheck.config.module_pattern import parse_pattern

if TYPE_CHECKING:
    from layercheck.config.contract_records import Contract
    from layercheck.config.module_pattern import ModulePattern

_ARROW = "->"


class ImportPattern(NamedTuple):
    """Which imports are ignored; both ends name modules exactly, without what is below them."""

    text: str
    importer: ModulePattern
    imported: ModulePattern


def parse_import_pattern(text: str) -> ImportPattern:
    """Read `a.b -> c.d`. Raises ValueError with a sentence on what is wrong."""
    importer, arrow, imported = (part.strip() for part in text.partition(_ARROW))
    if not arrow or not importer or not imported or _ARROW in imported:
        raise ValueError(f"{text!r} is not an import: write 'app.models.user -> app.services.mail', for example")
    return ImportPattern(text, parse_pattern(importer), parse_pattern(imported))


def ignored_imports(contract: Contract) -> list[ImportPattern]:
    """Read what a contract ignores, in its order; the contract must be free of mistakes."""
    return [parse_import_pattern(each.pattern if isinstance(each, IgnoredImport) else each) for each in contract.ignore]
