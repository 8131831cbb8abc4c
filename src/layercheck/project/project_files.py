"""The files that are not Python, as rules see them: README, manifests, locks, `.gitignore`."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any

from layercheck.config.document import FILE_NAMES, PYPROJECT, has_our_table
from layercheck.facts.file_facts import digest_of
from layercheck.files.ignore_rules import IgnoreFile, IgnoreRules, split_patterns
from layercheck.files.manifest_names import ENVIRONMENT_MARKER
from layercheck.project.relative_paths import folders_above
from layercheck.python.text.round_trip import decode_leniently

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from layercheck.files.discovery import Discovery


_WILD = frozenset("*?[")
"""What makes a pattern of a name."""


class ProjectFiles:
    """The well-known files of a project, by their path from its root.

    Those between the root and the top of its repository are there as well: `../README.md`. Other files than the
    well-known ones are not looked for. What a rule reads here decides, too, whether the last report still holds.
    """

    def __init__(
        self,
        discovery: Discovery,
        read: Callable[[str], bytes],
        tracked: Callable[[Collection[str]], frozenset[str]] | None = None,
        root: Path | None = None,
    ) -> None:
        """`read` gives the content of a file and raises OSError; `tracked` finds what git keeps."""
        self.root = root
        """The project root on disk, whatever the files are read from; None: it is not known."""
        self.paths: Collection[str] = dict.fromkeys(discovery.project_files)
        """All of them, sorted; those above the root come last."""
        self.place = discovery.place
        """The root as seen from the top of the repository (`backend`; empty: it is the top); None: there is none."""
        self.digests: dict[str, bytes] = {}
        """The contents that have been read, by path; empty for unreadable files."""
        self.asked_about: frozenset[str] = frozenset()
        """The files that were passed to `tracked`."""
        self._read = read
        self._tracked = tracked

    def find(self, *patterns: str, folders: Iterable[str] | None = None) -> list[str]:
        """List the files whose name fits one of `patterns` (`requirements*.txt`, in any case of letters).

        `folders` are the folders to look in (`""` is the root, `..` the one above it); None: all of them.
        """
        wanted = None if folders is None else frozenset(folders)
        lower = [pattern.lower() for pattern in patterns]
        # Most are names in full; to compile a pattern for each takes longer than all else that is done with them.
        names, wild = frozenset(lower), [pattern for pattern in lower if not _WILD.isdisjoint(pattern)]
        return [
            path
            for path in self.paths
            if (wanted is None or folder_of(path) in wanted)
            and (
                (name := path.rpartition("/")[2].lower()) in names
                or any(fnmatch.fnmatchcase(name, each) for each in wild)
            )
        ]

    def above(self, folder: str = "") -> list[str]:
        """List a folder of the project and all above it up to the top of the repository, the nearest first."""
        own = [folder, *folders_above(folder)]
        ways = self._ways()
        return [*own, *("/".join([".."] * height) for height in range(1, len(ways) + 1))]

    def read(self, path: str) -> str:
        """Read one of the files; empty if it cannot be read or is not one of them."""
        return (self.read_named(path) or "") if path in self.paths else ""

    def read_named(self, path: str) -> str | None:
        """Read a file that need not be one of them; None where it cannot be read."""
        try:
            data = self._read(path)
        except OSError:
            self.digests[path] = b""
            return None
        self.digests[path] = digest_of(data)
        # Windows writes lists of requirements in UTF-16.
        return data.decode("utf-16", "replace") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else decode_leniently(data)

    def read_toml(self, path: str) -> Mapping[str, Any]:
        """Read one of the files as TOML; empty where it cannot be read."""
        import tomli  # noqa: PLC0415  (needed by few rules)

        try:
            return tomli.loads(self.read(path))
        except tomli.TOMLDecodeError:
            return {}

    def unread_configurations(self, used: str) -> list[str]:
        """List the configuration files of layercheck at the root that are not read because `used` is."""
        weaker = FILE_NAMES[FILE_NAMES.index(used) + 1 :] if used in FILE_NAMES else ()
        there = (name for name in weaker if name in self.paths)
        return [name for name in there if name != PYPROJECT or has_our_table(dict(self.read_toml(name)))]

    def ignores(self, path: str) -> bool:
        """Return whether the `.gitignore` files leave a path out; folders are given with a trailing slash."""
        above = (IgnoreFile(way, self._ignore_rules("../" * height), "") for height, way in enumerate(self._ways(), 1))
        rules = IgnoreRules.below(above, ())
        for folder in reversed(folders_above(path.rstrip("/"))):
            rules = rules.adding(folder, self._ignore_rules(f"{folder}/" if folder else ""))
        return rules.ignores(path)

    def _ignore_rules(self, prefix: str) -> list[str]:
        path = f"{prefix}.gitignore"
        return split_patterns(self.read(path)) if path in self.paths else []

    def _ways(self) -> list[str]:
        """Return the way down to the root from each folder between it and the top of the repository, the nearest first."""
        parts = self.place.split("/") if self.place else []
        return [f"{'/'.join(parts[at:])}/" for at in reversed(range(len(parts)))]

    @property
    def environments(self) -> list[str]:
        """The folders that are virtual environments."""
        return [folder_of(path) for path in self.find(ENVIRONMENT_MARKER)]

    def tracked(self, paths: Iterable[str]) -> frozenset[str]:
        """Return the given files that are under version control; asks git at most once."""
        asked = frozenset(paths)
        self.asked_about |= asked
        return self._tracked(asked) if self._tracked and asked else frozenset()


def folder_of(path: str) -> str:
    """Return the folder of a file; the root is `""`."""
    return path.rpartition("/")[0]
