from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layercheck.files.disk_folders import discover, read_signature
from layercheck.files.left_out import is_left_out
from tests.running import without_privileges, write_tree

if TYPE_CHECKING:
    from collections.abc import Iterable


def _write(root: Path, paths: Iterable[str]) -> Path:
    return write_tree(root, dict.fromkeys(paths, ""))


def _find(root: Path, below: str = "") -> list[str]:
    return list(discover(root, below=below).files)


def test_modules_and_stubs_are_found_whatever_their_names(tmp_path: Path) -> None:
    paths = [
        *("gunicorn.conf.py", "natlas-server.py", "01_x.py", "app/x.pyi", "app/__init__.py", "a b/ü.py"),
        *("class.py", "app/Makefile.py", ".hidden.py"),
    ]
    _write(tmp_path, [*paths, "app/x.pyc", "app/py", "readme.md", "app/x.py.orig", "app/x.PY"])

    assert _find(tmp_path) == sorted(paths)


def test_files_come_sorted_with_what_the_file_system_says(tmp_path: Path) -> None:
    _write(tmp_path, ["b.py", "a/z.py", "a.py"])

    found = discover(tmp_path)

    assert list(found.files) == ["a.py", "a/z.py", "b.py"]
    assert found.files["a.py"] == read_signature(tmp_path / "a.py")
    assert found.unreadable == {}


@pytest.mark.parametrize(
    "folder",
    [".git", ".venv", ".tox", ".hidden", "node_modules", "site-packages", "__pycache__", "__pypackages__"],
)
def test_folders_that_never_hold_own_modules_are_left_out(tmp_path: Path, folder: str) -> None:
    _write(tmp_path, ["app/x.py", f"{folder}/x.py", f"{folder}/__init__.py", f"app/{folder}/deep/er/x.py"])

    assert _find(tmp_path) == ["app/x.py"]


@pytest.mark.parametrize("folder", ["build", "dist", "env", "venv", "htmlcov", "shop.egg-info"])
def test_build_folders_are_left_out_unless_they_are_packages(tmp_path: Path, folder: str) -> None:
    _write(tmp_path, [f"one/{folder}/lib/x.py", f"two/{folder}/__init__.py", f"two/{folder}/x.py"])

    assert _find(tmp_path) == [f"two/{folder}/__init__.py", f"two/{folder}/x.py"]


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "conda-meta/history"])
def test_a_virtual_environment_is_known_by_what_is_in_it(tmp_path: Path, marker: str) -> None:
    _write(tmp_path, ["app/x.py", f"tools/{marker}", "tools/lib/x.py", "tools/__init__.py"])

    assert _find(tmp_path) == ["app/x.py"]


def test_libraries_that_were_installed_into_a_folder_are_left_out(tmp_path: Path) -> None:
    libraries = ["attrs-23.1.0", "click-8.1.7", "flask-3.0.0"]
    installed = [f"libs/{name}.dist-info/METADATA" for name in libraries]
    _write(
        tmp_path, ["app/x.py", *installed, "libs/flask/x.py", "wheel/shop/x.py", "wheel/shop-1.0.dist-info/METADATA"]
    )

    assert _find(tmp_path) == ["app/x.py", "wheel/shop/x.py"]
    assert is_left_out(tmp_path, "libs/flask/y.py", ())
    assert not is_left_out(tmp_path, "wheel/shop/y.py", ())


def test_a_project_that_lies_in_a_left_out_folder_is_read_all_the_same(tmp_path: Path) -> None:
    _write(tmp_path / "build", ["app/x.py"])

    assert _find(tmp_path / "build") == ["app/x.py"]


def test_the_walk_can_start_at_a_folder(tmp_path: Path) -> None:
    _write(tmp_path, ["a/x.py", "b/c/y.py", "b/c/d/z.py"])

    assert _find(tmp_path, below="b/c") == ["b/c/d/z.py", "b/c/y.py"]


def test_a_link_to_a_folder_inside_is_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, ["app/deep/x.py"])
    (tmp_path / "alias").symlink_to("app")
    (tmp_path / "app" / "deep" / "loop").symlink_to("../..")

    assert _find(tmp_path) == ["app/deep/x.py"]


def test_links_to_folders_with_modules_that_are_read_elsewhere_are_listed(tmp_path: Path) -> None:
    root = (
        write_tree(tmp_path, {"root/app/deep/x.py": "", "root/assets/x.css": "", "other/y.py": "", "images/x": ""})
        / "root"
    )
    for name, target in {
        "alias": "app",
        "alias_of_deep": "app/deep",
        "app/up": "..",
        "above": "..",
        "public": "assets",
        "left_out": "app",
        "first": "../other",
        "second": "../other",
        "third": "../images",
        "fourth": "../images",
    }.items():
        (root / name).symlink_to(target)

    found = discover(root, exclude=["left_out/"])

    assert list(found.files) == ["app/deep/x.py", "first/y.py"]
    assert found.unread == ("above/", "alias/", "alias_of_deep/", "app/up/", "second/")


def test_files_that_import_in_other_formats_are_listed(tmp_path: Path) -> None:
    files = {
        "app/x.py": "",
        "app/x.pyx": "",
        "app/y.pyw": "",
        "z.ipynb": "",
        "a.ipynb": "",
        "b/z.ipynb": "",
        ".c/z.ipynb": "",
    }
    root = write_tree(tmp_path, {**files, ".gitignore": "/a.ipynb\n", "d.pyx/e": ""})
    (root / ".git").mkdir()

    assert discover(root, exclude=["b/"]).unread == ("app/x.pyx", "app/y.pyw", "z.ipynb")


def test_a_link_to_a_folder_outside_is_followed_once(tmp_path: Path) -> None:
    _write(tmp_path / "outside", ["x.py"])
    (tmp_path / "outside" / "itself").symlink_to(tmp_path / "outside")
    root = _write(tmp_path / "root", ["app/y.py"])
    (root / "first").symlink_to(tmp_path / "outside")
    (root / "second").symlink_to(tmp_path / "outside")

    assert _find(root) == ["app/y.py", "first/x.py"]


def test_two_linked_folders_whose_links_lead_to_each_other_are_read_once_each(tmp_path: Path) -> None:
    _write(tmp_path, ["one/x.py", "two/y.py"])
    (tmp_path / "one" / "other").symlink_to(tmp_path / "two")
    (tmp_path / "two" / "other").symlink_to(tmp_path / "one")
    root = _write(tmp_path / "root", ["z.py"])
    (root / "one").symlink_to(tmp_path / "one")

    assert _find(root) == ["one/other/y.py", "one/x.py", "z.py"]


def test_a_folder_is_not_mistaken_for_one_whose_name_begins_alike(tmp_path: Path) -> None:
    _write(tmp_path / "shop-legacy", ["x.py"])
    _write(tmp_path / "sho", ["y.py"])
    root = _write(tmp_path / "shop", ["z.py"])
    (root / "legacy").symlink_to(tmp_path / "shop-legacy")
    (root / "start").symlink_to(tmp_path / "sho")

    assert _find(root) == ["legacy/x.py", "start/y.py", "z.py"]


def test_a_link_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    root = _write(tmp_path / "root", ["x.py"])
    _write(tmp_path, ["beside.py"])
    (root / "up").symlink_to(tmp_path)

    assert _find(root) == ["x.py"]


def test_a_project_may_be_reached_through_a_link(tmp_path: Path) -> None:
    _write(tmp_path / "real", ["app/x.py"])
    (tmp_path / "link").symlink_to("real")

    assert _find(tmp_path / "link") == ["app/x.py"]


def test_a_link_to_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    _write(tmp_path, ["x.py"])
    (tmp_path / "y.py").symlink_to("x.py")

    assert _find(tmp_path) == ["x.py", "y.py"]


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    _write(tmp_path, ["app/x.py"])
    (tmp_path / "gone.py").symlink_to("nowhere.py")
    (tmp_path / "round.py").symlink_to("round.py")
    (tmp_path / "one.py").symlink_to("two.py")
    (tmp_path / "two.py").symlink_to("one.py")

    found = discover(tmp_path)

    assert list(found.files) == ["app/x.py"]
    circle = "is a link that leads back to itself"
    assert found.unreadable == {
        "gone.py": "is a link to a file that does not exist",
        "one.py": circle,
        "round.py": circle,
        "two.py": circle,
    }


def test_a_link_into_a_closed_folder_is_named_with_the_reason(tmp_path: Path) -> None:
    _write(tmp_path, ["root/app/x.py", "closed/y.py"])
    (tmp_path / "root" / "y.py").symlink_to("../closed/y.py")
    (tmp_path / "closed").chmod(0)

    with without_privileges(tmp_path / "root"):
        found = discover(Path())
    (tmp_path / "closed").chmod(0o700)

    assert found.unreadable == {"y.py": "cannot be read: Permission denied"}


def test_a_link_through_a_file_is_named(tmp_path: Path) -> None:
    _write(tmp_path, ["app/x.py"])
    (tmp_path / "y.py").symlink_to("app/x.py/y.py")

    assert discover(tmp_path).unreadable == {"y.py": "is a link to a file that does not exist"}


def test_links_to_folders_that_lead_nowhere_are_passed_by(tmp_path: Path) -> None:
    _write(tmp_path, ["app/x.py"])
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "round").symlink_to("round")

    assert discover(tmp_path).unreadable == {}


def test_a_pipe_is_named_and_never_opened(tmp_path: Path) -> None:
    _write(tmp_path, ["app/x.py"])
    os.mkfifo(tmp_path / "app" / "pipe.py")

    found = discover(tmp_path)

    assert list(found.files) == ["app/x.py"]
    assert found.unreadable == {"app/pipe.py": "is not a regular file"}


def test_a_link_to_a_device_is_named(tmp_path: Path) -> None:
    (tmp_path / "null.py").symlink_to(os.devnull)

    assert discover(tmp_path).unreadable == {"null.py": "is not a regular file"}


def test_a_folder_that_is_called_like_a_module_is_named_and_walked(tmp_path: Path) -> None:
    _write(tmp_path, ["app/x.py", "app/odd.py/y.py"])

    found = discover(tmp_path)

    assert list(found.files) == ["app/odd.py/y.py", "app/x.py"]
    assert found.unreadable == {"app/odd.py": "is a folder, not a module"}


def test_a_checkout_that_is_called_like_a_module_is_no_matter(tmp_path: Path) -> None:
    _write(tmp_path, ["checkouts/discord.py/setup.py", "checkouts/other/setup.py"])

    assert discover(tmp_path).unreadable == {}


def test_an_ignored_folder_that_is_called_like_a_module_is_no_matter(tmp_path: Path) -> None:
    write_tree(tmp_path, {"app/x.py": "", "app/odd.py/y.py": "", ".gitignore": "odd.py\n"})

    found = discover(tmp_path)

    assert (list(found.files), found.unreadable) == (["app/x.py"], {})


def test_a_name_that_is_no_text_is_carried_through(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    try:
        (tmp_path / name).write_bytes(b"")
    except OSError:
        pytest.skip("this file system only takes names that are text")

    found = discover(tmp_path)

    assert name in {*found.files, *found.unreadable}


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    _write(tmp_path, ["app/x.py", "locked/y.py"])
    (tmp_path / "locked").chmod(0)

    with without_privileges(tmp_path):
        found = discover(Path())
    (tmp_path / "locked").chmod(0o700)

    assert list(found.files) == ["app/x.py"]
    assert found.unreadable == {"locked": "is a folder whose content cannot be listed: Permission denied"}


def test_a_path_that_is_too_long_to_be_listed_is_named(tmp_path: Path) -> None:
    # Works for every user, root included: the kernel takes no path of more than 4096 bytes.
    _write(tmp_path, ["app/x.py"])
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(20):
            os.mkdir("d" * 250, dir_fd=here)
            deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
    finally:
        os.close(here)

    found = discover(tmp_path)

    shutil.rmtree(tmp_path / ("d" * 250))

    assert list(found.files) == ["app/x.py"]
    assert list(found.unreadable.values()) == ["is a folder whose content cannot be listed: File name too long"]


def test_gitignore_and_exclude_leave_out_files_and_folders(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            ".gitignore": "/generated/\n*_pb2.py\n",
            **dict.fromkeys(["app/x.py", "app/x_pb2.py", "generated/y.py", "app/generated/z.py", "old/v.py"], ""),
        },
    )

    assert list(discover(tmp_path, exclude=["old/"]).files) == ["app/generated/z.py", "app/x.py"]
