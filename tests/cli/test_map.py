from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_why import BACKEND
from tests.running import run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    tests = {"tests/test_users.py": "from app.api.users import find\n"}
    return write_project(tmp_path, BACKEND | tests)


def test_edges_are_counted_and_those_that_break_a_rule_are_marked(root: Path) -> None:
    outcome = run_here("map", root)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "layers: main > api > services > models : db",
        "imports, counted in pairs of modules:",
        "  api      -> services  1",
        "! api      -> models    1  1 breaks LC102",
        "  services -> models    1",
        "  models   -> db        1",
        "4 edges between 5 layers and roles; 1 marked ! breaks a rule",
        "For the findings, run `layercheck check`.",
    ]


def test_the_mark_is_in_every_format(root: Path) -> None:
    mermaid = run_here("map", root, "--output-format", "mermaid").out
    dot = run_here("map", root, "--output-format", "dot").out
    document = run_here("map", root, "--output-format", "json").report

    assert '    n0 -->|"1 (LC102: 1)"| n3' in mermaid
    assert "    linkStyle 1 stroke:red" in mermaid
    assert '"api" -> "models" [label="1 (LC102: 1)", color="red"' in dot
    assert [each for each in document["edges"] if each["broken"]] == [
        {"importer": "api", "imported": "models", "imports": 1, "broken": {"LC102": 1}}
    ]


def test_packages_are_drawn_at_the_chosen_depth(root: Path) -> None:
    two = run_here("map", root, "--depth", "2").out.splitlines()
    three = run_here("map", root, "--depth", "3", "--output-format", "json").report

    assert two[1] == "! app.api      -> app.models    1  1 breaks LC102"
    assert three["by"] == "package"
    assert "app.api.users" in {each["name"] for each in three["nodes"]}


def test_tests_are_drawn_where_that_is_asked_for(root: Path) -> None:
    assert "tests" not in run_here("map", root, "--depth", "1").out
    assert "tests -> app" in run_here("map", root, "--depth", "1", "--with-tests").out


def test_only_the_named_part_is_drawn(root: Path) -> None:
    document = run_here("map", root / "app" / "models", root / "app" / "db", "--output-format", "json").report

    assert [(each["importer"], each["imported"]) for each in document["edges"]] == [("models", "db")]


def test_without_layers_packages_are_drawn(tmp_path: Path) -> None:
    root = write_project(
        tmp_path, {"lib/__init__.py": "", "lib/left/a.py": "from lib.right import b\n", "lib/right/b.py": ""}
    )

    assert "  lib.left -> lib.right  1" in run_here("map", root).out


def test_a_part_without_modules_is_a_mistake(root: Path) -> None:
    (root / "empty").mkdir()

    outcome = run_here("map", root / "empty")

    assert outcome.code == 2
    assert "no module is left to draw" in outcome.err


def test_names_cannot_break_out_of_a_format(tmp_path: Path) -> None:
    root = write_project(tmp_path, {'lib/a"];x/m.py': "import b\n", "b.py": ""})

    dot = run_here("map", root, "--depth", "3", "--output-format", "dot").out
    mermaid = run_here("map", root, "--depth", "3", "--output-format", "mermaid").out

    assert 'a\\"];x' in dot
    assert "a#quot;];x" in mermaid
