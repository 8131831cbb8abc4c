from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.contracts.shop import find_broken

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app.a.one": "import app.b.one\n",
    "app.a.two": "",
    "app.b.one": "",
    "app.b.two": "import app.a.two\n",
    "app.b.inner.x": "import app.b.inner.y\n",
    "app.b.inner.y": "import app.b.inner.x\n",
}


def test_packages_count_as_one_at_every_level(tmp_path: Path) -> None:
    found = find_broken(tmp_path, "LC128", FILES, 'kind = "acyclic"\npackages = ["app"]\n')

    assert [(each.subject, each.object, each.cut) for each in found] == [
        ("app.a app.b", "the-rule", 1),
        ("app.b.inner.x app.b.inner.y", "the-rule", 1),
    ]
    assert len(found[0].chain) == 2
    assert "in `app`, app.a and app.b import each other in cycles; removing 1 connection (1 import)" in found[0].message


def test_depth_and_skip_leave_packages_out(tmp_path: Path) -> None:
    contract = 'kind = "acyclic"\npackages = ["app"]\n'

    shallow = find_broken(tmp_path, "LC128", FILES, contract + "depth = 0\n")
    skipping = find_broken(tmp_path, "LC128", FILES, contract + 'skip = ["app.b.*"]\n')

    assert [each.subject for each in shallow] == [each.subject for each in skipping] == ["app.a app.b"]


def test_single_modules_can_be_looked_at(tmp_path: Path) -> None:
    found = find_broken(tmp_path, "LC128", FILES, 'kind = "acyclic"\nbetween = "modules"\n')

    assert [each.subject for each in found] == ["app.b.inner.x app.b.inner.y"]


def test_an_ignored_import_is_no_part_of_a_cycle(tmp_path: Path) -> None:
    contract = 'kind = "acyclic"\npackages = ["app"]\nignore = ["app.b.** -> app.a.two", "app.b.inner.x -> **"]\n'

    assert not find_broken(tmp_path, "LC128", FILES, contract)
