"""Comments in the code that put findings aside: `# layercheck: ignore[LC101] reason`."""

from __future__ import annotations

from layercheck.suppressions.matching import apply_suppressions
from layercheck.suppressions.reading import Suppression, read_suppressions

__all__ = ["Suppression", "apply_suppressions", "read_suppressions"]
