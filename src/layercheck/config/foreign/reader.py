"""Reads tables of another tool's file, and records mistakes and what has no equivalent, with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from layercheck.config.foreign.conversion import Remark
from layercheck.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.config.keys import KeyPath


class LinedFile(Protocol):
    """A file that knows the lines of its keys."""

    @property
    def path(self) -> Path:
        """Where it is."""

    @property
    def table(self) -> Any:
        """Its contents."""

    def line_of(self, key: KeyPath) -> int | None:
        """Return the line of a key."""


class ForeignReader:
    """Reads one file."""

    def __init__(self, document: LinedFile) -> None:
        self.document = document
        self.table: Mapping[str, Any] = document.table
        self.remarks: list[Remark] = []

    def texts(self, key: KeyPath, given: Mapping[str, Any], name: str) -> list[str] | None:
        """Return the texts under a key of a table; None if the key is missing."""
        values = given.get(name)
        if values is None:
            return None
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise self.fail((*key, name), f"{name!r}: expected a list of texts, found {values!r}")
        return values

    def table_at(self, key: KeyPath, given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        """Return the table under a key; empty if the key is missing."""
        value = given.get(name, {})
        if not isinstance(value, dict):
            raise self.fail((*key, name), f"{name!r}: expected a table, found {value!r}")
        return value

    def list_of(self, name: str) -> list[Any]:
        """Return the list under a key of the file."""
        given = self.table.get(name, [])
        if not isinstance(given, list):
            raise self.fail((name,), f"expected a list, found {given!r}")
        return given

    def line(self, key: KeyPath) -> int:
        """Return the line of a key."""
        return self.document.line_of(key) or 1

    def remark(self, key: KeyPath, message: str) -> None:
        """Record something without an equivalent."""
        self.remarks.append(Remark(self.line(key), message))

    def remark_on_rest(self, converted: frozenset[str], advice: Mapping[str, str], key: KeyPath = ()) -> None:
        """Record every key of a table that is not converted, with advice."""
        table: Any = self.table
        for part in key:
            table = table.get(part) if isinstance(table, dict) else None
        for name in table if isinstance(table, dict) else ():
            if name not in converted:
                more = advice.get(name)
                self.remark((*key, name), f"{name!r} is not converted" + (f": {more}" if more else ""))

    def fail(self, key: KeyPath, message: str) -> ConfigurationError:
        """Describe a mistake in the file."""
        return ConfigurationError([Problem(message, path=self.document.path, line=self.line(key))])
