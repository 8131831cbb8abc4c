"""What an agent hears when it thinks that it has finished: what is left, and how it made the check look away."""

from __future__ import annotations

from pathlib import Path

import pytest

from layercheck.facts.sealed_file import user_cache_folder
from tests.cli.hooked_projects import LAYERED, UPWARD, send
from tests.running import run_here, write_project, write_tree

CONFIGURATION = """
layers = ["app.api", "app.services", "app.models"]
ignore = ["LC150"]
"""
HEADING = (
    "layercheck: this session keeps findings from being reported; undo it, or name it to the user with the reason:\n"
)
SILENCE = (0, "", "")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Hold a project with a finding, a suppressed one and an accepted one, at the start of a session."""
    files = {
        "app/models/old.py": UPWARD,
        "app/models/quiet.py": f"{UPWARD.rstrip()}  # layercheck: ignore[LC101] for the move\n",
        "app/models/known.py": UPWARD,
    }
    root = write_project(tmp_path, LAYERED | files, CONFIGURATION)
    assert run_here("baseline", "--rule", "LC101", root / "app/models/known.py", "--reason", "before us").code == 0
    assert send(root, "session_start") == SILENCE
    return root


def test_who_changes_nothing_hears_nothing(root: Path) -> None:
    assert send(root, "stop") == SILENCE


def test_what_is_left_is_reported_once(root: Path) -> None:
    # By a command, say, about which no editing tool tells.
    write_tree(root, {"app/models/user.py": UPWARD})

    first, second = send(root, "stop"), send(root, "stop")

    assert first.code == 2
    assert first.err.startswith("layercheck: new since this session began; please fix:\nLC101 layer-order: ")
    assert "app/models/user.py:1:8 error[LC101]" in first.err
    assert "old.py" not in first.err
    assert second == SILENCE


def test_a_suppression_comment_is_named(root: Path) -> None:
    write_tree(root, {"app/models/user.py": f"{UPWARD.rstrip()}  # layercheck: ignore[LC101] works for me\n"})
    assert send(root, "edit") == SILENCE

    outcome = send(root, "stop")

    line = "app/models/user.py:1 suppresses LC101 layer-order: works for me\n"
    assert outcome == (2, "", HEADING + line)
    assert send(root, "stop") == SILENCE


def test_a_baseline_entry_is_named(root: Path) -> None:
    write_tree(root, {"app/models/user.py": UPWARD})
    assert run_here("baseline", "--rule", "LC101", root / "app/models/user.py", "--reason", "later").code == 0
    assert send(root, "edit") == SILENCE

    outcome = send(root, "stop")

    assert (outcome.code, outcome.err.count("\n")) == (2, 2)
    assert "layercheck-baseline.txt: LC101" in outcome.err
    assert "app.models.user -> app.services.users" in outcome.err
    assert send(root, "stop") == SILENCE


def test_a_looser_layer_is_named(root: Path) -> None:
    looser = '\nlayers = ["app.api", "app.services | app.models"]\nignore = ["LC150", "LC101"]\n'
    write_tree(root, {"app/models/user.py": UPWARD, "layercheck.toml": looser})
    assert send(root, "edit") == SILENCE

    outcome = send(root, "stop")

    lines = (
        'layercheck.toml:2: layers = ["app.api","app.services | app.models"]\n'
        'layercheck.toml:3: ignore = ["LC150","LC101"]\n'
    )
    assert outcome == (2, "", HEADING + lines)


def test_a_setting_that_is_gone_is_named(root: Path) -> None:
    write_tree(root, {"layercheck.toml": '\nignore = ["LC150"]\n'})

    assert "layercheck.toml: layers was removed\n" in send(root, "stop").err


def test_a_setting_that_is_set_back_is_no_matter(root: Path) -> None:
    write_tree(root, {"layercheck.toml": f"# as before\n{CONFIGURATION}"})

    assert send(root, "stop") == SILENCE


LINTER = """[importlinter]
root_package = app

[importlinter:contract:order]
name = Order
type = layers
layers =
    app.api
    app.services
    app.models
"""


def test_what_is_looser_in_a_file_of_import_linter_is_named(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {".importlinter": LINTER}, CONFIGURATION)
    assert send(root, "session_start") == SILENCE
    ignored = "ignore_imports =\n    app.api.users -> app.services.users\n"
    write_tree(root, {".importlinter": LINTER.replace("    app.models\n", "") + ignored})

    outcome = send(root, "stop")

    lines = (
        ".importlinter:11: Order: ignore_imports = app.api.users -> app.services.users\n"
        ".importlinter: Order: layers = app.models was removed\n"
    )
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(HEADING + lines)
    write_tree(root, {".importlinter": LINTER})
    assert send(root, "stop") == SILENCE


def test_a_file_of_import_linter_that_nobody_judges_is_no_matter(tmp_path: Path) -> None:
    shadowed = '[tool.importlinter]\nroot_package = "app"\n'
    files = LAYERED | {".importlinter": LINTER, "pyproject.toml": shadowed, "a/.importlinter": "[importlinter\n"}
    root = write_project(tmp_path, files, CONFIGURATION)
    assert send(root, "session_start") == SILENCE
    write_tree(root, {"pyproject.toml": f"{shadowed}include_external_packages = true\n"})

    assert send(root, "stop") == SILENCE


def test_what_is_stricter_in_a_file_of_import_linter_is_no_matter(tmp_path: Path) -> None:
    ignored = "ignore_imports =\n    app.api.users -> app.services.users\n    app.main -> app.api.users\n"
    root = write_project(tmp_path, LAYERED | {".importlinter": LINTER + ignored}, CONFIGURATION)
    assert send(root, "session_start") == SILENCE
    write_tree(root, {".importlinter": LINTER + ignored.replace("    app.main -> app.api.users\n", "")})

    assert send(root, "stop") == SILENCE


def test_a_configuration_that_is_broken_on_the_way_is_named(root: Path) -> None:
    write_tree(root, {"layercheck.toml": "layers = 3\n"})
    edit = send(root, "edit")

    outcome = send(root, "stop")

    assert (edit.code, edit.out) == (0, "")
    assert outcome.code == 2
    assert "since this session began, the project cannot be checked any more" in outcome.err
    assert "layercheck.toml:1: layers:" in outcome.err
    assert send(root, "stop") == SILENCE


def test_more_of_the_same_is_reported_again(root: Path) -> None:
    write_tree(root, {"app/models/user.py": UPWARD})
    assert send(root, "stop").code == 2
    write_tree(root, {"app/models/more.py": UPWARD})

    outcome = send(root, "stop")

    assert "more.py" in outcome.err
    assert "user.py" not in outcome.err


def test_a_session_that_was_not_noted_hears_nothing(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/models/user.py": UPWARD})

    assert send(root, "stop") == SILENCE


def test_who_cannot_be_remembered_is_not_kept_from_stopping(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(root, {"app/models/user.py": UPWARD})

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layercheck.commands.hook.sessions.write_sealed", refuse)
    outcome = send(root, "stop")

    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (0, "", 1)
    assert (Path(user_cache_folder()) / "sessions").is_dir()
