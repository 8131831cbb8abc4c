"""What the process of a command keeps between commands, if it runs more than one."""

from __future__ import annotations

import click

from layercheck.engine.checking import Checking


def find_checking() -> Checking:
    """Find what checks projects here."""
    kept = click.get_current_context().find_object(Checking)
    return Checking() if kept is None else kept
