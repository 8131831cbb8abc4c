"""What holds for every test."""

from __future__ import annotations

import os


def pytest_configure() -> None:
    """Make the command answer alike everywhere: what it says by itself on CI servers is tested on purpose only."""
    os.environ["LAYERCHECK_NO_CI"] = "1"
