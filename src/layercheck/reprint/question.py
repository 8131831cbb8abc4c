"""What was asked, and in which surroundings: all that decides on an output besides the files."""

from __future__ import annotations

import os
import sys

from layercheck.blake2 import blake2b
from layercheck.version import describe_code

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_VOLATILE = frozenset({"_", "OLDPWD", "SHLVL"})
"""Variables of which shells keep count."""


def describe_program() -> bytes:
    """Describe what reads and writes outputs."""
    return f"{describe_code()} {sys.version}".encode()


def describe_question(secret: bytes) -> tuple[Any, ...]:
    """Describe what this process was called for. Raises OSError where the current folder is gone."""
    return (
        tuple(sys.argv[1:]),
        os.getcwd(),  # noqa: PTH109  (without pathlib)
        tuple(sys.path),
        # Not the variables themselves, as some hold secrets.
        _digest_environment(secret),
        _describe_stdout(),
    )


def _digest_environment(secret: bytes) -> bytes:
    digest = blake2b(key=secret, digest_size=32)
    for name, value in sorted(os.environ.items()):
        if name not in _VOLATILE:
            digest.update(f"{len(name)} {len(value)} {name}{value}".encode("utf-8", "surrogatepass"))
    return digest.digest()


def _describe_stdout() -> tuple[Any, ...]:
    """Describe what a format adapts to."""
    try:
        is_terminal = os.isatty(1)
        size = tuple(os.get_terminal_size(1)) if is_terminal else ()
    except OSError:
        return ()
    return (is_terminal, size)
