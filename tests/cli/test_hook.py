from __future__ import annotations

import json
import os
from contextlib import chdir
from pathlib import Path

import pytest

from layercheck.facts.sealed_file import user_cache_folder
from tests.cli.hooked_projects import LAYERED, PAYLOADS, UPWARD, send
from tests.repositories import GitRepository
from tests.running import run_apart, run_here, write_project, write_tree

EDITS = ("edit", "write", "multi_edit")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Hold a project with one finding, at the start of a session."""
    root = write_project(tmp_path, LAYERED | {"app/models/old.py": UPWARD})
    assert send(root, "session_start") == (0, "", "")
    return root


@pytest.mark.parametrize("payload", EDITS)
def test_what_an_edit_breaks_is_told_and_nothing_else(root: Path, payload: str) -> None:
    write_tree(root, {"app/models/user.py": UPWARD})

    outcome = send(root, payload)

    assert (outcome.code, outcome.out) == (2, "")
    heading, rule, line = outcome.err.splitlines()
    assert heading == "layercheck: new since this session began; please fix:"
    assert rule.startswith("LC101 layer-order: move what both need down to `models`")
    assert line.startswith("app/models/user.py:1:8 error[LC101] `models` must not import `services`")


def test_an_edit_that_breaks_nothing_is_met_with_silence(root: Path) -> None:
    write_tree(root, {"app/models/user.py": "x = 1\n"})

    assert send(root, "edit") == (0, "", "")


def test_what_was_there_may_move_within_its_file_and_a_second_one_is_new(root: Path) -> None:
    write_tree(root, {"app/models/old.py": f"x = 1\n\n{UPWARD}"})
    moved = send(root, "edit")
    write_tree(root, {"app/models/old.py": f"{UPWARD}import app.api.users\n"})
    second = send(root, "edit")

    assert moved == (0, "", "")
    assert second.code == 2
    assert "app/models/old.py:2:8" in second.err
    assert "old.py:1" not in second.err


def test_findings_in_other_files_are_told(root: Path) -> None:
    # Now that the module is a table, its importers in the api go past the services.
    write_tree(root, {"app/api/more.py": "from app.blob import Thing\n", "app/blob.py": "class Thing: ...\n"})
    assert send(root, "edit").code == 0
    write_tree(
        root, {"app/models/thing.py": "class Thing: ...\n", "app/api/more.py": "from app.models.thing import Thing\n"}
    )

    outcome = send(root, "edit")

    assert outcome.code == 2
    assert "app/api/more.py:1:6 error[LC102]" in outcome.err


def test_what_is_mended_again_is_told_no_more(root: Path) -> None:
    write_tree(root, {"app/models/user.py": UPWARD})
    assert send(root, "edit").code == 2
    write_tree(root, {"app/models/user.py": ""})

    assert send(root, "edit").code == 0


def test_a_session_that_goes_on_began_when_it_began(root: Path) -> None:
    write_tree(root, {"app/models/user.py": UPWARD})
    assert send(root, "session_resumed") == (0, "", "")

    assert send(root, "edit").code == 2


def test_infos_ask_for_nothing(root: Path) -> None:
    write_tree(root, {"app/blob.py": ""})

    assert send(root, "edit") == (0, "", "")


@pytest.mark.parametrize("payload", ["edit_of_text", "read", "bash", "prompt"])
def test_other_events_are_none_of_our_business(root: Path, payload: str) -> None:
    write_tree(root, {"app/models/user.py": UPWARD})

    assert send(root, payload) == (0, "", "")


def test_without_the_start_of_the_session_the_last_commit_counts(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {"layercheck.toml": "", **LAYERED, "app/models/old.py": UPWARD})
    assert send(tmp_path, "edit") == (0, "", "")
    write_tree(tmp_path, {"app/models/user.py": UPWARD})

    outcome = send(tmp_path, "edit")

    assert outcome.code == 2
    assert outcome.err.startswith("layercheck: new since the last commit; please fix:\nLC101 layer-order: ")
    assert "old.py" not in outcome.err
    repository.commit({})
    assert send(tmp_path, "edit") == (0, "", "")


def test_what_there_is_before_the_first_edit_of_a_project_is_noted(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/models/old.py": UPWARD})
    assert send(root, "before_edit") == (0, "", "")
    write_tree(root, {"app/models/user.py": UPWARD})
    assert send(root, "before_edit") == (0, "", "")

    outcome = send(root, "edit")

    assert outcome.code == 2
    assert outcome.err.startswith("layercheck: new since this session began; please fix:\n")
    assert "app/models/user.py:1:8 error[LC101]" in outcome.err
    assert "old.py" not in outcome.err
    assert "app/models/user.py:1:8" in send(root, "stop").err


def test_the_session_says_which_project_it_is_wherever_it_stands_by_now(tmp_path: Path) -> None:
    # `setup.py` looks like the top of a project, here it is none.
    write_tree(tmp_path, LAYERED | {"layercheck.toml": "", "app/setup.py": ""})
    (tmp_path / "layercheck.toml").unlink()
    assert send(tmp_path, "session_start") == (0, "", "")
    write_tree(tmp_path, {"app/models/user.py": UPWARD})
    event = json.loads((PAYLOADS / "edit.json").read_text().replace("{root}", tmp_path.as_posix()))

    with chdir("/"):
        outcome = run_here("hook", "claude-code", stdin=json.dumps(event | {"cwd": str(tmp_path / "app/models")}))

    assert outcome.code == 2
    assert "\nuser.py:1:8 error[LC101]" in outcome.err


def test_nothing_stands_in_the_way_of_an_edit_to_come(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED, "layers = 3\n")

    outcome = send(root, "before_edit")

    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (0, "", 1)


def test_where_there_is_nothing_to_compare_with_nothing_is_blocked(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | {"app/models/user.py": UPWARD})

    outcome = send(tmp_path, "edit")

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("layercheck: nothing was checked: HistoryError: ")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"garbage",
        b"[]",
        b"null",
        b"{}",
        b'{"hook_event_name": 3}',
        b'{"hook_event_name": "SessionStart", "cwd": "/nowhere/at/all"}',
        b'{"hook_event_name": "PostToolUse", "tool_name": "Edit"}',
        b'{"hook_event_name": "PostToolUse", "tool_name": "Edit", "tool_input": {"file_path": 3}}',
        b'{"hook_event_name": "PostToolUse", "tool_name": "Edit", "tool_input": {"file_path": "\\u0000.py"}}',
        b'{"hook_event_name": "PostToolUse", "tool_name": "Edit", "tool_input": "\xff"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_garbage_blocks_nothing(tmp_path: Path, text: bytes) -> None:
    with chdir(tmp_path):
        outcome = run_here("hook", "claude-code", stdin=text)

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.count("\n") <= 1


def test_what_is_no_event_is_told_in_words(tmp_path: Path) -> None:
    with chdir(tmp_path):
        outcome = run_here("hook", "claude-code", stdin=b"[]")

    assert outcome.err.startswith("layercheck: nothing was checked: standard input is not an event of claude-code: ")


@pytest.mark.parametrize("configuration", ["layers = 3\n", "= broken", 'plugins = ["./raises.py"]\n'])
def test_a_broken_project_blocks_nothing(root: Path, configuration: str) -> None:
    write_tree(
        root, {"layercheck.toml": configuration, "raises.py": "raise SystemExit(3)\n", "app/models/user.py": UPWARD}
    )

    outcome = send(root, "edit")

    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (0, "", 1)


def test_a_bug_of_ours_blocks_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("one\ntwo")

    monkeypatch.setattr("layercheck.engine.checking.check", fail)

    assert send(root, "edit") == (0, "", "layercheck: nothing was checked: ZeroDivisionError: one\n")


def test_a_file_outside_of_every_project_is_passed_over(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "x.py"
    event = json.loads((PAYLOADS / "write.json").read_text()) | {"cwd": str(root)}
    event["tool_input"]["file_path"] = str(elsewhere)

    with chdir(root):
        assert run_here("hook", "claude-code", stdin=json.dumps(event)) == (0, "", "")


def test_sessions_of_long_ago_are_forgotten(root: Path) -> None:
    folder = Path(user_cache_folder()) / "sessions"
    old, young = folder / "old", folder / "young"
    for path in (old, young):
        path.write_bytes(b"")
    os.utime(old, (1_600_000_000, 1_600_000_000))
    for path in folder.iterdir():
        if path.name not in {"old", "young"}:
            path.unlink()

    send(root, "session_start")

    assert (old.exists(), young.exists()) == (False, True)


def test_what_was_noted_and_spoilt_counts_as_not_noted(root: Path) -> None:
    for path in (Path(user_cache_folder()) / "sessions").iterdir():
        path.write_bytes(b"spoilt")
    write_tree(root, {"app/models/user.py": UPWARD})

    outcome = send(root, "edit")

    assert (outcome.code, "HistoryError" in outcome.err) == (0, True)


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    outcome = run_apart("hook", "claude-code", folder=root)

    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (0, "", 1)
