"""The hooks as they are used: by pre-commit and by prek, in real git repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.repositories import SHOP, UPWARD, GitRepository
from tests.running import SOURCE, clean_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = SOURCE.parent
MANIFEST = (PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8")
PACKAGED = ("src", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
SERVICE = "app/services/users.py"
CLEAN = SHOP[SERVICE]

RUNNERS = pytest.mark.parametrize("runner", ["pre-commit", "prek"])


class Hooked:
    """What one run of the hooks did."""

    def __init__(self, process: subprocess.CompletedProcess[str]) -> None:
        self.code = process.returncode
        self.out = process.stdout + process.stderr

    @property
    def findings(self) -> list[tuple[str, str, int]]:
        """Code, path and line of every finding in the output."""
        found = re.findall(r"(\S+?):(\d+):\d+: \w+\[(LC\d+)\]", self.out)
        return [(code, path, int(line)) for path, line, code in found]


def run(runner: str, *arguments: str | Path, folder: Path, home: Path, installed: bool = False) -> Hooked:
    environment = clean_environment() | {
        "PRE_COMMIT_HOME": os.fspath(home / "pre-commit"),
        "PREK_HOME": os.fspath(home / "prek"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Tester",
        "GIT_AUTHOR_EMAIL": "tester@example.org",
        "GIT_COMMITTER_NAME": "Tester",
        "GIT_COMMITTER_EMAIL": "tester@example.org",
    }
    if installed:
        # The environment of the hook must do without us.
        del environment["PYTHONPATH"]
    program = Path(sys.executable).parent / runner
    process = subprocess.run(
        [program if program.exists() else runner, *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return Hooked(process)


def hooks_here(**changes: str) -> str:
    """Write a configuration with our hooks as the manifest has them, run from the sources instead of installed."""
    hooks = "\n".join(f"      {line}" for line in MANIFEST.splitlines() if not line.lstrip().startswith("#"))
    for old, new in {
        "language: python": "language: system",
        "entry: layercheck check": f"entry: {sys.executable} -m layercheck check --output-format concise",
        **changes,
    }.items():
        assert old in hooks
        hooks = hooks.replace(old, new)
    return f"repos:\n  - repo: local\n    hooks:\n{hooks}\n"


def make(root: Path, files: Mapping[str, str | bytes], **changes: str) -> GitRepository:
    return GitRepository.make(root, {**files, ".pre-commit-config.yaml": hooks_here(**changes)})


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> GitRepository:
    """A repository with what is needed to install us."""
    root = tmp_path_factory.mktemp("package")
    for name in PACKAGED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / name)
    return GitRepository.make(root, {})


@RUNNERS
def test_the_hooks_install_themselves_and_tell_their_findings(
    runner: str, package: GitRepository, tmp_path: Path
) -> None:
    """One after the other in one test: a virtual environment is made for each run, which takes the time."""
    newer = "type Name = str\nlazy import json\n"
    repository = GitRepository.make(tmp_path / "backend", {**SHOP, "app/services/newer.py": newer})
    repository.write({SERVICE: UPWARD, "app/services/newer.py": newer + UPWARD, "app/api/fine.py": ""})
    repository.git("add", "--all")

    hooked = run(runner, "try-repo", package.root, "layercheck", folder=repository.root, home=tmp_path, installed=True)

    assert hooked.code == 1, hooked.out
    assert hooked.findings == [("LC101", "app/services/newer.py", 3)]
    assert f"{SERVICE}:1:21" in hooked.out
    assert "exit code: 1" in hooked.out


@RUNNERS
def test_only_the_staged_files_are_reported_and_all_are_known(runner: str, tmp_path: Path) -> None:
    repository = make(tmp_path / "backend", {**SHOP, "app/models/old.py": UPWARD})
    repository.write(
        {"app/free.py": UPWARD, SERVICE: "from app import free\n", "app/api/new.py": "import app.models.user\n"}
    )
    repository.git("add", "app/free.py", "app/api/new.py")
    repository.write({"app/models/user.py": "from app import free\n"})
    repository.git("add", "app/models/user.py")

    hooked = run(runner, "run", "layercheck", folder=repository.root, home=tmp_path)

    assert hooked.code == 1
    assert hooked.findings == [
        ("LC102", "app/api/new.py", 1),
        ("LC107", "app/free.py", 1),
        ("LC106", "app/free.py", 1),
    ]


@RUNNERS
def test_what_is_staged_is_judged(runner: str, tmp_path: Path) -> None:
    repository = make(tmp_path / "backend", SHOP)
    repository.write({SERVICE: UPWARD})
    repository.git("add", "--all")
    repository.write({SERVICE: CLEAN})
    assert run(runner, "run", "layercheck", folder=repository.root, home=tmp_path).findings == [("LC101", SERVICE, 1)]
    repository.git("add", "--all")
    repository.write(
        {SERVICE: UPWARD, "app/models/untouched.py": UPWARD, "app/api/users.py": "import app.models.user\n"}
    )
    repository.git("add", "--intent-to-add", "app/models/untouched.py")

    hooked = run(runner, "run", "layercheck", folder=repository.root, home=tmp_path)

    assert (hooked.code, hooked.findings) == (0, [])
    assert (repository.root / SERVICE).read_text() == UPWARD


@RUNNERS
def test_a_commit_that_only_deletes_is_judged_as_a_whole(runner: str, tmp_path: Path) -> None:
    layers = 'layers = ["app.api", "app.services", "app.models"]\n'
    repository = make(tmp_path / "backend", {**SHOP, "layercheck.toml": layers, "app/models/old.py": UPWARD})
    repository.git("rm", "--quiet", "-r", "app/services")

    named = run(runner, "run", "layercheck", folder=repository.root, home=tmp_path)
    whole = run(runner, "run", "layercheck-project", folder=repository.root, home=tmp_path)

    assert named.code == 0
    assert "Skipped" in named.out
    assert whole.code == 1
    assert [code for code, _, _ in whole.findings] == ["LC101", "LC108"]


@RUNNERS
def test_a_renamed_file_is_reported_under_its_new_name(runner: str, tmp_path: Path) -> None:
    repository = make(tmp_path / "backend", {**SHOP, "app/models/old.py": UPWARD})
    repository.git("mv", "app/models/old.py", "app/models/new.py")

    hooked = run(runner, "run", "layercheck", folder=repository.root, home=tmp_path)

    assert (hooked.code, hooked.findings) == (1, [("LC101", "app/models/new.py", 1)])


@RUNNERS
def test_each_project_of_a_monorepo_is_judged_by_its_own_configuration(runner: str, tmp_path: Path) -> None:
    one = {f"one/{path}": text for path, text in SHOP.items()}
    two = {f"two/{path}": text for path, text in SHOP.items() if path != "layercheck.toml"}
    own = '[tool.layercheck]\nignore = ["LC102"]\nexclude = ["/app/generated/"]\n'
    repository = make(tmp_path / "mono", {**one, **two, "two/pyproject.toml": own, "tools/release.py": ""})
    skip = "import app.models.user\n"
    repository.write(
        {
            f"one/{SERVICE}": UPWARD,
            "one/app/api/users.py": skip,
            f"two/{SERVICE}": UPWARD,
            "two/app/api/users.py": skip,
            "two/app/generated/x.py": "x = = 1\n",
            "tools/release.py": "import app.models\n",
        }
    )
    repository.git("add", "--all")

    hooked = run(runner, "run", "layercheck", folder=repository.root, home=tmp_path)

    assert hooked.code == 1
    assert sorted(hooked.findings) == [
        ("LC101", f"one/{SERVICE}", 1),
        ("LC101", f"two/{SERVICE}", 1),
        ("LC102", "one/app/api/users.py", 1),
    ]


@RUNNERS
def test_files_that_no_project_wants_pass(runner: str, tmp_path: Path) -> None:
    back = {f"back/{path}": text for path, text in SHOP.items()}
    configuration = {"back/layercheck.toml": 'exclude = ["/app/generated/"]\n'}
    repository = make(tmp_path / "mono", {**back, **configuration})
    repository.write(
        {"tools/release.py": UPWARD, "back/app/generated/x.py": "x = = 1\n", "bin/run": "#!/usr/bin/env python3\n"}
    )
    (repository.root / "bin/run").chmod(0o755)
    repository.git("add", "--all")

    hooked = run(runner, "run", "layercheck", folder=repository.root, home=tmp_path)

    assert (hooked.code, hooked.findings) == (0, [])
    assert "Passed" in hooked.out


@RUNNERS
def test_a_repository_without_configuration(runner: str, tmp_path: Path) -> None:
    files = {path: text for path, text in SHOP.items() if path != "layercheck.toml"}
    repository = make(tmp_path / "backend", {**files, "pyproject.toml": "[project]\nname = 'x'\n"})
    repository.write({SERVICE: UPWARD})
    repository.git("add", "--all")

    hooked = run(runner, "run", "layercheck", folder=repository.root, home=tmp_path)

    assert (hooked.code, hooked.findings) == (1, [("LC101", SERVICE, 1)])


@RUNNERS
def test_a_repository_in_which_nothing_is_recognised_is_not_green(runner: str, tmp_path: Path) -> None:
    repository = make(tmp_path / "scripts", {"one.py": "import two\n", "two.py": ""})

    hooked = run(runner, "run", "--all-files", "layercheck", folder=repository.root, home=tmp_path)

    assert hooked.code == 1
    assert "exit code: 2" in hooked.out
    assert "no layers were recognised" in hooked.out


def test_thousands_of_names_come_in_batches(tmp_path: Path) -> None:
    many = {f"app/models/{'n' * 180}_{number:04}.py": "" for number in range(1500)}
    broken = [min(many), max(many)]
    program = tmp_path / "count.py"
    program.write_text(
        "import sys, runpy, pathlib\n"
        f"with pathlib.Path({str(tmp_path / 'calls')!r}).open('a') as calls: print(len(sys.argv), file=calls)\n"
        "runpy.run_module('layercheck', run_name='__main__')\n"
    )
    repository = make(
        tmp_path / "backend",
        {**SHOP, **many, **dict.fromkeys(broken, UPWARD)},
        **{f"{sys.executable} -m layercheck": f"{sys.executable} {program}"},
    )

    hooked = run("pre-commit", "run", "--all-files", "layercheck", folder=repository.root, home=tmp_path)

    assert len((tmp_path / "calls").read_text().splitlines()) > 1
    assert hooked.code == 1
    assert sorted(hooked.findings) == [("LC101", path, 1) for path in sorted(broken)]


def test_a_commit_is_stopped_by_the_installed_hook(tmp_path: Path) -> None:
    repository = make(tmp_path / "backend", SHOP)
    run("pre-commit", "install", folder=repository.root, home=tmp_path)
    repository.write({SERVICE: UPWARD})

    def commit(*arguments: str) -> Hooked:
        return run("git", "commit", "--message", "x", *arguments, folder=repository.root, home=tmp_path)

    assert commit(SERVICE).code == 1
    repository.git("add", "--all")
    repository.write({SERVICE: CLEAN})
    stopped = commit()
    repository.git("add", "--all")
    repository.write({"app/api/more.py": ""})
    repository.git("add", "--all")

    assert stopped.code == 1
    assert stopped.findings[0] == ("LC101", SERVICE, 1)
    assert commit().code == 0
