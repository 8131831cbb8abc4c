from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.files.disk_folders import discover
from layercheck.files.file_source import DiskSource
from layercheck.files.overlay_source import OverlaySource
from tests.running import write_project, write_tree

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


class _Reads(OverlaySource):
    """Notes which files are read."""

    paths: list[str]

    def read(self, path: str) -> bytes:
        self.paths.append(path)
        return super().read(path)


def test_the_last_check_with_texts_is_remembered_and_not_believed_of_what_lies_on_disk(tmp_path: Path) -> None:
    upward, other = "import app.services.rates\n", "import app.services.other\n"
    files = {
        "app/services/rates.py": "",
        "app/services/other.py": "",
        "app/models/user.py": other,
        "README.md": "# x\n",
    }
    root = write_project(tmp_path, files)
    texts: dict[str, bytes] = {}
    source = _Reads(root, DiskSource(root, root / ".layercheck_cache"), texts)

    def check_with(text: str | None) -> list[tuple[str, int]]:
        source.paths = []
        texts.clear()
        if text is not None:
            texts["app/models/user.py"] = text.encode()
        report = check(find_target([root]), CheckOptions(source=source))
        return [(each.imported or "", each.location.span.start.line) for each in report.findings if each.location.span]

    time.sleep(0.05)  # so that what the files hold is older than the cache
    assert check_with(None) == [("app.services.other", 1)]
    assert check_with(upward) == [("app.services.rates", 1)]
    assert check_with(f"{upward}x = 1\n") == [("app.services.rates", 1)]
    assert {*source.paths} <= {"app/models/user.py", "README.md"}
    assert check_with(f"\n{upward}") == [("app.services.rates", 2)]
    # A text that is as long as the file, and then another one beside it.
    assert check_with(upward) == [("app.services.rates", 1)]
    texts.clear()
    texts["app/new.py"] = b""
    report = check(find_target([root]), CheckOptions(source=source))
    assert [each.imported for each in report.findings if each.imported] == ["app.services.other"]
    assert check_with(None) == [("app.services.other", 1)]
