from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.foreign.options import Item, read_ini, read_toml
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path


def test_values_of_an_ini_file_have_their_lines(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.cfg": "[one]\nKey: x\nmany =\n  a\n\n  # no\n  b\n[two]\n"})

    one, two = read_ini(tmp_path / "a.cfg")

    assert one.options["key"].items == [Item("x", 2)]
    assert one.options["many"].items == [Item("a", 4), Item("b", 7)]
    assert (two.name, two.options, two.line) == ("two", {}, 8)


def test_a_file_that_is_indented_as_a_whole_is_read(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.cfg": b"  [one]\n  key = x\n  [two]\n  key = y\n"})

    assert [(each.name, each.options["key"].texts) for each in read_ini(tmp_path / "a.cfg")] == [
        ("one", ["x"]),
        ("two", ["y"]),
    ]


def test_endless_nesting_costs_the_lines_only(tmp_path: Path) -> None:
    depth = 390
    write_tree(tmp_path, {"a.toml": f"a = {'[' * depth}{']' * depth}\n"})

    document = read_toml(tmp_path / "a.toml")

    assert document.line_of(("a",)) in {1, None}
    assert list(document.table) == ["a"]
