"""What client and resident process say to each other: fields of bytes, each after its length.

The client sends one request; the answer begins with one byte, as soon as it is known whether there will be one.
"""

from __future__ import annotations

# The module below `socket`, which takes longer to import than all the rest of the client.
import _socket
import os
import sys

ACCEPTED = b"A"
REFUSED = b"R"
REQUEST_FIELDS = 5
"""The identity, the current folder, the arguments, the environment, and standard input."""
ANSWER_FIELDS = 3
"""The exit code, standard output, and standard error."""
_BLOCK = 1 << 16
_LONGEST_LENGTH = 12
_FIXED_VARIABLES = ("HOME", "LOCALAPPDATA", "PYTHONPATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
"""What is looked at once in the life of a process."""


def describe_process() -> bytes:
    """Describe the code that runs here: a process with another description cannot answer for this one."""
    packages = [path for path in sys.path if path.endswith("-packages")]
    parts = [
        sys.version,
        sys.executable,
        __file__,
        *(os.environ.get(name, "") for name in _FIXED_VARIABLES),
        # What is installed there may be plugins, or another version of us.
        *(f"{path} {_changed(path)}" for path in packages),
    ]
    return "\n".join(parts).encode("utf-8", "surrogateescape")


def encode(fields: list[bytes]) -> bytes:
    """Write fields one after the other."""
    return b"".join(b"%d:%b" % (len(field), field) for field in fields)


def receive(connection: _socket.socket, count: int) -> list[bytes]:
    """Read a number of fields. Raises OSError where they do not come, and ValueError for what is none."""
    data = b""
    fields: list[bytes] = []
    while len(fields) < count:
        length, colon, rest = data.partition(b":")
        if len(length) > _LONGEST_LENGTH or (data and not length.isdigit()):
            raise ValueError(f"{length[:_LONGEST_LENGTH]!r} is no length")
        if colon and len(rest) >= (size := int(length)):
            fields.append(rest[:size])
            data = rest[size:]
            continue
        block = connection.recv(_BLOCK)
        if not block:
            raise ConnectionError("the other side has gone")
        data += block
    return fields


def is_ours(connection: _socket.socket) -> bool:
    """Return whether a process of this user is at the other end; where the system does not say, its folder does."""
    option = getattr(_socket, "SO_PEERCRED", None)
    if option is None:
        return True
    credentials = connection.getsockopt(_socket.SOL_SOCKET, option, 12)
    return int.from_bytes(credentials[4:8], sys.byteorder) == os.geteuid()


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116  (without pathlib)
    except OSError:
        return 0
