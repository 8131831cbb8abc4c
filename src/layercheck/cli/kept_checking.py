"""What the process of a command keeps between commands, if it runs more than one."""

from __future__ import annotations

import click

from layercheck.engine.checking import Checking


def find_checking() -> Checking:
    """Find what checks projects here."""
    context = click.get_current_context(silent=True)
    kept = None if context is None else context.find_object(Checking)
    return Checking() if kept is None else kept
