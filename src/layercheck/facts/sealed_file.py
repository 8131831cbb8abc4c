"""Cache files that only this user can have written: sealed with a secret that lies outside of every project.

Facts are believed by the digest of a content, so a cache that a stranger commits could say that a file imports nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from functools import cache
from pathlib import Path

from layercheck.atomic_file import replace_file

_SECRET_BYTES = 32
_SEAL_BYTES = 32
_LARGEST = 1 << 30
"""Bytes of a cache that are read at most; what is larger is no cache of ours."""


def read_sealed(path: Path) -> bytes | None:
    """Read what `write_sealed` wrote; None where there is nothing, or nothing that this user sealed."""
    secret = _find_secret()
    if secret is None:
        return None
    try:
        status = path.lstat()
        # A link or a device is not what was written here.
        data = path.read_bytes() if stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST else b""
    except OSError:
        return None
    seal, content = data[:_SEAL_BYTES], data[_SEAL_BYTES:]
    return content if hmac.compare_digest(seal, _seal(secret, content)) else None


def write_sealed(path: Path, content: bytes) -> None:
    """Replace a file, whoever else writes it meanwhile; nothing is written without a secret. Raises OSError."""
    secret = _find_secret()
    if secret is not None:
        # A stranger's link may lead anywhere.
        replace_file(path, _seal(secret, content) + content, mode=0o600, follow_link=False)


def user_cache_folder() -> Path:
    """Tell where what belongs to this user and to no project is kept: `$XDG_CACHE_HOME/layercheck`."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "layercheck"


def secret_path() -> Path:
    """Tell where the secret of this user lies: in the user's cache folder, `$XDG_CACHE_HOME/layercheck/secret`."""
    return user_cache_folder() / "secret"


def _seal(secret: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(content, key=secret, digest_size=_SEAL_BYTES).digest()


@cache
def _find_secret() -> bytes | None:
    """Read the secret, or make one; None where this user can keep none: then nothing is cached."""
    try:
        path = secret_path()
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Of several runs that make one at the same time, the last one wins, and all read that.
            replace_file(path, secrets.token_bytes(_SECRET_BYTES), mode=0o600)
        secret = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return secret if len(secret) == _SECRET_BYTES else None
