"""What is read is what git would keep: git itself is the judge of ignore files."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.files.disk_folders import discover
from layercheck.files.left_out import find_cause
from tests.running import write_tree

TREE = {
    f"{folder}{name}": ""
    for folder in ("", "app/", "app/models/", "app/models/sub/", "app/lib/", "lib/", "build/", "app/api/v1/")
    for name in ("one.py", "two.py", "note.txt")
}
PATTERNS = [
    *("*", "!*/", "!*.py", "*.py", "!one.py", "app/**", "!app/**/", "!app/**/*.py", "app/models/", "app/models/**"),
    *("!app/models/**/", "!app/models/**/*.py", "lib/", "/lib", "lib", "!lib/", "models/*", "!models/sub", "**/sub"),
    *("one.*", "# app/", r"\#x", "app/*/one.py", "app/lib/", "!app/", "a[pq]p/lib", "[^b]uild", "two.py ", "/app/*/"),
    *("app[!x]lib", "models[+-9]one.py", "*[!a]*.py", "[[:alpha:]]ib", "[![:digit:]]ne.py"),
]


def git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True).stdout


def kept_by_git(folder: Path) -> set[str]:
    listed = git(folder, "ls-files", "-co", "--exclude-standard", "-z").decode().split("\0")
    return {path for path in listed if path.endswith(".py")}


def make(folder: Path, ignore: bytes) -> Path:
    write_tree(folder, TREE)
    (folder / ".gitignore").write_bytes(ignore)
    git(folder, "init", "--quiet")
    return folder


@pytest.mark.parametrize(
    "ignore",
    [
        b"*\n!*/\n!*.py\n",
        b"*\n!*.py\n!*/\n",
        b"app/models/**\n!app/models/**/\n!app/models/**/*.py\n",
        b"app/**\n!app/**/\n!app/**/*.py\n",
        b"\xef\xbb\xbfapp/models/\n",
        b"# x\x0capp/models/\nlib/\n",
        "# x\u2028app/models/\nlib/\n".encode(),
        b"app/models/\r\nlib/\r\n",
        b"models/*\n!models/sub\n",
        b"app[!a]one.py\nlib[+-9]two.py\n",
        b"*[!x]*[!y]*one.py\n",
        b"[[:lower:]]wo.py\n",
        b"/*\t\n*\t  \n",
        b"lib/\n!/\n",
        b"//**\napp//lib\n**//two.py\none.py//\n",
        b"lib/\n!/ \n",
        # A byte is what `?` and brackets match.
        b"/?/\n[!a]\n",
        "/??/\né.py\n".encode(),
        "voil\N{LATIN SMALL LETTER A WITH GRAVE}\n".encode(),
        b"one.py\n!app/\n",
    ],
)
def test_ignore_files_that_were_read_wrongly(tmp_path: Path, ignore: bytes) -> None:
    make(tmp_path, ignore)
    write_tree(tmp_path, {"é/x.py": "", "lib/é.py": "", "voilà/x.py": "", "voil/x.py": ""})

    # Folders that builds make are left out as long as git does not track what is in them.
    assert set(discover(tmp_path).files) == {path for path in kept_by_git(tmp_path) if not path.startswith("build/")}


def test_a_folder_that_is_taken_back_is_not_all_that_is_in_it(tmp_path: Path) -> None:
    make(tmp_path, b"!lib/\n!models\n")
    (tmp_path / ".git/info/exclude").write_text("one.py\n")

    assert set(discover(tmp_path).files) == {path for path in kept_by_git(tmp_path) if not path.startswith("build/")}


def test_the_cause_is_named_as_it_is_written(tmp_path: Path) -> None:
    make(tmp_path, "voilà/\n".encode())
    write_tree(tmp_path, {"voilà/x.py": ""})

    assert find_cause(tmp_path, "voilà/x.py", ()) == "`voilà/` in .gitignore"


@given(st.lists(st.sampled_from(PATTERNS), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_ignore_file_is_read_as_git_reads_it(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = make(Path(name), "\n".join(lines).encode())

        found = set(discover(folder).files)

        assert found == {path for path in kept_by_git(folder) if not path.startswith("build/")}


@pytest.mark.parametrize("version", ["2", "4"])
def test_what_git_tracks_is_read_whatever_an_ignore_file_says(tmp_path: Path, version: str) -> None:
    make(tmp_path, b"")
    git(tmp_path, "add", "app/lib/one.py", "app/models/sub/two.py", "build/one.py", "app/one.py")
    git(tmp_path, "update-index", "--index-version", version)
    (tmp_path / ".gitignore").write_text("lib/\nmodels/\none.py\n")

    found = set(discover(tmp_path).files)

    assert {"app/lib/one.py", "app/models/sub/two.py", "build/one.py", "app/one.py"} <= found
    assert not {"app/lib/two.py", "app/models/one.py", "build/two.py", "one.py"} & found


def test_exclude_alone_leaves_out_what_git_tracks(tmp_path: Path) -> None:
    make(tmp_path, b"lib/\n")
    git(tmp_path, "add", "--force", "app/lib/one.py", "lib/one.py")

    assert not {"app/lib/one.py", "lib/one.py"} & set(discover(tmp_path, exclude=["lib/"]).files)


def test_the_project_may_lie_below_the_top_of_its_repository(tmp_path: Path) -> None:
    make(tmp_path, b"")
    git(tmp_path, "add", "app/lib/one.py", "lib/one.py")
    (tmp_path / ".gitignore").write_text("lib/\n")

    found = discover(tmp_path / "app").files

    assert "lib/one.py" in found
    assert "lib/two.py" not in found


def test_the_ignore_files_of_the_user_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(tmp_path / "project", b"")
    (project / ".git/info/exclude").write_text("lib/\n")
    (tmp_path / "ignored everywhere").write_text("two.py\n")
    settings = tmp_path / "settings"
    settings.write_text(f"[core]\n\texcludesFile = {tmp_path}/ignored everywhere\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))

    found = set(discover(project).files)

    assert found == {path for path in kept_by_git(project) if not path.startswith("build/")}
    assert "one.py" in found
    assert not {"two.py", "lib/one.py"} & found


def test_the_ignore_file_in_the_folder_of_settings_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(tmp_path / "project", b"")
    write_tree(tmp_path, {"config/git/ignore": "lib/\n"})
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)

    found = set(discover(project).files)

    assert found == {path for path in kept_by_git(project) if not path.startswith("build/")}
    assert "lib/one.py" not in found


@pytest.mark.parametrize("how", ["system", "include", "include in a repository", "work tree"])
def test_settings_of_git_may_be_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    project = make(tmp_path / "project", b"")
    (tmp_path / "ignored everywhere").write_text("two.py\n")
    settings = tmp_path / "settings"
    settings.write_text(f"[core]\n\texcludesFile = {tmp_path}/ignored everywhere\n")
    (tmp_path / "empty").write_text(f"[include]\n\tpath = {settings}\n" if how == "include" else "")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "empty"))
    if how == "system":
        monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(settings))
    elif how == "include in a repository":
        git(project, "config", "include.path", str(settings))
    elif how == "work tree":
        git(project, "config", "extensions.worktreeConfig", "true")
        git(project, "config", "--worktree", "core.excludesFile", f"{tmp_path}/ignored everywhere")

    found = set(discover(project).files)

    assert found == {path for path in kept_by_git(project) if not path.startswith("build/")}
    assert "two.py" not in found


@pytest.mark.parametrize(
    ("path", "exclude", "cause"),
    [
        ("app/lib/one.py", (), "`lib/` in .gitignore"),
        ("app/models", (), "`/models` in app/.gitignore"),
        ("app/models/sub/one.py", (), "`/models` in app/.gitignore"),
        ("app/api/v1/one.py", ("app/api/",), "`app/api/` in `exclude`"),
        ("app/one.py", (), None),
    ],
)
def test_what_leaves_a_file_out_is_named(tmp_path: Path, path: str, exclude: tuple[str, ...], cause: str) -> None:
    make(tmp_path, b"# mine\nlib/\n")
    (tmp_path / "app/.gitignore").write_text("/models\n")

    assert find_cause(tmp_path, path, exclude) == cause
