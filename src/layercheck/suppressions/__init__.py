"""Comments in the code that put findings aside: `# layercheck: ignore[LC101] reason`."""

from __future__ import annotations

from layercheck.suppressions.matches import apply_suppressions, list_places
from layercheck.suppressions.policy import SuppressionPolicy
from layercheck.suppressions.reader import Suppression, read_suppressions

__all__ = [
    "Suppression",
    "SuppressionPolicy",
    "apply_suppressions",
    "list_places",
    "read_suppressions",
]
