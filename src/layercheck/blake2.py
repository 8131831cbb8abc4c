"""BLAKE2b without `hashlib`, which loads OpenSSL before it hashes anything."""

from __future__ import annotations

__all__ = ["blake2b"]

try:
    from _blake2 import blake2b
except ImportError:  # another Python than CPython
    from hashlib import blake2b
