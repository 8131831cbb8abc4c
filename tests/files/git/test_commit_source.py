"""A commit is walked as the disk is."""

from __future__ import annotations

import tempfile
from pathlib import Path

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
