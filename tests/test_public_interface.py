"""What `layercheck` gives the authors of rules is whole: it can be imported, mypy knows it, and the docs describe it."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import layercheck

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "interface.md").read_text("utf-8")
NAMES = set(layercheck.__all__) - {"__version__"}


def test_every_name_can_be_imported() -> None:
    given = {name for name in layercheck.__all__ if getattr(layercheck, name, None) is not None}

    assert given == set(layercheck.__all__)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        layercheck.nonsense  # noqa: B018


def test_type_checkers_see_what_is_imported_at_run_time() -> None:
    tree = ast.parse(inspect.getsource(layercheck))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        node.module: {alias.name for alias in node.names} for node in block.body if isinstance(node, ast.ImportFrom)
    }

    assert seen == {module: set(names) for module, names in layercheck._NAMES.items()}
    assert set().union(*seen.values()) == NAMES


def test_to_import_layercheck_imports_nothing_of_it() -> None:
    program = "import sys, layercheck; print(*(name for name in sys.modules if name.startswith('layercheck')))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert set(printed.split()) == {"layercheck", "layercheck.version"}


def test_the_reference_describes_every_name() -> None:
    sections = dict(re.findall(r"^### `(\w+)`\n\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL))

    assert sections.keys() == NAMES
    assert len(re.findall(r"^### ", PAGE, re.MULTILINE)) == len(NAMES)
    assert [name for name, text in sections.items() if not re.search(r"^[A-Z].*[.:]$", text, re.MULTILINE)] == []


def test_the_reference_says_what_every_method_does() -> None:
    rows = re.findall(r"^\| `(\w+\([^`]*)` \| (.*) \|$", PAGE, re.MULTILINE)

    assert len(rows) > 50
    assert [name for name, text in rows if not text] == []
