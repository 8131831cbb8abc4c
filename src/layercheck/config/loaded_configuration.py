"""Finding the configuration and making it whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.config.document import (
    FILE_NAMES,
    PYPROJECT,
    Document,
    has_our_table,
    is_ours,
    read_document,
    speaks_to_us,
)
from layercheck.config.keys import dotted, key_paths
from layercheck.config.merge import merge
from layercheck.config.preset import read_preset
from layercheck.config.problems import subtable
from layercheck.config.schema import Configuration
from layercheck.config.selection import is_named, is_selected
from layercheck.config.validation import find_problems
from layercheck.config.vocabulary import Vocabulary
from layercheck.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.config.keys import KeyPath
    from layercheck.config.origins import Origin
    from layercheck.config.problems import KeyProblem

_CHOOSES_ORDER = frozenset({"preset", "layers", "folders"})
"""The keys by which a user says which layers there are."""
_OF_STYLES = ("layers", "closed", "isolated", "leaf")
"""The keys in which the presets of styles differ, and which all of them have."""
_OURS = Vocabulary(includes_plugins=False)
"""Whoever says nothing of plugins lets nothing of the project run."""


class LoadedConfiguration(msgspec.Struct, frozen=True, dict=True):
    """The configuration in force, and where every part of it comes from."""

    configuration: Configuration
    """The preset, the user's file over it, the command line over both."""
    document: Document | None = None
    """The user's file as it was read; None when there is none."""
    overrides: Mapping[str, Any] = {}
    """What the command line said."""
    vocabulary: Vocabulary = _OURS
    """What it was allowed to name."""
    is_put_off: bool = False
    """Whether `require_rules` is still to be called before rules run."""

    def require_rules(self) -> None:
        """Check the names of rules, where that was put off. Raises ConfigurationError."""
        if self.is_put_off and (problems := _find_problems(self.document, self.overrides, self.vocabulary, self.root)):
            raise ConfigurationError(problems)

    @property
    def path(self) -> Path | None:
        """The file, absolute; None when there is none."""
        return self.document.path if self.document else None

    @property
    def root(self) -> Path | None:
        """The folder of the file: what its paths and patterns are relative to."""
        return self.document.path.parent if self.document else None

    @cached_property
    def user_keys(self) -> frozenset[str]:
        """The dotted keys that the file sets, tables (`roles`) and what is in them (`roles.api`)."""
        return frozenset(map(dotted, key_paths(self.document.table))) if self.document else frozenset()

    @cached_property
    def contracts(self) -> tuple[DeclaredContract, ...]:
        """The contracts that the file declares, in its order."""
        if not self.configuration.contracts:
            return ()
        # Most projects have none.
        from layercheck.config.declared_contract import declare  # noqa: PLC0415

        path = self.document.path.name if self.document is not None else ""
        return tuple(
            declare(table, self.vocabulary, path, partial(self._line_of_contract, index))
            for index, table in enumerate(self.configuration.contracts)
        )

    def _line_of_contract(self, index: int, key: KeyPath) -> int | None:
        return self.line_of(("contracts", index, *key))

    def line_of(self, key: KeyPath) -> int | None:
        """Look up the line of a key in the file, of what is around it where it has none."""
        return None if self.document is None else self.document.line_of(key)

    @cached_property
    def user_roles(self) -> Mapping[str, Sequence[str]]:
        """The names and modules that the file itself gives to roles, without those of the preset."""
        return subtable(self._user_table, "roles")

    @property
    def _user_table(self) -> Mapping[str, Any]:
        return {} if self.document is None else self.document.table

    @property
    def _follows_style(self) -> bool:
        return _CHOOSES_ORDER.isdisjoint({*self._user_table, *self.overrides})

    def for_style(self, style: str) -> Configuration:
        """Return the configuration in force for a project of a style: its preset, where the user has chosen no order."""
        if not self._follows_style or style == self.configuration.preset:
            return self.configuration
        return msgspec.convert(merge(read_preset(style), self._user_table, self.overrides), Configuration)

    def sets_severity(self, code: str, name: str) -> bool:
        """Return whether the file chooses a severity for a rule."""
        return self.document is not None and is_named(code, name, subtable(self.document.table, "severity"))

    def selects(self, code: str, name: str) -> bool:
        """Return whether a rule of the default set runs."""
        chosen = self.configuration
        return is_selected(code, name, select=chosen.select, extend_select=chosen.extend_select, ignore=chosen.ignore)

    @cached_property
    def origins(self) -> Mapping[str, Origin]:
        """By dotted key: `layers`, `roles.api`, `severity.LC102`, `rules.LC101.imports`; top-level keys are all there."""
        # Only who shows an origin needs them: finding the lines costs as much as reading the file.
        from layercheck.config.origins import Origin, trace_origins  # noqa: PLC0415

        preset = self.configuration.preset
        found = trace_origins(f"preset {preset}", self.vocabulary.preset(preset), self.document, self.overrides)
        if self._follows_style:
            text = f"preset {preset}, or that of a recognised style"
            found |= {key: Origin(text) for key in _OF_STYLES if found[key].text == f"preset {preset}"}
        return found


def find_configuration(start: Path, texts: Mapping[Path, bytes] = MappingProxyType({})) -> Path | None:
    """Find the configuration file of a folder: the nearest one, going up to the root of the file system.

    A `pyproject.toml` counts when it has a table `[tool.layercheck]`. `texts` are contents that stand for those on disk.
    Raises ConfigurationError for one on the way that is no TOML, whatever it seems to say.
    """
    folder = Path(os.path.abspath(start))  # noqa: PTH100  (absolute() keeps `..`, resolve() follows links)
    for each in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = each / name
            data = texts.get(path)
            # os.path, because Path.is_file raises where a folder may not be entered.
            if data is None and not os.path.isfile(path):  # noqa: PTH113
                if os.path.lexists(path) and not os.path.isdir(path):  # noqa: PTH112
                    # To check by no configuration would be to check by other rules than the user's.
                    raise ConfigurationError([Problem(_describe_odd_file(path), path=path)])
                continue
            if name != PYPROJECT or (is_ours(path) if data is None else speaks_to_us(path, data)):
                return path
    return None


def _describe_odd_file(path: Path) -> str:
    return "is a link to a file that does not exist" if not path.exists() else "is not a regular file"


def load_configuration(
    path: Path | None,
    *,
    overrides: Mapping[str, Any] | None = None,
    vocabulary: Vocabulary = _OURS,
    data: bytes | None = None,
) -> LoadedConfiguration:
    """Read a file (None: there is none), check it and lay it over its preset.

    `data` is the content of a file that is not on disk (any more): its folders cannot be looked for there. All else is
    as in `complete_document`.
    """
    document = None if path is None else read_configuration(path, data)
    return complete_document(document, overrides=overrides, vocabulary=vocabulary, is_on_disk=data is None)


def read_configuration(path: Path, data: bytes | None = None) -> Document:
    """Read a file without checking what it says: the plugins that it names decide what it may say. Raises like above."""
    return read_document(Path(os.path.abspath(path)), data)  # noqa: PTH100  (see above)


def complete_document(
    document: Document | None,
    *,
    overrides: Mapping[str, Any] | None = None,
    vocabulary: Vocabulary = _OURS,
    is_on_disk: bool = True,
    puts_off_rules: bool = False,
) -> LoadedConfiguration:
    """Validate a configuration and merge it into its preset.

    `overrides` come from the command line, by key (`select`), and replace what the file says. `vocabulary` is what the
    configuration may name; without rules in it, names of rules are not checked. `puts_off_rules`: that is done by
    `require_rules`, unless there is another mistake. Raises ConfigurationError with every mistake there is.
    """
    overrides = overrides or {}
    root = document.path.parent if document and is_on_disk else None
    is_put_off = puts_off_rules and not _find_problems(document, overrides, vocabulary.without_rules(), root)
    problems = [] if is_put_off else _find_problems(document, overrides, vocabulary, root)
    if problems:
        raise ConfigurationError(problems)
    user = document.table if document else {}
    preset = {"preset": Configuration().preset, **user, **overrides}["preset"]
    merged = merge(vocabulary.preset(preset), user, overrides)
    return LoadedConfiguration(msgspec.convert(merged, Configuration), document, overrides, vocabulary, is_put_off)


def _find_problems(
    document: Document | None, overrides: Mapping[str, Any], vocabulary: Vocabulary, root: Path | None
) -> list[Problem]:
    found: list[Problem] = []
    table = document.table if document else {}
    if document:
        problems = _validate_file(document, vocabulary, root)
        in_order = sorted(problems, key=lambda problem: document.line_of(problem[0]) or 0)
        found += [
            Problem(message, path=document.path, line=document.line_of(key), key=dotted(key))
            for key, message in in_order
        ]
    if overrides and isinstance(table, dict):
        problems = find_problems({**table, **overrides}, root=root, vocabulary=vocabulary)
        found += [Problem(message, key=f"--{key[0]}") for key, message in problems if key and key[0] in overrides]
    return found


def _validate_file(document: Document, vocabulary: Vocabulary, root: Path | None) -> list[KeyProblem]:
    table = document.table
    if document.prefix or not has_our_table(table):
        return find_problems(table, root=root, vocabulary=vocabulary)
    message = f"the prefix is only for pyproject.toml: in {document.path.name} write the keys without 'tool.layercheck'"
    rest = {key: value for key, value in table.items() if key != "tool"}
    return [(("tool", "layercheck"), message), *find_problems(rest, root=root, vocabulary=vocabulary)]
