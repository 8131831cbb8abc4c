"""The documentation of a rule, read the way its reader does: sections, and the trees of files in the examples."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from layercheck.rule import Rule

_FILE = re.compile(r"^`(?P<path>[^`]+)`:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SETTING = re.compile(r"^With `(?P<setting>[^`]+)`", re.MULTILINE)
_MARK = re.compile(r"#\s*error:\s*(?P<code>\w+)")


class Documentation(NamedTuple):
    """What the docstring of a rule says."""

    title: str
    sections: dict[str, str]
    """In order, by heading."""


class Tree(NamedTuple):
    """The files of an example."""

    files: dict[str, str]
    """Path → text, marks taken out."""
    marks: list[tuple[str, str, int]]
    """Code, path and line of each finding that must be there."""
    configuration: str
    """What `layercheck.toml` must say; empty where the tree has a pyproject.toml of its own."""
    is_tracked: bool = False
    """Whether git holds all of it."""


def read_documentation(rule: type[Rule]) -> Documentation:
    """Part the docstring of a rule into its title and its sections."""
    title, *sections = re.split(r"^## ", inspect.cleandoc(rule.__doc__ or ""), flags=re.MULTILINE)
    parted = (section.partition("\n") for section in sections)
    return Documentation(title.strip(), {heading.strip(): body.strip() for heading, _, body in parted})


def read_tree(section: str) -> Tree:
    """Read the files of a section."""
    files, marks = {}, []
    for match in _FILE.finditer(section):
        path, text = match["path"], match["text"]
        for number, line in enumerate(text.splitlines(), 1):
            marks += [(mark["code"], path, number) for mark in _MARK.finditer(line)]
        files[path] = _MARK.sub("", text)
    settings = "" if "pyproject.toml" in files else "\n".join(match["setting"] for match in _SETTING.finditer(section))
    return Tree(files, marks, settings, section.startswith("In a repository of git"))
