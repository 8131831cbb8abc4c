"""Which files of other tools there are, and who can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.migrate.comments import find_comments
from layercheck.config.document import PYPROJECT
from layercheck.config.foreign.arborescent import FILES as ARBORESCENT_FILES, convert_arborescent
from layercheck.config.foreign.deply import FILES as DEPLY_FILES, convert_deply
from layercheck.config.foreign.import_linter import convert_import_linter, read_sections
from layercheck.config.foreign.import_linter_types import FILES
from layercheck.config.foreign.inwards import FILES as INWARDS_FILES, convert_inwards
from layercheck.config.foreign.options import is_for_tool
from layercheck.config.foreign.tach import FILES as TACH_FILES, convert_tach
from layercheck.config.foreign.tree import Tree
from layercheck.errors import UsageError
from layercheck.files.disk_folders import discover

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion


class _Tool(NamedTuple):
    """A tool whose configuration can be converted."""

    name: str
    files: Sequence[str]
    """Where its configuration is looked for; the first file that has any is the one."""
    read: Callable[[Path, Tree], Sequence[Conversion]]
    recognise: Callable[[Path, str], bool] = is_for_tool
    """Tells whether one of these files holds the configuration of the tool called so."""

    def is_for_it(self, path: Path) -> bool:
        """Return whether one of its files holds its configuration. Raises ConfigurationError for an invalid file."""
        return self.recognise(path, self.name)

    def find(self, folder: Path) -> Path | None:
        """Find its configuration in a folder. Raises ConfigurationError for a file that nobody can read."""
        paths = (folder / name for name in self.files)
        return next((path for path in paths if path.is_file() and self.is_for_it(path)), None)

    def convert(self, path: Path) -> list[Conversion]:
        """Convert its configuration, and list its suppression comments. Raises ConfigurationError."""
        tree = _read_tree(path.parent)
        return [*self.read(path, tree), *find_comments(self.name, path.parent, tree.files)]


_IMPORT_LINTER = _Tool(
    "import-linter",
    FILES,
    lambda path, _: [convert_import_linter(path)],
    lambda path, _: read_sections(path) is not None,
)
_OTHERS = (
    _Tool("tach", TACH_FILES, convert_tach),
    _Tool("deply", DEPLY_FILES, convert_deply),
    _Tool("inwards", INWARDS_FILES, convert_inwards),
    _Tool("arborescent", ARBORESCENT_FILES, convert_arborescent),
)


def convert_files(source: Path | None, folder: Path) -> list[Conversion]:
    """Convert one file, or what other tools would find in a folder.

    Raises UsageError where there is nothing, and ConfigurationError for a file with mistakes.
    """
    if source is not None:
        return [each for tool in _find_readers(source) for each in tool.convert(source)]
    tools = (_IMPORT_LINTER, *_OTHERS)
    found = [(tool, path) for tool in tools if (path := tool.find(folder)) is not None]
    if not found:
        listed = "; ".join(f"{tool.name} ({', '.join(tool.files)})" for tool in tools)
        raise UsageError(f"no configuration of another tool is here: {listed}; name the file with --from")
    return [each for tool, path in found for each in tool.convert(path)]


def _find_readers(source: Path) -> list[_Tool]:
    """Find the tools that a file speaks to; import-linter reads files of any name."""
    found = [tool for tool in _OTHERS if source.name in tool.files and tool.is_for_it(source)]
    is_shared = source.name == PYPROJECT and _IMPORT_LINTER.is_for_it(source)
    return [_IMPORT_LINTER, *found] if is_shared or not found else found


def _read_tree(folder: Path) -> Tree:
    root = folder.resolve()
    files = sorted(discover(root).files)
    return Tree(files, lambda patterns: frozenset(files) - frozenset(discover(root, exclude=patterns).files))
