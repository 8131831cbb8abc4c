"""What the documentation of a rule promises, and what further cases do: files, and what must be found in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from layercheck.rule.documentation import EXAMPLE, INSTEAD, read_documentation
from layercheck.testing.written_trees import read_change, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from layercheck.rule.rule import Rule
    from layercheck.testing.written_trees import Tree

_SECTION = re.compile(r"^#{1,3} (?P<title>.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_UNCHANGED = f"the files below `## {INSTEAD}` are those of the example: show what is different, or remove a file"


class Case(NamedTuple):
    """One small project and the findings that it must have."""

    title: str
    codes: tuple[str, ...]
    """The rules that judge it."""
    tree: Tree
    problem: str = ""
    """What is wrong with the case itself."""


def cases_of_rule(rule: type[Rule]) -> Iterator[Case]:
    """Read the two cases in the docstring of a rule."""
    sections = read_documentation(rule).sections
    broken, codes = read_tree(sections.get(EXAMPLE, "")), (rule.code,)
    yield Case(f"{rule.code} {EXAMPLE}", codes, broken, _find_problem(broken, rule.code, is_broken=True))
    title, text = f"{rule.code} {INSTEAD}", sections.get(INSTEAD, "")
    try:
        clean = read_change(text, broken) if text else read_tree(text)
    except ValueError as error:
        yield Case(title, codes, broken, f"{error} below `## {INSTEAD}`")
        return
    problem = _find_problem(clean, rule.code, is_broken=False)
    is_changed = (clean.files, clean.configuration) != (broken.files, broken.configuration)
    yield Case(title, codes, clean, problem or ("" if is_changed else _UNCHANGED))


def cases_of_folder(folder: Path, codes: Sequence[str]) -> Iterator[Case]:
    """Read the sections of all Markdown files in and below a folder that show files."""
    for path in sorted(folder.rglob("*.md")):
        for title, text in _sections(path.read_text("utf-8")):
            tree = read_tree(text)
            if tree.files:
                unknown = sorted({code for code, _, _ in tree.marks} - set(codes))
                problem = f"the plugin has no rule {unknown[0]}" if unknown else ""
                yield Case(f"{path.relative_to(folder).as_posix()} {title}", tuple(codes), tree, problem)


def _find_problem(tree: Tree, code: str, *, is_broken: bool) -> str:
    heading = EXAMPLE if is_broken else INSTEAD
    if not tree.files:
        return f"the docstring shows no files below `## {heading}`: write `path`: and a fenced block for each"
    others = sorted({mark for mark, _, _ in tree.marks} - {code})
    if others:
        return f"a line below `## {heading}` is marked `# error: {others[0]}`, and the rule is {code}"
    if is_broken and not tree.marks:
        return f"no line below `## {heading}` is marked `# error: {code}`"
    if not is_broken and tree.marks:
        return f"a line below `## {heading}` is marked `# error: {code}`, where nothing may be found"
    return ""


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Part a text at its headings; a `#` in a fenced block is none."""
    code = [match.span() for match in _FENCE.finditer(text)]
    headings = [
        match for match in _SECTION.finditer(text) if not any(start <= match.start() < end for start, end in code)
    ]
    ends = [*(match.start() for match in headings[1:]), len(text)]
    for match, end in zip(headings, ends, strict=True):
        yield match["title"].strip(), text[match.end() : end]
