"""What was there when a session began: kept in the user's cache folder until the session is long over."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from layercheck.facts.file_facts import digest_of
from layercheck.facts.sealed_file import read_sealed, user_cache_folder, write_sealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.model.finding import Finding

_OLD_S = 14 * 86_400
"""So long nobody goes on with a session."""


class SessionStart(msgspec.Struct, array_like=True):
    """One project at the start of one session, and what was reported at its stops."""

    root: str
    counts: dict[str, int]
    """How many findings have each fingerprint."""
    concessions: frozenset[str]
    """The identities of what kept findings from being reported."""
    reported: frozenset[str] = frozenset()
    """Fingerprints and identities that the agent has heard of at a stop: it is not kept from stopping by them again."""


class SessionFile:
    """Where the start of one session in one project is noted."""

    def __init__(self, session: str, root: Path) -> None:
        project = digest_of(str(root).encode("utf-8", "surrogateescape")).hex()
        self._path = _folder() / f"{_prefix(session)}{project}"

    def read(self) -> SessionStart | None:
        """Return what was noted; None where nobody noted anything."""
        return _read(self._path)

    def write(self, start: SessionStart) -> None:
        """Note a start, and forget old sessions. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_sealed(self._path, msgspec.msgpack.encode(start))
        for other in self._path.parent.iterdir():
            with contextlib.suppress(OSError):
                if time.time() - other.stat().st_mtime > _OLD_S:
                    other.unlink()


def list_projects(session: str) -> Iterator[Path]:
    """List the roots of the projects in which a session was noted."""
    for path in sorted(_folder().glob(f"{_prefix(session)}*")):
        start = _read(path)
        if start is not None:
            yield Path(start.root)


def count_fingerprints(findings: Iterable[Finding]) -> dict[str, int]:
    """Count how many findings have each fingerprint."""
    return dict(Counter(finding.fingerprint for finding in findings))


def find_new(findings: Iterable[Finding], known: dict[str, int]) -> tuple[Finding, ...]:
    """Find those that were not there before; of several with one fingerprint, as many as there are more."""
    left = Counter(known)
    new = []
    for finding in findings:
        left[finding.fingerprint] -= 1
        if left[finding.fingerprint] < 0:
            new.append(finding)
    return tuple(new)


def _folder() -> Path:
    return Path(user_cache_folder()) / "sessions"


def _prefix(session: str) -> str:
    return f"{digest_of(session.encode('utf-8', 'surrogateescape')).hex()}-"


def _read(path: Path) -> SessionStart | None:
    data = read_sealed(path)
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=SessionStart)
    except msgspec.DecodeError:
        return None
