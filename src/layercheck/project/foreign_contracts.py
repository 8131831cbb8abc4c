"""Contracts in files of import-linter that are judged as they are, and what cannot be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.foreign.import_linter_types import FILES, OWN_FILE, SECTION
from layercheck.project.project_files import folder_of
from layercheck.project.relative_paths import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from layercheck.config.declared_contract import DeclaredContract, ForeignTerms
    from layercheck.config.foreign.conversion import ClassContract, Loss
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.model.module import Module
    from layercheck.project.project_files import ProjectFiles


class PlacedLoss(NamedTuple):
    """Something that is not judged, and the file it is in."""

    path: str
    loss: Loss


class PlacedClassContract(NamedTuple):
    """A contract whose type is a class of the team, with the arguments of the class."""

    path: str
    contract: ClassContract
    session: Mapping[str, str | list[str]]
    terms: ForeignTerms


class ForeignContracts(NamedTuple):
    """The contracts in the files of another tool."""

    declared: Sequence[DeclaredContract] = ()
    of_classes: Sequence[PlacedClassContract] = ()
    losses: Sequence[PlacedLoss] = ()


class ForeignText(NamedTuple):
    """A file that may configure another tool."""

    path: str
    text: str | None
    """None: it cannot be read."""
    folder: str | None
    """The folder that the tool is run in; None: the configuration names the file, so that it is the project root."""


def find_foreign_contracts(
    loaded: LoadedConfiguration, files: ProjectFiles, modules: Sequence[Module], configuration_path: str
) -> ForeignContracts:
    """Read the files that the configuration names, or else those that import-linter would read in any folder."""
    texts = find_foreign_texts(loaded, files, configuration_path)
    if not texts:
        return ForeignContracts()
    from layercheck.project.foreign_reader import read_texts  # noqa: PLC0415  (most projects have none)

    return read_texts(texts, loaded, modules)


def find_foreign_texts(loaded: LoadedConfiguration, files: ProjectFiles, configuration_path: str) -> list[ForeignText]:
    """Find the files that the configuration names, or else those that import-linter would read in any folder."""
    chosen = loaded.configuration.import_linter
    if isinstance(chosen, tuple):
        home = folder_of(configuration_path)
        return [ForeignText(path, files.read_named(path), None) for path in (join(home, name) for name in chosen)]
    return list(_find_texts(files)) if chosen else []


def take_in_turn(texts: Iterable[ForeignText], take: Callable[[ForeignText], bool]) -> None:
    """Give texts to `take`, which tells whether one says anything: of those in one folder, up to the first that does."""
    done: set[str | None] = set()
    for each in texts:
        if (each.folder is None or each.folder not in done) and take(each):
            done.add(each.folder)


def _find_texts(files: ProjectFiles) -> Iterator[ForeignText]:
    """Look for files of import-linter, in each folder in its order."""
    own = ((path.rpartition("/")[2], path) for path in files.paths if not path.startswith("../"))
    found = [(folder_of(path), FILES.index(name), path) for name, path in own if name in FILES]
    for folder, _, path in sorted(found):
        text = files.read_named(path)
        # Of the other two, nobody knows whether they are about contracts.
        is_own = path.endswith(OWN_FILE) and (text is None or text.strip())
        if is_own or SECTION in (text or ""):
            yield ForeignText(path, text, folder)
