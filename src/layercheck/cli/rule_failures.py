"""The report on failed rules, for all commands that load rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.model.failure import Failure


def print_failures(failures: Sequence[Failure]) -> None:
    """Print the rules that failed to stderr, one per line."""
    for failure in failures:
        say(f"layercheck: {failure}")
