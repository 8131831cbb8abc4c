"""The version of layercheck."""

from __future__ import annotations

import os
import zlib

__version__ = "0.1.0"
IS_PUBLISHED = False
"""Whether this version is on PyPI and has its tag, which the examples that `init` prints need; set by the release."""

_INSTALLED = ("site-packages", "dist-packages")


def describe_code(*, by_content: bool = False) -> str:
    """Return what changes with the code: the version of an installed release, and of a checkout also its edits.

    Who works on a rule sees its new findings at once, though the checked project has not changed. `by_content` takes
    longer, and gives the same on every machine.
    """
    folder = os.path.dirname(__file__)  # noqa: PTH120  (hundreds of files; Path takes three times as long)
    if any(name in folder for name in _INSTALLED):
        return __version__
    edits = 0
    for inside, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".toml")):
                path = f"{inside}/{name}"
                edits = zlib.crc32(
                    _read(path) if by_content else _describe_status(path), zlib.crc32(name.encode(), edits)
                )
    return f"{__version__} {edits:08x}"


def _describe_status(path: str) -> bytes:
    status = os.stat(path)  # noqa: PTH116  (as above)
    return f"{status.st_mtime_ns} {status.st_size}".encode()


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123  (as above)
        return file.read()
