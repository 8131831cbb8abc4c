"""What was found in a project when a session began: kept in the user's cache folder until the session is long over."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from layercheck.facts.file_facts import digest_of
from layercheck.facts.sealed_file import read_sealed, user_cache_folder, write_sealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from layercheck.model.finding import Finding

_OLD_S = 14 * 86_400
"""So long nobody goes on with a session."""


class _Content(msgspec.Struct, array_like=True):
    counts: dict[str, int]
    """How many findings have each fingerprint."""


class SessionStart:
    """The findings in one project at the start of one session."""

    def __init__(self, session: str, root: Path) -> None:
        name = digest_of(f"{session}\0{root}".encode("utf-8", "surrogateescape")).hex()
        self._path = user_cache_folder() / "sessions" / name

    def read(self) -> Counter[str] | None:
        """Give the fingerprints; None where nobody noted them."""
        data = read_sealed(self._path)
        if data is None:
            return None
        try:
            return Counter(msgspec.msgpack.decode(data, type=_Content).counts)
        except msgspec.DecodeError:
            return None

    def write(self, findings: Iterable[Finding]) -> None:
        """Note the findings, and forget old sessions. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        counts = Counter(finding.fingerprint for finding in findings)
        write_sealed(self._path, msgspec.msgpack.encode(_Content(counts)))
        for other in self._path.parent.iterdir():
            with contextlib.suppress(OSError):
                if time.time() - other.stat().st_mtime > _OLD_S:
                    other.unlink()


def find_new(findings: Iterable[Finding], known: Counter[str]) -> tuple[Finding, ...]:
    """Find those that were not there before; of several with one fingerprint, as many as there are more."""
    left = known.copy()
    new = []
    for finding in findings:
        left[finding.fingerprint] -= 1
        if left[finding.fingerprint] < 0:
            new.append(finding)
    return tuple(new)
