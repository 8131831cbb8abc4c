"""Reads standard input, which may take as long as the user types."""

from __future__ import annotations

import sys

from layercheck.interrupts import ending_at_once


def read_standard_input() -> bytes:
    """Read all of it."""
    with ending_at_once():
        return sys.stdin.buffer.read()
