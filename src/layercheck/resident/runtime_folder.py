"""Where the socket of the resident process lies: in a folder that is closed to everybody else."""

from __future__ import annotations

import os
import stat

_SOCKET = "resident.sock"


def find_socket() -> str | None:
    """Find the path of the socket, and make its folder; None where there is no folder that only this user can enter."""
    if not hasattr(os, "geteuid"):
        return None  # Windows
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    if is_ours_alone(base):
        folder = f"{base}/layercheck"
    else:
        folder = f"{os.environ.get('TMPDIR') or '/tmp'}/layercheck-{os.geteuid()}"  # noqa: S108  (whose it is, is checked)
    try:
        os.mkdir(folder, 0o700)  # noqa: PTH102  (pathlib takes longer to import than an answer may take)
    except FileExistsError:
        pass
    except OSError:
        return None
    return f"{folder}/{_SOCKET}" if is_ours_alone(folder) else None


def is_ours_alone(folder: str) -> bool:
    """Return whether a path is a folder, and no link to one, of this user, which nobody else may enter."""
    try:
        status = os.lstat(folder)
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def is_our_socket(path: str) -> bool:
    """Return whether a path is a socket of this user, to which nobody else may connect."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISSOCK(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
