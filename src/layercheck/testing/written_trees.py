"""Trees of files as Markdown writes them, in the documentation of rules and in further cases."""

from __future__ import annotations

import re
from typing import NamedTuple

_FILE = re.compile(r"^`(?P<path>[^`]+)`:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SETTING = re.compile(r"^With `(?P<setting>[^`]+)`", re.MULTILINE)
_GONE = re.compile(r"^(?:Remove|Move) `(?P<path>[^`]+)`(?: to `(?P<target>[^`]+)`)?", re.MULTILINE)
_MARK = re.compile(r"[ \t]*#\s*error:\s*(?P<code>\w+)")


class Tree(NamedTuple):
    """The files of an example, and what must be found in them."""

    files: dict[str, str]
    """Path → text, marks taken out."""
    marks: list[tuple[str, str, int]]
    """Code, path and line of each finding that must be there."""
    configuration: str
    """What `layercheck.toml` must say; empty where the tree has a pyproject.toml of its own."""
    is_tracked: bool = False
    """Whether git holds all of it."""


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


def read_change(section: str, before: Tree) -> Tree:
    """Read the files of a section that only shows what is different from another one.

    All other files are those of `before`, but for those that a line removes or moves: "Move `app/a.py` to `app/b.py`".
    """
    shown = read_tree(section)
    files = dict(before.files)
    problems = []
    for match in _GONE.finditer(section):
        text = files.pop(match["path"], None)
        if text is None:
            problems.append(match["path"])
        elif match["target"]:
            files[match["target"]] = text
    if problems:
        raise ValueError(f"there is no `{problems[0]}` that could be removed or moved")
    return shown._replace(files=files | shown.files, configuration=shown.configuration or before.configuration)
