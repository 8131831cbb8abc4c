"""A commit is walked as the disk is."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.facts.blob_cache import BlobCache
from layercheck.files.file_source import DiskSource
from layercheck.files.git.commit_source import CommitSource
from layercheck.files.git.commit_tree import CommitTree
from layercheck.files.git.runner import Repository
from tests.repositories import GitRepository

FOLDERS = st.sampled_from(
    (
        "app",
        "build",
        "venv",
        "node_modules",
        ".hidden",
        "x.egg-info",
        "models.py",
        "env",
        "__pycache__",
        "docs",
        ".venv",
    )
)
NAMES = st.sampled_from(
    ("a.py", "b.pyi", "__init__.py", "notes.txt", "pyvenv.cfg", ".secret.py", "build.py", "README.md", ".env")
)
PATHS = st.builds(lambda folders, name: "/".join([*folders, name]), st.lists(FOLDERS, max_size=3), NAMES)
PATTERNS = st.sampled_from(
    ("a.py", "/app/", "build/", "!a.py", "*.pyi", "docs/*", "!docs/a.py", "# note", "[", "**/env")
)
RULES = st.lists(PATTERNS, max_size=3).map("\n".join)
TARGETS = st.sampled_from(("../shared", "app", "../shared/a.py", "nowhere.py", ".", "app/a.py", "..", "loop.py"))
FEW = settings(max_examples=25, deadline=None, database=None, derandomize=True)


@FEW
@given(
    st.lists(PATHS, min_size=1, max_size=12, unique=True),
    st.dictionaries(st.sampled_from((".gitignore", "project/.gitignore", "project/app/.gitignore")), RULES, max_size=3),
    st.dictionaries(
        st.sampled_from(("link", "link.py", "loop.py", "other.pyi", "README.rst", "venv")), TARGETS, max_size=3
    ),
    st.lists(PATTERNS.filter(lambda pattern: pattern not in {"[", "# note"}), max_size=2),
)
def test_a_commit_holds_what_a_checkout_of_it_holds(
    paths: list[str], rules: dict[str, str], links: dict[str, str], exclude: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder).resolve()
        repository = GitRepository(top)
        repository.git("init", "-q")
        # A name is a file or a folder, not both.
        files = {path for path in paths if not any(other.startswith(f"{path}/") for other in paths)}
        repository.write(
            {f"project/{path}": f"# {path}\n" for path in files}
            | {"shared/a.py": "x = 1\n", "uv.lock": ""}
            | dict(rules)
        )
        for name, target in links.items():
            if not (top / "project" / name).exists():
                (top / "project" / name).symlink_to(target)
        repository.git("add", "--all", "--force")
        repository.git("commit", "-qm", "all")
        root = top / "project"

        ours = Repository.around(root)
        with ours.open_blobs() as reader:
            commit = ours.commit_of("HEAD") or ""
            source = CommitSource(CommitTree(ours.files_of(commit), reader.read), "project", reader, BlobCache(None))
            found = source.discover(exclude)
            contents = {path: source.read(path) for path in (*found.files, *found.project_files)}

        disk = DiskSource(root)
        expected = disk.discover(exclude)
        assert list(found.files) == list(expected.files)
        assert found.project_files == expected.project_files
        assert found.place == expected.place == "project"
        assert {path: disk.read(path) for path in (*expected.files, *expected.project_files)} == contents
        assert found.unreadable.keys() == expected.unreadable.keys()


def test_a_file_of_a_commit_can_be_read_before_any_walk(tmp_path: Path) -> None:
    repository = GitRepository.make(
        tmp_path, {"shared/a.py": "x = 1\n", "project/b.py": "", "uv.lock": "version = 1\n"}
    )
    (tmp_path / "project/linked").symlink_to("../shared")
    repository.commit()
    ours = Repository.around(tmp_path / "project")

    with ours.open_blobs() as reader:
        tree = CommitTree(ours.files_of(ours.commit_of("HEAD") or ""), reader.read)
        source = CommitSource(tree, "project", reader, BlobCache(None))

        assert source.read("linked/a.py") == b"x = 1\n"
        assert source.read("../uv.lock") == b"version = 1\n"
        with pytest.raises(FileNotFoundError):
            source.read("c.py")


def test_a_commit_is_walked_once(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, {"a.py": "", "b.py": ""})
    ours = Repository.around(tmp_path)

    with ours.open_blobs() as reader:
        tree = CommitTree(ours.files_of(ours.commit_of("HEAD") or ""), reader.read)
        source = CommitSource(tree, "", reader, BlobCache(None))

        assert source.discover(()) is source.discover([])
        assert list(source.discover(["a.py"]).files) == ["b.py"]
