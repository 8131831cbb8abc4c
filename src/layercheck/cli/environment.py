"""Where the command runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_ci(environ: Mapping[str, str]) -> bool:
    """Tell whether this is a run of continuous integration: all services set CI, by hand it may be set to `false`."""
    return environ.get("CI", "").strip().lower() not in {"", "0", "false", "no"}
