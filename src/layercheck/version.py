"""The version of layercheck."""

from __future__ import annotations

import os
import zlib

__version__ = "0.1.0"
IS_PUBLISHED = False
"""Whether this version is on PyPI and has its tag, which the examples that `init` prints need; set by the release."""

_INSTALLED = ("site-packages", "dist-packages")


def describe_code() -> str:
    """Give what changes with the code: the version of an installed release, and of a checkout also its edits.

    Who works on a rule sees its new findings at once, though the checked project has not changed.
    """
    folder = os.path.dirname(__file__)  # noqa: PTH120  (hundreds of files; Path takes three times as long)
    if any(name in folder for name in _INSTALLED):
        return __version__
    edits = 0
    for inside, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".toml")):
                status = os.stat(f"{inside}/{name}")  # noqa: PTH116  (see above)
                edits = zlib.crc32(f"{name} {status.st_mtime_ns} {status.st_size}".encode(), edits)
    return f"{__version__} {edits:08x}"
