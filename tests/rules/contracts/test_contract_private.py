from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.contracts.shop import find_broken, pairs

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app.a._x": "",
    "app.a.inner.y": "import app.a._x\n",
    "app.a._p.deep": "",
    "app.b": "import app.a._x\nimport app.a._p.deep\nimport app.a.__main__\n",
    "app.a.__main__": "",
}


def test_private_modules_are_imported_in_their_package_only(tmp_path: Path) -> None:
    found = find_broken(tmp_path, "LC127", FILES, 'kind = "private"\n')

    assert pairs(found) == ["app.b -> app.a._x", "app.b -> app.a._p.deep"]
    assert found[1].message == "The rule: app.a._p is private to `app.a`: app.b imports app.a._p.deep"


def test_only_the_named_packages_count(tmp_path: Path) -> None:
    found = find_broken(tmp_path, "LC127", FILES, 'kind = "private"\npackages = ["app.a._p"]\n')

    assert pairs(found) == ["app.b -> app.a._p.deep"]
