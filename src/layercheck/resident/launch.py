"""Starting the resident process, which has nothing more to do with who starts it."""

from __future__ import annotations

import os
import sys

_MOST_FILES = 1024


def launch() -> None:
    """Start it, and do not wait for it; where that fails there is none."""
    try:
        child = os.fork()
    except OSError:
        return
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        # The grandchild belongs to nobody, so nobody waits for it or hears of its end.
        if os.fork():
            os._exit(0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        # Whoever waits for the end of a pipe of ours must not wait for that process.
        os.closerange(3, _MOST_FILES)
        os.chdir("/")
        os.execv(sys.executable, [sys.executable, "-P", "-m", "layercheck.resident"])  # noqa: S606
    finally:
        os._exit(1)
