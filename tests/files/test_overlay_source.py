from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.files.discovery import discover
from layercheck.files.file_source import DiskSource
from layercheck.files.overlay_source import OverlaySource
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

TREE = {
    ".gitignore": "/local/\nscratch*.py\n",
    "app/__init__.py": "",
    "app/old/x.py": "",
    "app/deep/.gitignore": "gen_*.py\n!scratch_kept.py\n",
    "app/deep/a.py": "",
    "env_here/pyvenv.cfg": "",
    "build/lib/a.txt": "",
    "own/build/__init__.py": "",
}


def _overlay(root: Path, texts: dict[str, bytes]) -> OverlaySource:
    return OverlaySource(root, DiskSource(root), texts)


@pytest.mark.parametrize(
    "path",
    [
        "new.py",
        "app/new.pyi",
        "app/new/folders/x.py",
        "app/old/y.py",
        "app/old/further/y.py",
        "local/x.py",
        "scratch_1.py",
        "app/deep/scratch_1.py",
        "app/deep/scratch_kept.py",
        "app/deep/er/gen_x.py",
        ".hidden/x.py",
        "node_modules/x.py",
        "app/__pycache__/x.py",
        "env_here/x.py",
        "build/x.py",
        "own/build/x.py",
        "new_env/x.py",
        "dist/x.py",
        "dist/__init__.py",
        "notes.txt",
        "linked_from_outside/x.py",
    ],
)
def test_a_new_file_belongs_to_a_project_as_if_it_were_written(tmp_path: Path, path: str) -> None:
    root = write_tree(tmp_path / "project", TREE)
    write_tree(tmp_path / "outside", {"a.py": ""})
    (root / "linked_from_outside").symlink_to(tmp_path / "outside", target_is_directory=True)

    found = _overlay(root, {path: b"x = 1\n"}).discover(["app/old"])
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(b"x = 1\n")
    written = discover(root, exclude=["app/old"])

    assert list(found.files) == list(written.files)
    assert found.project_files == written.project_files


def test_a_file_behind_a_link_into_the_project_is_read_where_it_stands(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"app/a.py": ""})
    (root / "link").symlink_to("app", target_is_directory=True)

    found = _overlay(root, {"link/a.py": b"", "link/x.py": b""}).discover(())

    assert list(found.files) == ["app/a.py"]


def test_a_text_stands_for_a_file(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"a.py": "import x\n", "b.py": "import y\n"})
    source = _overlay(root, {"a.py": b"import z"})

    found = source.discover(())

    assert list(found.files) == ["a.py", "b.py"]
    assert found.files["a.py"].size == 8
    assert found.files["b.py"] == discover(root).files["b.py"]
    assert (source.read("a.py"), source.read("b.py")) == (b"import z", b"import y\n")


def test_texts_may_change_between_checks(tmp_path: Path) -> None:
    root, texts = write_tree(tmp_path, {"a.py": ""}), {"a.py": b"one"}
    source = _overlay(root, texts)
    source.discover(())

    del texts["a.py"]
    texts["b.py"] = b"two"

    assert list(source.discover(()).files) == ["a.py", "b.py"]
    assert (source.read("a.py"), source.read("b.py")) == (b"", b"two")


def test_what_could_not_be_read_can_be_as_a_text(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"a.py": ""})
    (root / "dead.py").symlink_to("nowhere.py")

    found = _overlay(root, {"dead.py": b""}).discover(())

    assert list(found.files) == ["a.py", "dead.py"]
    assert found.unreadable == {}
