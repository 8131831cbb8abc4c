from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.files.disk_folders import discover
from layercheck.files.file_source import DiskSource
from layercheck.project.project_files import ProjectFiles
from tests.repositories import make_repository
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path


def files_of(root: Path) -> ProjectFiles:
    source = DiskSource(root)
    return ProjectFiles(discover(root), source.read, source.tracked)


@pytest.mark.parametrize(
    "path",
    [
        *("README", "README.rst", "LICENSE", "licence.txt", "CHANGELOG.md", "pyproject.toml", "setup.py", "setup.cfg"),
        *("Pipfile", "Pipfile.lock", "uv.lock", "pylock.prod.toml", "requirements.txt", "dev-requirements.in"),
        *(
            "requirements/prod.txt",
            "deploy/requirements/prod.txt",
            "environment.yml",
            ".env",
            ".env.local",
            ".gitignore",
        ),
        *("Dockerfile", "api.Dockerfile", "docker-compose.dev.yml", "compose.yaml", "Makefile", "alembic.ini"),
    ],
)
def test_what_is_known_of_a_project_besides_its_code(tmp_path: Path, path: str) -> None:
    assert list(files_of(write_tree(tmp_path, {path: ""})).paths) == [path]


@pytest.mark.parametrize(
    "path",
    ["notes.txt", "data.lock", "app/requirements.py", "pyproject.toml/x", "debug.log", "readmes", ".hidden/README"],
)
def test_what_is_not(tmp_path: Path, path: str) -> None:
    assert list(files_of(write_tree(tmp_path, {path: ""})).paths) == []


def test_files_above_are_those_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    write_tree(tmp_path, {"README.md": "", "top/uv.lock": "", "top/a/README.md": "", "top/a/b/setup.py": "x"})
    root = make_repository(tmp_path / "top") / "a/b"
    files = files_of(root)

    assert list(files.paths) == ["setup.py", "../README.md", "../../uv.lock"]
    assert files.place == "a/b"
    assert files.above("app/db") == ["app/db", "app", "", "..", "../.."]
    assert files.find("*.lock", folders=files.above()) == ["../../uv.lock"]


def test_without_a_repository_nothing_above_is_known(tmp_path: Path) -> None:
    files = files_of(write_tree(tmp_path, {"README.md": "", "a/setup.py": ""}) / "a")

    assert (list(files.paths), files.place, files.above("app")) == (["setup.py"], None, ["app", ""])


def test_files_are_found_in_any_case_of_letters(tmp_path: Path) -> None:
    files = files_of(write_tree(tmp_path, {"readme.MD": "", "docs/README.rst": "", "uv.lock": ""}))

    assert files.find("README.*") == ["docs/README.rst", "readme.MD"]
    assert files.find("readme.*", "*.lock", folders=[""]) == ["readme.MD", "uv.lock"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xc3\xa9", "café"),
        (b"\xef\xbb\xbfx", "x"),
        ("é".encode("utf-16"), "é"),
        (b"\xff\x00", "\ufffd\x00"),
        (b"# -*- coding: latin-1 -*-\n\xe9", "# -*- coding: latin-1 -*-\né"),
    ],
)
def test_any_file_can_be_read(tmp_path: Path, data: bytes, text: str) -> None:
    assert files_of(write_tree(tmp_path, {"README.md": data})).read("README.md") == text


def test_what_cannot_be_read_is_empty_and_remembered_as_that(tmp_path: Path) -> None:
    files = files_of(write_tree(tmp_path, {"pyproject.toml": "", "notes.txt": "x"}))
    (tmp_path / "pyproject.toml").unlink()

    assert files.read("pyproject.toml") == ""
    assert files.read("notes.txt") == ""
    assert files.read_toml("pyproject.toml") == {}
    assert files.digests == {"pyproject.toml": b""}


def test_what_lies_on_the_way_decides_what_is_ignored(tmp_path: Path) -> None:
    write_tree(
        tmp_path / "top",
        {".gitignore": "/a/app/x\n*.log\n", "a/.gitignore": "!keep.log\n", "a/app/.gitignore": "/y/\n", "a/app/z": ""},
    )
    files = files_of(make_repository(tmp_path / "top") / "a")

    ignored = [path for path in ("app/x", "x", "b.log", "keep.log", "app/y/", "y/", "app/y") if files.ignores(path)]
    assert ignored == ["app/x", "b.log", "app/y/"]


def test_links_lead_where_they_lead(tmp_path: Path) -> None:
    write_tree(tmp_path, {"app/README.md": "here", "docs/notes": ""})
    (tmp_path / "README.md").symlink_to("app/README.md")
    (tmp_path / "LICENSE").symlink_to("docs")
    files = files_of(tmp_path)

    assert list(files.paths) == ["README.md", "app/README.md"]
    assert files.read("README.md") == "here"


def test_above_a_root_that_is_a_link_lies_what_lies_beside_the_link(tmp_path: Path) -> None:
    write_tree(tmp_path, {"elsewhere/README.md": "there", "elsewhere/app/x.py": "", "top/README.md": "here"})
    (tmp_path / "top/app").symlink_to("../elsewhere/app")
    files = files_of(make_repository(tmp_path / "top") / "app")

    assert list(files.paths) == ["../README.md"]
    assert files.read("../README.md") == "here"
