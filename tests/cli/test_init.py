from __future__ import annotations

import shutil
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layercheck.version import IS_PUBLISHED
from tests.running import PROJECT_FILES, clean_environment, run_apart, run_here, write_tree
from tests.terminals import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parents[2] / "fixtures"
BACKENDS = sorted(path.parent for path in FIXTURES.glob("*/expected.json"))
BASELINE = "layercheck-baseline.txt"
HAS_BASELINE = find_spec("layercheck.cli.commands.baseline") is not None
PROJECT = '# ours\n[project]\nname = "shop"  # and ours\n'
LAYERED = {
    **PROJECT_FILES,
    "pyproject.toml": PROJECT,
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
}
ERROR = {"app/models/order.py": "import app.services.users\n"}
NAMELESS = {
    "pyproject.toml": PROJECT,
    "shop/inbound/http.py": "import shop.core.buy\n",
    "shop/inbound/shell.py": "import shop.core.buy\n",
    "shop/core/buy.py": "import shop.outbound.disk\n",
    "shop/core/sell.py": "import shop.outbound.disk\n",
    "shop/outbound/disk.py": "",
    "shop/outbound/mail.py": "",
}


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _table(root: Path) -> dict[str, object]:
    table: dict[str, object] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["layercheck"]
    return table


def _copy(backend: Path, target: Path) -> Path:
    shutil.copytree(backend, target, ignore=shutil.ignore_patterns(".layercheck_cache"))
    path = target / "pyproject.toml"
    path.write_text(path.read_text("utf-8").partition("\n[tool.layercheck]")[0], "utf-8")
    return target


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda backend: backend.name)
def test_every_backend_ends_green_and_a_second_time_is_refused(backend: Path, tmp_path: Path) -> None:
    root = _copy(backend, tmp_path / backend.name)
    before = _contents(root)

    first = run_here("init", "--yes", root)
    check = run_here("check", root)
    written = _contents(root)
    second = run_here("init", "--yes", root)

    assert (first.code, first.err) == (0, "")
    assert "The check passes (exit code 0)." in first.out
    assert (check.code, check.err) == (0, "")
    assert written["pyproject.toml"].startswith(before["pyproject.toml"])
    changed = {path for path in written if written[path] != before.get(path)}
    assert {path.partition("/")[0] for path in changed} - {BASELINE} == {"pyproject.toml", ".layercheck_cache"}
    assert second.code == 2
    assert "never modifies one" in second.err
    assert _contents(root) == written


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda backend: backend.name)
def test_a_dry_run_writes_nothing(backend: Path, tmp_path: Path) -> None:
    root = _copy(backend, tmp_path / backend.name)
    before = _contents(root)

    outcome = run_here("init", "--dry-run", root)

    assert outcome.code == 0
    assert outcome.out.startswith("--- a/pyproject.toml\n+++ b/pyproject.toml\n@@ ")
    assert "Recognised" in outcome.err
    assert _contents(root) == before


def test_what_was_recognised_is_shown(tmp_path: Path) -> None:
    outcome = run_here("init", "--yes", write_tree(tmp_path, LAYERED | ERROR))

    assert f"root     {tmp_path}" in outcome.out
    assert "app (layered): 2 models, 1 api, 1 main, 1 services" in outcome.out
    assert "main > api > services > models : db" in outcome.out
    assert "      1         0  strict" in outcome.out
    assert "*       1         0  recommended" in outcome.out


def test_a_project_that_keeps_everything_is_held_to_it(tmp_path: Path) -> None:
    run_here("init", "--yes", write_tree(tmp_path, LAYERED))
    write_tree(tmp_path, {"app/stray.py": ""})

    assert _table(tmp_path)["exhaustive"] is True
    assert run_here("check", tmp_path).code == 1


def test_rules_that_are_broken_warn_and_the_others_fail(tmp_path: Path) -> None:
    run_here("init", "--yes", "--no-baseline", write_tree(tmp_path, LAYERED | ERROR))
    text = (tmp_path / "pyproject.toml").read_text()

    assert text.endswith(
        "[tool.layercheck.severity]\n"
        "# Rules with existing findings, reduced to warnings. Remove a line when its findings are fixed.\n"
        'LC101 = "warning"  # layer-order: 1 when this was written\n'
    )
    assert "LC101" in run_here("check", tmp_path).out
    write_tree(tmp_path, {"app/services/start.py": "import app.main\n"})
    assert run_here("check", tmp_path).code == 1


@pytest.mark.skipif(not HAS_BASELINE, reason="needs `layercheck baseline`")
def test_warnings_alone_go_into_a_baseline_that_is_asked_for(tmp_path: Path) -> None:
    warning = {"app/middle.py": "import app.api.users\n", "app/models/order.py": "import app.middle\n"}
    root = write_tree(tmp_path, LAYERED | warning)

    assert run_here("init", "--dry-run", root).out.count("fail-on") == 0
    outcome = run_here("init", "--yes", "--baseline", root)

    assert (outcome.code, _table(root)) == (0, {"fail-on": "warning"})
    assert "LC106 app.middle -> app.api.users" in (root / BASELINE).read_text()


@pytest.mark.skipif(not HAS_BASELINE, reason="needs `layercheck baseline`")
def test_what_is_found_today_is_accepted_and_what_is_new_fails(tmp_path: Path) -> None:
    outcome = run_here("init", "--yes", write_tree(tmp_path, LAYERED | ERROR))

    assert (outcome.code, _table(tmp_path)) == (0, {"fail-on": "warning"})
    assert "accepted in the baseline" in (tmp_path / "pyproject.toml").read_text()
    assert "app.models.order" in (tmp_path / BASELINE).read_text()
    assert "LC101" not in run_here("check", tmp_path).out
    write_tree(tmp_path, {"app/models/bill.py": "import app.services.users\n"})
    assert run_here("check", tmp_path).code == 1


def test_a_new_warning_fails_where_the_baseline_holds_the_old_ones(tmp_path: Path) -> None:
    assert run_here("init", "--yes", write_tree(tmp_path, LAYERED | ERROR)).code == 0
    assert run_here("check", tmp_path).code == 0
    write_tree(tmp_path, {"app/models/odd.py": "import os  # layercheck: ignore[LC101] nothing\n"})
    run = run_here("check", tmp_path)
    assert ("warning[LC" in run.out, "error[LC" in run.out, run.code) == (True, False, 1)


def test_what_is_not_published_is_told(tmp_path: Path) -> None:
    outcome = run_here("init", "--yes", write_tree(tmp_path, LAYERED | ERROR))
    assert ("is not published yet" in outcome.out) is not IS_PUBLISHED


def test_no_role_is_proposed_that_nothing_proves(tmp_path: Path) -> None:
    files = LAYERED | ERROR | {"app/odd/thing.py": "X = 1\n", "app/odd/more.py": "Y = 1\n"}
    outcome = run_here("init", "--yes", write_tree(tmp_path, files))
    assert outcome.code == 0
    text = (tmp_path / "pyproject.toml").read_text()
    assert "app.odd" not in text
    assert "`layercheck roles` lists them" in text


def test_a_setting_can_be_named(tmp_path: Path) -> None:
    root = write_tree(tmp_path, LAYERED | ERROR)

    outcome = run_here("init", "--yes", "--no-baseline", "--setting", "without-skipped-layer", root)

    assert outcome.code == 0
    assert _table(root) == {"ignore": ["LC102"], "severity": {"LC101": "warning"}}
    assert "# Setting: without-skipped-layer" in (root / "pyproject.toml").read_text()


def test_comments_about_nothing_do_not_keep_it_from_green(tmp_path: Path) -> None:
    odd = {"app/models/odd.py": "import os  # layercheck: ignore[LC999] whatever\n"}

    outcome = run_here("init", "--yes", write_tree(tmp_path, LAYERED | odd))

    assert outcome.code == 0
    assert run_here("check", tmp_path).code == 0


@pytest.mark.parametrize("where", ["pyproject.toml", "layercheck.toml", ".layercheck.toml", "../layercheck.toml"])
def test_a_configuration_is_never_touched(tmp_path: Path, where: str) -> None:
    root = write_tree(tmp_path / "back", LAYERED)
    path = root / where
    path.write_text("[tool.layercheck]\n" if where == "pyproject.toml" else "# ours\n")
    before = _contents(tmp_path)

    outcome = run_here("init", "--yes", root)

    assert outcome.code == 2
    assert "already has a configuration" in outcome.err
    assert _contents(tmp_path) == before


def test_a_pyproject_that_takes_no_table_is_left_alone(tmp_path: Path) -> None:
    root = write_tree(tmp_path, LAYERED | {"pyproject.toml": "tool = {ruff = {line-length = 100}}\n"})

    outcome = run_here("init", "--yes", root)

    assert outcome.code == 0
    assert "pyproject.toml cannot take a table" in outcome.out
    assert (root / "pyproject.toml").read_text() == "tool = {ruff = {line-length = 100}}\n"
    assert (root / "layercheck.toml").is_file()


def test_a_pyproject_that_is_no_toml_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    root = write_tree(tmp_path, LAYERED | {"pyproject.toml": "name = {{ template }}\n"})
    before = _contents(root)

    outcome = run_here("init", "--yes", root)

    assert (outcome.code, outcome.out) == (2, "")
    assert "pyproject.toml:1: column 9: not valid TOML" in outcome.err
    assert _contents(root) == before


def test_layers_that_no_name_tells_are_guessed_and_said_to_be_a_guess(tmp_path: Path) -> None:
    outcome = run_here("init", "--yes", write_tree(tmp_path, NAMELESS))

    assert outcome.code == 0
    assert "guessed from the imports" in outcome.out
    assert _table(tmp_path)["layers"] == ["shop.inbound", "shop.core", "shop.outbound"]
    assert "# guessed from the imports" in (tmp_path / "pyproject.toml").read_text()
    write_tree(tmp_path, {"shop/outbound/mail.py": "import shop.inbound.http\n"})
    assert run_here("check", tmp_path).code == 1


def test_imports_against_the_guess_do_not_keep_it_from_green(tmp_path: Path) -> None:
    against = {"shop/outbound/mail.py": "import shop.inbound.http\n"}

    outcome = run_here("init", "--yes", write_tree(tmp_path, NAMELESS | against))

    assert outcome.code == 0
    assert "imports that contradict the guess: 1\n" in outcome.out
    assert run_here("check", tmp_path).code == 0


@pytest.mark.parametrize("files", [{"README.md": ""}, {"one.py": "", "two.py": ""}], ids=["no-python", "no-layers"])
def test_without_layers_there_is_advice_and_nothing_is_written(tmp_path: Path, files: dict[str, str]) -> None:
    root = write_tree(tmp_path, {"pyproject.toml": PROJECT, **files})
    before = _contents(root)

    outcome = run_here("init", "--yes", root)

    assert outcome.code == 2
    assert "layers" in outcome.err or "no Python file" in outcome.err
    assert _contents(root) == before


def test_the_hook_is_added_where_there_are_hooks(tmp_path: Path) -> None:
    hooks = "repos:\n  - repo: local  # ours\n    hooks: []\n"
    root = write_tree(tmp_path, LAYERED | {".pre-commit-config.yaml": hooks})

    outcome = run_here("init", "--yes", root)

    assert "Wrote" in outcome.out
    assert "For pre-commit" not in outcome.out
    assert (root / ".pre-commit-config.yaml").read_text().startswith(f"{hooks}  - repo: https://")


def test_the_hook_goes_to_the_top_of_the_repository(tmp_path: Path) -> None:
    hooks = "repos:\n  - repo: local\n    hooks: []\n"
    write_tree(tmp_path, {".git/HEAD": "", ".pre-commit-config.yaml": hooks})
    root = write_tree(tmp_path / "back", LAYERED)

    outcome = run_here("init", "--yes", root)

    assert "layercheck" in (tmp_path / ".pre-commit-config.yaml").read_text()
    assert "working-directory: back\n" in outcome.out


def test_a_dry_run_names_files_above_the_project_without_dots(tmp_path: Path) -> None:
    write_tree(tmp_path, {".git/HEAD": "", ".pre-commit-config.yaml": "repos:\n  - repo: local\n    hooks: []\n"})
    root = write_tree(tmp_path / "back", LAYERED)

    outcome = run_here("init", "--dry-run", "--pre-commit", root)

    heads = [line for line in outcome.out.splitlines() if line.startswith(("--- ", "+++ "))]
    assert heads[-2:] == ["--- a/.pre-commit-config.yaml", "+++ b/.pre-commit-config.yaml"]
    assert heads[1].startswith("+++ b/back/")


@pytest.mark.parametrize("hooks", [None, "repos: []\n"], ids=["no-file", "odd-file"])
def test_the_hook_is_shown_where_it_cannot_be_added(tmp_path: Path, hooks: str | None) -> None:
    root = write_tree(tmp_path, LAYERED)
    if hooks is not None:
        write_tree(tmp_path, {".pre-commit-config.yaml": hooks})

    outcome = run_here("init", "--yes", root)

    assert "For pre-commit, in .pre-commit-config.yaml:" in outcome.out
    assert "    - id: layercheck" in outcome.out
    assert (root / ".pre-commit-config.yaml").exists() == (hooks is not None)


def test_a_hook_that_is_not_wanted_is_not_added(tmp_path: Path) -> None:
    hooks = "repos:\n  - repo: local\n    hooks: []\n"
    root = write_tree(tmp_path, LAYERED | {".pre-commit-config.yaml": hooks})

    outcome = run_here("init", "--yes", "--no-pre-commit", root)

    assert "pre-commit" not in outcome.out
    assert (root / ".pre-commit-config.yaml").read_text() == hooks


def test_the_job_for_the_build_server_is_shown(tmp_path: Path) -> None:
    outcome = run_here("init", "--yes", write_tree(tmp_path, LAYERED))

    assert "For CI, in .github/workflows/layercheck.yml:" in outcome.out
    assert "- uses: layercheck/layercheck@v" in outcome.out


def test_with_nobody_to_ask_nothing_is_written(tmp_path: Path) -> None:
    write_tree(tmp_path, LAYERED)
    before = _contents(tmp_path)

    outcome = run_apart("init", folder=tmp_path)

    assert outcome.code == 2
    assert "--yes" in outcome.err
    assert _contents(tmp_path) == before


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    write_tree(tmp_path, {name: text for name, text in LAYERED.items() if name != "pyproject.toml"})
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "layercheck.toml").mkdir()

    outcome = run_here("init", "--yes", tmp_path)

    assert outcome.code == 2
    assert "layercheck.toml: cannot be written" in outcome.err


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    hooks = {".pre-commit-config.yaml": "repos:\n  - repo: local\n    hooks: []\n"}
    write_tree(tmp_path, LAYERED | ERROR | hooks)
    command = [sys.executable, "-m", "layercheck", "init", "--no-baseline"]
    with Terminal(command, folder=tmp_path, environment=clean_environment()) as opened:
        yield opened


def test_a_person_is_asked_what_cannot_be_seen(tmp_path: Path, terminal: Terminal) -> None:
    terminal.wait_for("Start with")
    terminal.type("strict\n")
    terminal.wait_for("Add the hook to .pre-commit-config.yaml?")
    terminal.type("n\n")
    terminal.wait_for("Write pyproject.toml?")
    terminal.type("\n")

    assert terminal.wait() == 0
    assert "The check passes" in terminal.seen
    assert _table(tmp_path)["exhaustive"] is True
    assert "layercheck" not in (tmp_path / ".pre-commit-config.yaml").read_text()


def test_a_person_may_say_no(tmp_path: Path, terminal: Terminal) -> None:
    before = _contents(tmp_path)

    for question, answer in [("Start with", "\n"), ("Add the hook", "\n"), ("Write pyproject.toml and", "n\n")]:
        terminal.wait_for(question)
        terminal.type(answer)

    assert terminal.wait() == 2
    assert "Nothing was written." in terminal.seen
    assert _contents(tmp_path) == before


def test_a_person_may_leave(tmp_path: Path, terminal: Terminal) -> None:
    before = _contents(tmp_path)

    terminal.wait_for("Start with")
    terminal.type("\x04")

    assert terminal.wait() == 130
    assert _contents(tmp_path) == before
