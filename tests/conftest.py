"""What holds for every test."""

from __future__ import annotations

import os
import tempfile


def pytest_configure() -> None:
    """Make the command answer alike everywhere, and keep it out of the home of whoever runs the tests."""
    # What it says by itself on CI servers is tested on purpose only.
    os.environ["LAYERCHECK_NO_CI"] = "1"
    # And it leaves no process behind, but where a test wants one.
    os.environ["LAYERCHECK_NO_RESIDENT"] = "1"
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="layercheck-tests-")
