"""Converts files of import-linter to contracts, and reports what cannot be judged and why."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.config.contract_records import kind_of
from layercheck.config.declared_contract import ForeignTerms, declare, slug_of
from layercheck.config.foreign.conversion import Loss
from layercheck.config.foreign.import_linter import convert_text
from layercheck.config.foreign.import_linter_types import OWN_FILE, SECTION, TOOL
from layercheck.config.module_pattern import parse_pattern
from layercheck.config.suggestion import did_you_mean
from layercheck.errors import ConfigurationError
from layercheck.model.dotted_names import with_packages
from layercheck.model.severity import Severity
from layercheck.project.foreign_contracts import ForeignContracts, PlacedClassContract, PlacedLoss, take_in_turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.config.foreign.conversion import Conversion, ForeignContract
    from layercheck.config.keys import KeyPath
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.model.module import Module
    from layercheck.project.foreign_contracts import ForeignText


def read_texts(
    texts: Iterable[ForeignText], loaded: LoadedConfiguration, modules: Sequence[Module]
) -> ForeignContracts:
    """Read the files; of those in one folder, only the first with a configuration."""
    reader = _Reader(loaded, modules)
    take_in_turn(texts, reader.take)
    return ForeignContracts(reader.declared, reader.of_classes, tuple(reader.losses))


class _Reader:
    """Reads the files one after the other: the names of contracts must be unique among all of them."""

    def __init__(self, loaded: LoadedConfiguration, modules: Sequence[Module]) -> None:
        self.declared: list[DeclaredContract] = []
        self.of_classes: list[PlacedClassContract] = []
        self.losses: dict[PlacedLoss, None] = {}
        """In order and without duplicates: a contract that is split reports its mistakes once per part."""
        self._loaded = loaded
        self._modules = modules
        self._kinds = {slug_of(each.contract.name): kind_of(type(each.contract)) for each in loaded.contracts}
        """The kinds of the contracts in our own configuration, by name."""
        self._taken = set(self._kinds)

    def take(self, given: ForeignText) -> bool:
        """Read a file; returns False if it has no configuration."""
        path, text, folder = given
        try:
            conversion = None if text is None else convert_text(Path(path), text, self._expand)
        except ConfigurationError as error:
            for problem in error.problems:
                self._lose(path, Loss(problem.line or 1, problem.message, Severity.ERROR))
            return False
        if text is not None and conversion is not None:
            self._take(path, text, conversion, folder or "")
            return True
        if folder is None:
            problem_of_file = "cannot be read" if text is None else f"does not configure {TOOL}"
            self._lose(path, Loss(1, f"the file {problem_of_file}, but `import-linter` names it", Severity.ERROR))
        elif text is None:
            self._lose(path, Loss(1, "the file cannot be read, so no contract is judged", Severity.ERROR))
        elif path.endswith(OWN_FILE):
            self._lose(path, Loss(1, f"the file has no section [{SECTION}], so no contract is read", Severity.ERROR))
        return False

    def _take(self, path: str, text: str, conversion: Conversion, folder: str) -> None:
        terms = ForeignTerms(TOOL, conversion.packages, folder)
        if any(map(terms.sees, self._modules)):
            self._declare(path, text, conversion, terms)
            absent = (self._describe_absent(each, folder) for each in terms.packages)
            if not terms.packages:
                message = "there is no `root_package`, so the contracts are judged as if every package were one"
                self._lose(path, Loss(conversion.line, message, Severity.WARNING))
            for loss in (
                *conversion.losses,
                *(Loss(conversion.line, each, Severity.WARNING) for each in absent if each),
            ):
                self._lose(path, loss)
            self.of_classes += (
                PlacedClassContract(path, each, conversion.session, terms) for each in conversion.of_classes
            )
        else:
            # Beside its packages, a file may stand anywhere; then the tool is told of it.
            severity = Severity.WARNING if folder else Severity.ERROR
            self._lose(path, Loss(conversion.line, self._describe_absence(terms), severity))

    def _describe_absence(self, terms: ForeignTerms) -> str:
        listed = " or ".join(f"`{each}`" for each in terms.packages)
        if terms.folder:
            return (
                f"no contract is judged: {terms.folder} holds no module of {listed or 'the project'}; name the file in"
                " `import-linter` if it is about other folders"
            )
        guess = did_you_mean(terms.packages[0], self._names) if terms.packages else ""
        return f"no contract is judged: there is no package {listed}{guess}"

    def _describe_absent(self, package: str, folder: str) -> str:
        """Describe a missing root package; empty if it exists."""
        is_there = any(map(ForeignTerms(TOOL, (package,), folder).sees, self._modules))
        return "" if is_there else f"there is no package `{package}`{did_you_mean(package, self._names)}"

    def _declare(self, path: str, text: str, conversion: Conversion, terms: ForeignTerms) -> None:
        migrated = self._find_migrated(path, text)
        for each in conversion.contracts:
            if each.line in migrated:
                continue
            name = each.table["name"]
            name = name if slug_of(name) not in self._taken else f"{name} ({path})"
            self._taken.add(slug_of(name))
            contract = declare({**each.table, "name": name}, self._loaded.vocabulary, path, partial(_find_line, each))
            self.declared.append(contract._replace(terms=terms._replace(alert=each.alert)))

    def _find_migrated(self, path: str, text: str) -> set[int]:
        """Find the lines of the contracts that `layercheck migrate` has added to our own configuration.

        The file is converted again: `migrate` keeps wildcards, so it splits contracts into other parts.
        """
        converted = convert_text(Path(path), text, None) if self._kinds else None
        if converted is None:
            return set()
        parts: dict[int, list[bool]] = defaultdict(list)
        for each in converted.contracts:
            parts[each.line].append(self._kinds.get(slug_of(each.table["name"])) == each.table["kind"])
        return {line for line, found in parts.items() if all(found)}

    def _lose(self, path: str, loss: Loss) -> None:
        self.losses[PlacedLoss(path, loss)] = None

    @cached_property
    def _names(self) -> Sequence[str]:
        """All modules, and the packages around them."""
        return sorted(with_packages(module.name for module in self._modules))

    def _expand(self, expression: str) -> Sequence[str]:
        try:
            pattern = parse_pattern(expression)
        except ValueError:
            return ()  # reported with the other mistakes of the contract
        return [name for name in self._names if pattern.match_name(name, exactly=True)]


def _find_line(contract: ForeignContract, key: KeyPath) -> int:
    """Return the line of a value, or that of the contract."""
    if len(key) < 2:
        return contract.line
    value = contract.table[str(key[0])][int(key[1])]
    return contract.lines.get((str(key[0]), value), contract.line)
