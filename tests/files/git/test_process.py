"""A stranger's repository runs nothing of its own, whatever it configures."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from layercheck.files.git.process import may_fetch
from tests.running import PROJECT_FILES, run_apart, write_tree

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
[core]
\trepositoryformatversion = 1
\tbare = false
\tworktree = .
\tsshCommand = touch {marker} ; false
\tfsmonitor = touch {marker}
\tpager = touch {marker}
\thooksPath = .
[diff]
\texternal = touch {marker}
[extensions]
\tpartialClone = origin
[remote "origin"]
\turl = ssh://x@127.0.0.1/x
\tpromisor = true
"""
BACKEND = {
    **PROJECT_FILES,
    "app/services/base.py": "",
    "app/models/base.py": "",
    "app/models/user.py": "import app.services.base\n",
    "layercheck-baseline.txt": "LC101 app.models.gone -> app.services.base\n",
}


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def make_hostile(folder: Path, marker: Path) -> Path:
    """A repository whose folder `backend` is itself a repository, committed as plain files, with a blob missing."""
    inner = folder / "inner"
    write_tree(inner, BACKEND)
    git(inner, "init", "--quiet")
    git(inner, "add", "--all")
    git(inner, "commit", "--quiet", "--message=one")
    blob = subprocess.run(
        ["git", "rev-parse", "HEAD:app/models/user.py"], cwd=inner, check=True, capture_output=True, text=True
    ).stdout.strip()
    (inner / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    backend = folder / "outer" / "backend"
    write_tree(backend, BACKEND)
    for name in ("HEAD", "objects", "refs", "index"):
        (inner / ".git" / name).rename(backend / name)
    (backend / "config").write_text(CONFIG.format(marker=marker))
    (backend / "app" / "models" / "user.py").write_text("import app.services.base\nX = 1\n")
    git(folder / "outer", "init", "--quiet")
    return backend


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "HEAD"],
        ["check", "--no-cache", "--since", "HEAD"],
        ["check", "--no-cache"],
        ["check", "--no-cache", "--staged"],
        ["baseline", "--prune"],
    ],
    ids=" ".join,
)
def test_a_repository_inside_of_a_repository_runs_nothing(tmp_path: Path, arguments: list[str]) -> None:
    marker = tmp_path / "was-run"
    backend = make_hostile(tmp_path, marker)

    run_apart(*arguments, folder=backend)

    assert not marker.exists()


@pytest.mark.parametrize("name", ["x", "a=b.c", "é"])
@pytest.mark.parametrize("key", ["clean", "process"])
@pytest.mark.parametrize(
    "arguments",
    [["check", "--no-cache"], ["check", "--no-cache", "--staged"], ["diff", "HEAD"], ["affected", "--since", "HEAD"]],
    ids=" ".join,
)
def test_filters_of_a_repository_that_was_copied_are_not_run(
    tmp_path: Path, arguments: list[str], key: str, name: str
) -> None:
    root, marker = tmp_path / "copied", tmp_path / "was-run"
    write_tree(root, {**BACKEND, "tests/test_user.py": "import app.models.user\n"})
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=one")
    # git reads a file again that looks changed, or is as young as the index.
    write_tree(
        root, {"app/models/user.py": "import app.services.base\n", "app/models/more.py": "import app.services.base\n"}
    )
    git(root, "config", f"filter.{name}.{key}", f"touch {marker}; cat")
    git(root, "config", f"filter.{name}.required", "true")
    (root / ".gitattributes").write_text(f"*.py filter={name}\n")

    outcome = run_apart(*arguments, folder=root)

    assert outcome.code in {0, 1}
    assert not marker.exists()


@pytest.mark.parametrize("arguments", [["diff", "HEAD"], ["check", "--no-cache", "--since", "HEAD"]], ids=" ".join)
def test_what_a_partial_clone_lacks_is_not_fetched_but_named(tmp_path: Path, arguments: list[str]) -> None:
    source, clone = tmp_path / "source", tmp_path / "clone"
    write_tree(source, {**BACKEND, "layercheck-baseline.txt": ""})
    git(source, "init", "--quiet")
    git(source, "config", "uploadpack.allowFilter", "true")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message=one")
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{source}", str(clone))
    write_tree(clone, BACKEND)

    outcome = run_apart(*arguments, folder=clone)

    assert outcome.code == 2
    assert "LAYERCHECK_ALLOW_FETCH=1" in outcome.err


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("true", True), ("0", False), ("false", False), ("", False)]
)
def test_fetching_is_a_switch(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("LAYERCHECK_ALLOW_FETCH", value)
    assert may_fetch() is expected
