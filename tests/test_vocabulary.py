"""One word for one thing: identifiers use the vocabulary of ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| (?P<word>[^|]+) \| [^|]+ \| (?P<avoided>[a-z, ]*)\|$", re.MULTILINE)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def test_no_identifier_uses_a_word_that_the_vocabulary_replaces() -> None:
    replaced = {
        avoided.strip(): row["word"]
        for row in ROW.finditer((ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## Vocabulary")[2])
        for avoided in row["avoided"].split(",")
        if avoided.strip()
    }
    assert len(replaced) > 10

    wrong = [
        f"{path.relative_to(ROOT)}: {name} ({word}: {replaced[word.lower()]})"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for name in _identifiers(ast.parse(path.read_text("utf-8")))
        for word in WORD.findall(name)
        if word.lower() in replaced
    ]

    assert not wrong, "\n".join(wrong)


def _identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
