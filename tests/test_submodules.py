from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.submodules import list_submodules, list_subpackages

if TYPE_CHECKING:
    from pathlib import Path


def test_what_others_lay_beside_modules_is_none(tmp_path: Path) -> None:
    for name in ("__init__.py", "b.py", "a.py", "a.pyi", "notes.txt", ".#a.py", "._b.py"):
        (tmp_path / name).write_text("")
    for name in ("d", "c", "__pycache__", ".cache"):
        (tmp_path / name).mkdir()

    assert list_submodules([str(tmp_path)]) == ["a", "b"]
    assert list_subpackages([str(tmp_path)]) == ["c", "d"]
