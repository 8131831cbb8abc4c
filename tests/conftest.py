"""What holds for every test."""

from __future__ import annotations

import os
import tempfile

from hypothesis import HealthCheck, settings


def pytest_configure() -> None:
    """Make the command answer alike everywhere, and keep it out of the home of whoever runs the tests."""
    # What it says by itself on CI servers is tested on purpose only.
    os.environ["LAYERCHECK_NO_CI"] = "1"
    # And it leaves no process behind, but where a test wants one.
    os.environ["LAYERCHECK_NO_RESIDENT"] = "1"
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="layercheck-tests-")
    # A busy machine is no reason to fail: tests that are about time have limits of their own.
    settings.register_profile("layercheck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("layercheck")
