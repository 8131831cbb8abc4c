"""The searches of the scan and of the outline in C, where they were compiled; None where Python has to do.

They take most of the time of a scan. Both find the same, and what is rare the compiled one leaves to the other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.python.compiled.scanner import Scanner


def _find_scanner() -> Scanner | None:
    try:
        return import_module("layercheck.python.compiled._scanner")
    except ImportError:
        # An installation without a compiler.
        return None


scanner = _find_scanner()
