"""Cache files that only this user can have written: sealed with a secret that lies outside of every project.

Facts are believed by the digest of a content, so a cache that a stranger commits could say that a file imports nothing.
Who only reads one imports next to nothing for it.
"""

from __future__ import annotations

import errno
import os
import stat
from _operator import _compare_digest

from layercheck.blake2 import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_SECRET_BYTES = 32
_SEAL_BYTES = 32
_LARGEST = 1 << 30
"""Bytes of a cache that are read at most; what is larger is no cache of ours."""
_secrets: dict[str, bytes] = {}
"""What was read, by its place."""


def read_sealed(path: str | Path) -> bytes | None:
    """Read what `write_sealed` wrote; None where there is nothing, or nothing that this user sealed."""
    try:
        status = os.lstat(path)
        # A link or a device is not what was written here.
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            return None
        with open(path, "rb") as file:  # noqa: PTH123  (without pathlib)
            data = file.read()
    except OSError:
        return None
    secret = find_secret()
    if secret is None:
        return None
    seal, content = data[:_SEAL_BYTES], data[_SEAL_BYTES:]
    return content if _compare_digest(seal, _seal(secret, content)) else None


def write_sealed(path: Path, content: bytes) -> None:
    """Replace a file, whoever else writes it meanwhile; nothing is written without a secret. Raises OSError."""
    from layercheck.atomic_file import replace_file  # noqa: PLC0415  (imports pathlib, see above)

    secret = find_secret()
    if secret is not None:
        # A stranger's link may lead anywhere.
        replace_file(path, _seal(secret, content) + content, mode=0o600, follow_link=False)


def user_cache_folder() -> str:
    """Tell where what belongs to this user and to no project is kept: `$XDG_CACHE_HOME/layercheck`.

    Raises OSError where the user has no home.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    home = os.path.expanduser("~")  # noqa: PTH111  (without pathlib)
    if not base and home == "~":
        raise FileNotFoundError(errno.ENOENT, "there is no home of this user")
    return f"{base or f'{home}/.cache'}/layercheck"


def find_secret() -> bytes | None:
    """Read the secret of this user, or make one; None where this user can keep none: then nothing is cached."""
    try:
        path = f"{user_cache_folder()}/secret"
        if path not in _secrets:
            _secrets[path] = _read_secret(path)
    except OSError:
        return None
    return _secrets[path] if len(_secrets[path]) == _SECRET_BYTES else None


def _read_secret(path: str) -> bytes:
    if not os.path.isfile(path):  # noqa: PTH113  (see above)
        from pathlib import Path  # noqa: PLC0415  (once in the life of a user)

        from layercheck.atomic_file import replace_file  # noqa: PLC0415

        Path(path).parent.mkdir(parents=True, exist_ok=True)
        # Of several runs that make one at the same time, the last one wins, and all read that.
        replace_file(Path(path), os.urandom(_SECRET_BYTES), mode=0o600)
    with open(path, "rb") as file:  # noqa: PTH123  (see above)
        return file.read()


def _seal(secret: bytes, content: bytes) -> bytes:
    return blake2b(content, key=secret, digest_size=_SEAL_BYTES).digest()
