"""The files of a project whose configuration of another tool is converted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Tree(NamedTuple):
    """Python files, as paths relative to the folder of the configuration."""

    files: Sequence[str]
    """POSIX paths."""
    find_ignored: Callable[[Sequence[str]], frozenset[str]]
    """Finds the files that patterns in `.gitignore` syntax match."""

    def name_files(self, source_roots: Sequence[str]) -> dict[str, str]:
        """Return the module names of the files below source roots, by path."""
        prefixes = ["" if root.strip("./") == "" else f"{root.strip('/').removeprefix('./')}/" for root in source_roots]
        named = {}
        for path in self.files:
            prefix = next((each for each in prefixes if path.startswith(each)), None)
            if prefix is not None and (name := _name_of(path.removeprefix(prefix))):
                named[path] = name
        return named


def _name_of(path: str) -> str:
    """Return the module name of a path relative to a source root."""
    return path.rpartition(".")[0].removesuffix("__init__").rstrip("/").replace("/", ".")
