from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

import pytest

from layercheck.facts.cache_folder import FOLDER_NAME
from tests.plugin_files import RULE, install
from tests.repositories import SHOP, UPWARD, GitRepository
from tests.running import clean_environment, run_apart, run_into_closed_pipe, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.running import Outcome

LIGHT = 80
"""Modules, Python's own included; a run that checks imports more than 200."""


SURROUNDINGS = {"PYTEST_CURRENT_TEST": ""}
"""The same from one run to the next."""


def _check(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> tuple[Outcome, bool]:
    """Check a folder, and tell whether the output was printed without a check."""
    surroundings = SURROUNDINGS | (environment or {})
    outcome = run_apart("check", *arguments, folder=folder, environment=surroundings, python=["-X", "importtime"])
    imported = re.findall(r"^import time:.*\| +(\S+)$", outcome.err, re.MULTILINE)
    errors = [line for line in outcome.err.splitlines() if not line.startswith("import time:")]
    return outcome._replace(err="\n".join(errors)), "click" not in imported and len(imported) < LIGHT


def _settle() -> None:
    """Let what was written become older than the ticks of the clock."""
    time.sleep(0.05)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A backend in a repository, with an output that is kept."""
    repository = GitRepository.make(tmp_path / "above/shop", SHOP | {"app/models/upward.py": UPWARD})
    root = repository.root
    write_tree(root, {".venv/bin/x": ""})
    (root / "app/services/link").symlink_to(tmp_path / "elsewhere")
    _settle()
    _check(root)
    first, again = _check(root), _check(root)
    assert again == (first[0], True)
    assert again[0].code == 1
    assert "LC101" in again[0].out
    return root


CHANGES: dict[str, Callable[[Path], object]] = {
    "a module": lambda root: (root / "app/models/upward.py").write_text(""),
    "a new module": lambda root: (root / "app/models/new.py").write_text(UPWARD),
    "a new folder": lambda root: write_tree(root, {"app/models/deep/new.py": UPWARD}),
    "a new module at the top": lambda root: (root / "new.py").write_text("def\n"),
    "a module that went": lambda root: (root / "app/models/upward.py").unlink(),
    "the configuration": lambda root: (root / "layercheck.toml").write_text('ignore = ["LC1"]\n'),
    "a nearer configuration": lambda root: (root / "app/layercheck.toml").write_text(""),
    "a stronger configuration": lambda root: (root / "layercheck.toml").rename(root / ".layercheck.toml"),
    "an ignore file": lambda root: (root / ".gitignore").write_text(".venv/\nnew/\n"),
    "an ignore file below": lambda root: (root / "app/.gitignore").write_text("models\n"),
    "what git tracks": lambda root: GitRepository(root).git("rm", "--cached", "--quiet", "README.md"),
    "a baseline": lambda root: (root / "layercheck-baseline.txt").write_text("broken\n"),
    "a project file": lambda root: (root / "setup.cfg").write_text("[options]\ninstall_requires = fastapi\n"),
    "an environment": lambda root: (root / ".venv/pyvenv.cfg").write_text("home = /usr/bin\n"),
    "what a link leads to": lambda root: write_tree(root.parents[1], {"elsewhere/new.py": UPWARD}),
    "who may list a folder": lambda root: (root / "app/models").chmod(0o700),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_output_is_not_printed_again_after_a_change(shop: Path, change: str) -> None:
    CHANGES[change](shop)

    outcome, is_reprinted = _check(shop)

    assert not is_reprinted
    assert outcome == _check(shop, "--no-cache")[0]


@pytest.mark.parametrize("folder", ["backend", "node_modules/shop"])
def test_ignore_files_above_the_project_count(tmp_path: Path, folder: str) -> None:
    files = {f"{folder}/{path}": text for path, text in (SHOP | {"app/models/upward.py": UPWARD}).items()}
    write_tree(tmp_path, files | {".gitignore": "*.log\n", ".git/HEAD": "ref: refs/heads/main\n"})
    root = tmp_path / folder
    _settle()
    _check(root)
    assert _check(root)[1]

    (tmp_path / ".gitignore").write_text("upward.py\n", "utf-8")
    _settle()
    after, is_printed_again = _check(root)

    assert not is_printed_again
    assert after == _check(root, "--no-cache")[0]
    assert "LC101" not in after.out


def test_an_ignore_file_of_the_user_counts(tmp_path: Path) -> None:
    root = GitRepository.make(tmp_path / "shop", SHOP | {"app/models/upward.py": UPWARD}).root
    GitRepository(root).git("rm", "--cached", "--quiet", "app/models/upward.py")
    settings = write_tree(tmp_path, {"settings": f"[core]\n\texcludesFile = {tmp_path}/ignored\n"}) / "settings"
    environment = {"GIT_CONFIG_GLOBAL": str(settings)}
    _settle()
    _check(root, environment=environment)
    before, was_kept = _check(root, environment=environment)
    write_tree(tmp_path, {"ignored": "upward.py\n"})
    _settle()
    after, _ = _check(root, environment=environment)

    assert was_kept
    assert (before.code, after.code) == (1, 0)


def test_it_is_the_answer_to_one_question_only(shop: Path) -> None:
    for arguments in (["--ignore", "LC101"], ["app"], ["-q"], ["--output-format", "concise"], ["--fail-on", "info"]):
        outcome, is_reprinted = _check(shop, *arguments)
        assert not is_reprinted
        assert outcome == _check(shop, *arguments, "--no-cache")[0]
        assert _check(shop, *arguments) == (outcome, True)


def test_the_surroundings_belong_to_the_question(shop: Path) -> None:
    colour = {"FORCE_COLOR": "1"}

    coloured, is_reprinted = _check(shop, environment=colour)

    assert not is_reprinted
    assert "\x1b[" in coloured.out
    assert _check(shop, environment=colour) == (coloured, True)
    assert not _check(shop / "app")[1]


def test_it_is_kept_where_the_cache_is(shop: Path, tmp_path: Path) -> None:
    option = f"--cache-dir={tmp_path / 'cache'}"
    outcome, _ = _check(shop, option)

    assert _check(shop, option) == (outcome, True)
    assert (tmp_path / "cache/output.marshal").is_file()
    assert not _check(shop, "--no-cache")[1]


def test_what_does_more_than_to_print_is_done_again(shop: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    for arguments in (["-o", str(report)], ["--timings"], ["--since", "HEAD"], ["--staged"]):
        assert not any(_check(shop, *arguments)[1] for _ in range(2))
    assert report.is_file()


def test_a_young_file_is_checked_again(shop: Path) -> None:
    later = time.time_ns() + 3_600_000_000_000
    os.utime(shop / "app/models/user.py", ns=(later, later))

    assert not any(_check(shop)[1] for _ in range(3))


def test_a_strangers_output_is_not_believed(shop: Path) -> None:
    kept = shop / FOLDER_NAME / "output.marshal"
    data = kept.read_bytes()
    assert b"LC101" in data
    kept.write_bytes(data.replace(b"LC101", b"LC102"))

    outcome, is_reprinted = _check(shop)

    assert not is_reprinted
    assert "LC102" not in outcome.out


def test_with_a_plugin_every_run_checks(shop: Path, tmp_path: Path) -> None:
    environment = install(tmp_path / "installed", {"acme_rules.py": RULE})
    _settle()

    assert not any(_check(shop, environment=environment)[1] for _ in range(2))


@pytest.mark.parametrize("options", [[], ["--no-cache"]])
def test_a_closed_pipe_is_no_error(shop: Path, options: list[str]) -> None:
    environment = clean_environment() | SURROUNDINGS

    assert run_into_closed_pipe("check", *options, folder=shop, environment=environment) == (141, b"")
