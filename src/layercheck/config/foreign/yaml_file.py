"""Reads a YAML file as plain values, with the line of each key and item."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from layercheck.config.document import read_text
from layercheck.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.config.keys import KeyPath

_DEEPEST = 100


class YamlFile:
    """One YAML file; without support for tags and anchors, which configurations of tools do not need."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.table: Any = {}
        self._lines: dict[KeyPath, int] = {}
        self._read()

    @cached_property
    def _yaml(self) -> Any:
        import yaml  # noqa: PLC0415  (30 ms, for who has such a file)

        return yaml

    def line_of(self, key: KeyPath) -> int | None:
        """Return the line of a key, or that of its parent."""
        while key and key not in self._lines:
            key = key[:-1]
        return self._lines.get(key)

    def narrowed(self, name: str) -> YamlFile:
        """Return the part of the file under a key, if it is a table."""
        if isinstance(self.table, dict) and isinstance(self.table.get(name), dict):
            self.table = self.table[name]
            self._lines = {key[1:]: line for key, line in self._lines.items() if key[:1] == (name,)}
        return self

    def _read(self) -> None:
        text = read_text(self.path)
        try:
            for event in self._yaml.parse(text):
                if isinstance(event, self._yaml.AliasEvent):
                    raise self._fail(event.start_mark.line, "aliases (`*name`) are not read: write the value out")
            node = self._yaml.compose(text, Loader=self._yaml.SafeLoader)
        except self._yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
            raise self._fail(mark.line if mark else 0, f"not valid YAML: {problem}") from error
        except RecursionError:
            raise self._fail(0, "not valid YAML: too deeply nested") from None
        self.table = {} if node is None else self._value(node, ())
        if not isinstance(self.table, dict):
            raise self._fail(0, f"expected a mapping, found {self.table!r}")

    def _value(self, node: Any, key: KeyPath) -> Any:
        if len(key) > _DEEPEST:
            raise self._fail(node.start_mark.line, "not valid YAML: too deeply nested")
        self._lines.setdefault(key, node.start_mark.line + 1)
        if isinstance(node, self._yaml.MappingNode):
            found = {}
            for name_node, value_node in node.value:
                name = str(name_node.value)
                self._lines[(*key, name)] = name_node.start_mark.line + 1
                found[name] = self._value(value_node, (*key, name))
            return found
        if isinstance(node, self._yaml.SequenceNode):
            return [self._value(each, (*key, at)) for at, each in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:bool":
            return str(node.value).lower() in {"true", "yes", "on"}
        return None if node.tag == "tag:yaml.org,2002:null" else node.value

    def _fail(self, line: int, message: str) -> ConfigurationError:
        return ConfigurationError([Problem(message, path=self.path, line=line + 1)])
