"""The side that asks: a few milliseconds of imports, and the whole command line only where nobody answers."""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

NO_RESIDENT = "LAYERCHECK_NO_RESIDENT"
"""Set in the environment, keeps everything in this process."""
_OFF = ("", "0", "false", "no", "off")
_ACCEPT_S = 1.0
"""Nobody is waited for longer who has not begun."""
_ANSWER_S = 30.0
# As the command line exits.
_INTERRUPTED = 130
_NOBODY_READS = 141


def ask(arguments: Sequence[str]) -> int | None:
    """Have the resident process run a command, and write what it wrote; return its exit code.

    None where the command has to run here: it is not one that is asked for again and again, or nobody answers. Then a
    process is started, for the next time.
    """
    if not _is_wanted(arguments):
        return None
    # Everybody else does without.
    from layercheck.resident.runtime_folder import find_socket  # noqa: PLC0415

    path = find_socket()
    if path is None:
        return None
    given = _Input()
    try:
        answer = _exchange(path, arguments, given)
        if answer is None:
            given.restore()
            return None
        code, out, err = answer
        for stream, data in ((sys.stdout, out), (sys.stderr, err)):
            stream.buffer.write(data)
            stream.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        return _NOBODY_READS
    return int(code)


def _is_wanted(arguments: Sequence[str]) -> bool:
    is_repeated = arguments[:1] == ["hook"] or (
        arguments[:1] == ["check"] and any(each.partition("=")[0] == "--stdin-filename" for each in arguments)
    )
    return (
        is_repeated
        and "--no-cache" not in arguments
        and not any(os.environ.get(name, "").lower() not in _OFF for name in (NO_RESIDENT, "CI"))
        and bool(sys.executable)
        and not sys.flags.isolated
        # Who looks at a terminal sees colours and progress.
        and not any(stream is None or stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    )


class _Input:
    """Standard input, which can be read once only."""

    def __init__(self) -> None:
        self._data: bytes | None = None

    def read(self) -> bytes:
        self._data = sys.stdin.buffer.read()
        return self._data

    def restore(self) -> None:
        """Let whoever comes after us read what was read."""
        if self._data is not None:
            sys.stdin = io.TextIOWrapper(io.BytesIO(self._data), "utf-8")


def _exchange(path: str, arguments: Sequence[str], given: _Input) -> list[bytes] | None:
    """Send a command and wait for the answer; where there can be none now, see to it that there is one next time."""
    from _socket import AF_UNIX, SOCK_STREAM, socket  # noqa: PLC0415  (Unix only; see `wire`)

    from layercheck.resident import wire  # noqa: PLC0415
    from layercheck.resident.launch import launch  # noqa: PLC0415
    from layercheck.resident.runtime_folder import is_our_socket  # noqa: PLC0415

    connection = socket(AF_UNIX, SOCK_STREAM)
    try:
        connection.settimeout(_ACCEPT_S)
        try:
            is_there = is_our_socket(path)
            if is_there:
                connection.connect(path)
        except ConnectionRefusedError:
            is_there = False
        if not is_there:
            launch()
            return None
        if not wire.is_ours(connection):
            return None
        connection.sendall(wire.encode(_write_request(arguments, given.read())))
        if connection.recv(1) != wire.ACCEPTED:
            launch()
            return None
        connection.settimeout(_ANSWER_S)
        return wire.receive(connection, wire.ANSWER_FIELDS)
    except (OSError, ValueError):
        # Gone in the middle of it, busy, or not what it should be: here it can be done as well.
        return None
    finally:
        connection.close()


def _write_request(arguments: Sequence[str], data: bytes) -> list[bytes]:
    from layercheck.resident.wire import describe_process  # noqa: PLC0415

    return [
        describe_process(),
        os.fsencode(os.getcwd()),  # noqa: PTH109  (without pathlib)
        b"\0".join(map(os.fsencode, arguments)),
        b"\0".join(b"%b=%b" % variable for variable in os.environb.items()),
        data,
    ]
