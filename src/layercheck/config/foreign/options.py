"""Sections of a configuration file of another tool, with the line of each value; INI and TOML alike."""

from __future__ import annotations

import configparser
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.document import PYPROJECT, Document, parse_toml, read_text
from layercheck.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from layercheck.config.keys import KeyPath

_SECTION = re.compile(r"\[(?P<name>.+)\]")
_OPTION = re.compile(r"(?P<key>[^=:\s][^=:]*?)\s*[=:]\s*(?P<value>.*)")


class Item(NamedTuple):
    """One value as text, with its line."""

    text: str
    line: int


class Option(NamedTuple):
    """The values of one option, with its line."""

    items: Sequence[Item]
    line: int
    is_list: bool = False
    """Whether it is written as a list, even of one value."""

    @property
    def texts(self) -> list[str]:
        """The values without their lines."""
        return [item.text for item in self.items]


class Section(NamedTuple):
    """Options by name."""

    name: str
    options: Mapping[str, Option]
    line: int


def read_toml(path: Path, text: str | None = None) -> Document:
    """Read a TOML file, or its text; the document holds all of it. Raises ConfigurationError."""
    if text is None:
        text = read_text(path)
    return Document(path, text, parse_toml(path, text), ())


def read_tool_table(path: Path, tool: str) -> Document | None:
    """Read the table of a tool in a `pyproject.toml`; None if there is none. Raises ConfigurationError."""
    document = read_toml(path)
    tools = document.table.get("tool")
    table = tools.get(tool) if isinstance(tools, dict) else None
    return Document(path, document.text, table, ("tool", tool)) if isinstance(table, dict) else None


def is_for_tool(path: Path, tool: str) -> bool:
    """Return whether a file configures a tool: a `pyproject.toml` does if it has the table of the tool.

    Raises ConfigurationError for an invalid file.
    """
    return path.name != PYPROJECT or read_tool_table(path, tool) is not None


def read_own_file(path: Path, tool: str) -> Document:
    """Read a TOML file of a tool, of a `pyproject.toml` its table. Raises ConfigurationError."""
    return (read_tool_table(path, tool) if path.name == PYPROJECT else None) or read_toml(path)


def section_of_table(document: Document, table: object, key: KeyPath) -> Section:
    """Turn a TOML table of texts, numbers, booleans and lists of them into a section. Raises ConfigurationError."""
    path, line = document.path, document.line_of(key) or 1
    if not isinstance(table, dict):
        raise ConfigurationError([Problem(f"expected a table, found {table!r}", path=path, line=line)])
    options = {}
    for name, value in table.items():
        at = document.line_of((*key, name)) or 1
        values = value if isinstance(value, list) else [value]
        for each in values:
            if not isinstance(each, str | int | bool):
                message = f"{name!r}: expected texts, found {each!r}"
                raise ConfigurationError([Problem(message, path=path, line=at)])
        items = [
            Item(str(each).strip(), document.line_of((*key, name, index)) or 1) for index, each in enumerate(values)
        ]
        options[name] = Option(items, at, isinstance(value, list))
    return Section("", _without_blanks(options), line)


def read_ini(path: Path, text: str | None = None) -> list[Section]:
    """Read an INI file, or its text, as Python's `configparser` does. Raises ConfigurationError."""
    if text is None:
        text = read_text(path)
    parser = configparser.ConfigParser()
    try:
        parser.read_string(text)
        values = {name: dict(parser[name]) for name in parser.sections()}
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next((at for at, _ in getattr(error, "errors", ())), None)
        message = f"not a valid INI file: {error.message.splitlines()[0]}"
        raise ConfigurationError([Problem(message, path=path, line=line)]) from error
    heads, found = _find_ini_lines(text)
    sections = []
    for name, options in values.items():
        own = {}
        head = heads.get(name, 1)  # in a file that is indented as a whole, heads look like values
        for key, value in options.items():
            items = found.get((name, key), [])
            at = items[0].line if items else head
            line_of = {item.text: item.line for item in reversed(items)}
            texts = [each.strip() for each in value.split("\n")]
            own[key] = Option([Item(each, line_of.get(each, at)) for each in texts], at, len(texts) > 1)
        sections.append(Section(name, _without_blanks(own), head))
    return sections


def _find_ini_lines(text: str) -> tuple[dict[str, int], dict[tuple[str, str], list[Item]]]:
    """Find the lines of sections and of the values of options, which `configparser` does not report."""
    heads: dict[str, int] = {}
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    section, key = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        content = line.strip()
        if not content or content.startswith(("#", ";")):
            continue
        if line[0].isspace() and key:
            found[section, key].append(Item(content, number))
        elif head := _SECTION.match(content):
            section, key = head["name"], ""
            heads[section] = number
        elif option := _OPTION.match(content):
            key = option["key"].lower()
            found[section, key].append(Item(option["value"], number))
    return heads, found


def _without_blanks(options: Mapping[str, Option]) -> dict[str, Option]:
    return {
        name: option._replace(items=[item for item in option.items if item.text]) for name, option in options.items()
    }
