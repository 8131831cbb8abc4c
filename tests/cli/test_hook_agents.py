"""The events and answers of the agents besides Claude Code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from layercheck.commands.hook.agents import list_agents
from tests.cli.hooked_projects import LAYERED, UPWARD, send
from tests.running import run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome


@pytest.fixture(autouse=True)
def sessions_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the sessions of a test from those of the others, which have the same names."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def _start(tmp_path: Path, payload: str, agent: str) -> Path:
    root = write_project(tmp_path, LAYERED)
    assert send(root, payload, agent) == (0, "", "")
    return root


def _read(outcome: Outcome) -> dict[str, Any]:
    assert (outcome.code, outcome.err) == (0, "")
    document: dict[str, Any] = json.loads(outcome.out)
    return document


def test_there_is_a_command_for_each_agent() -> None:
    assert list_agents() == ("claude-code", "copilot", "cursor")
    for agent in list_agents():
        assert "Handle an event of" in run_here("hook", agent, "--help").out


@pytest.mark.parametrize("payload", ["cursor_edit", "cursor_tool", "cursor_write", "cursor_delete"])
def test_cursor_hears_of_an_edit_as_context(tmp_path: Path, payload: str) -> None:
    root = _start(tmp_path, "cursor_start", "cursor")
    assert send(root, payload, "cursor") == (0, "", "")
    write_tree(root, {"app/models/user.py": UPWARD})

    document = _read(send(root, payload, "cursor"))

    assert list(document) == ["additional_context"]
    assert "app/models/user.py:1:8 error[LC101]" in document["additional_context"]


@pytest.mark.parametrize(
    ("agent", "start", "payload"),
    [
        ("cursor", "cursor_start", "cursor_shell"),
        ("copilot", "copilot_start", "copilot_failure"),
        ("copilot", "copilot_start", "copilot_before"),
        ("copilot", "copilot_start", "copilot_subagent_stop"),
        ("claude-code", "session_start", "subagent_stop"),
    ],
)
def test_other_events_are_met_with_silence(tmp_path: Path, agent: str, start: str, payload: str) -> None:
    root = _start(tmp_path, start, agent)
    write_tree(root, {"app/models/user.py": UPWARD})

    assert send(root, payload, agent) == (0, "", "")


def test_what_a_subagent_breaks_is_reported_to_it(tmp_path: Path) -> None:
    root = _start(tmp_path, "session_start", "claude-code")
    write_tree(root, {"app/models/user.py": UPWARD})

    outcome = send(root, "edit_by_subagent")

    assert (outcome.code, "app/models/user.py:1:8 error[LC101]" in outcome.err) == (2, True)


def test_cursor_goes_on_with_what_is_left(tmp_path: Path) -> None:
    root = _start(tmp_path, "cursor_start", "cursor")
    write_tree(root, {"app/models/user.py": UPWARD})

    document = _read(send(root, "cursor_stop", "cursor"))

    assert list(document) == ["followup_message"]
    assert "app/models/user.py:1:8 error[LC101]" in document["followup_message"]
    assert send(root, "cursor_stop", "cursor") == (0, "", "")


def test_who_breaks_off_a_turn_in_cursor_wants_no_next_one(tmp_path: Path) -> None:
    root = _start(tmp_path, "cursor_start", "cursor")
    write_tree(root, {"app/models/user.py": UPWARD})
    event = {"hook_event_name": "stop", "conversation_id": "7b0d4f3a-55e1-4a0b-9a2f-0c9f9c1f6a10", "status": "aborted"}

    assert run_here("hook", "cursor", stdin=json.dumps(event)) == (0, "", "")


@pytest.mark.parametrize(
    ("form", "payload"),
    [
        ("copilot", "copilot_edit"),
        ("copilot", "copilot_object"),
        ("copilot", "copilot_patch"),
        ("vscode", "copilot_claude_name"),
        ("vscode", "vscode_edit"),
        ("vscode", "vscode_several"),
        ("vscode_local", "vscode_local_edit"),
    ],
)
def test_copilot_hears_of_an_edit_and_goes_on_with_what_is_left(tmp_path: Path, form: str, payload: str) -> None:
    root = _start(tmp_path, f"{form}_start", "copilot")
    assert send(root, payload, "copilot") == (0, "", "")
    write_tree(root, {"app/models/user.py": UPWARD})

    edit = _read(send(root, payload, "copilot"))
    stop = _read(send(root, f"{form}_stop", "copilot"))

    # The command line reads what is outside, VS Code what is inside.
    context = {"additionalContext": edit["additionalContext"]}
    assert edit == context | {"hookSpecificOutput": {"hookEventName": "PostToolUse", **context}}
    assert "app/models/user.py:1:8 error[LC101]" in edit["additionalContext"]
    block = {"decision": "block", "reason": stop["reason"]}
    assert stop == block | {"hookSpecificOutput": {"hookEventName": "Stop", **block}}
    assert "app/models/user.py:1:8 error[LC101]" in stop["reason"]
    assert send(root, f"{form}_stop", "copilot") == (0, "", "")


def test_a_report_is_never_longer_than_what_agents_read(tmp_path: Path) -> None:
    root = _start(tmp_path, "cursor_start", "cursor")
    hidden = f"{UPWARD.rstrip()}  # layercheck: ignore[LC101] works for me, {'really, ' * 50}\n"
    write_tree(root, {f"app/models/user_{at}.py": UPWARD for at in range(150)})
    write_tree(root, {f"app/models/hidden_{at}.py": hidden for at in range(30)})

    text = _read(send(root, "cursor_stop", "cursor"))["followup_message"]

    assert 8_000 < len(text) < 10_000
    assert "more lines; layercheck check --output-format agent reports all findings\n" in text
    concessions = text.partition("keeps findings from being reported")[2].splitlines()[1:]
    assert len(concessions) == 21
    assert concessions[-1] == "and 10 more"


@pytest.mark.parametrize("agent", list_agents())
@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"garbage",
        b"[]",
        b"{}",
        b'{"hook_event_name": 3}',
        b'{"hook_event_name": "postToolUse", "tool_name": "Write", "tool_input": 3}',
        b'{"toolName": "edit", "toolArgs": "garbage", "toolResult": {}}',
        b'{"hook_event_name": "Stop", "session_id": "\\u0000"}',
        b'{"hook_event_name": "stop", "workspace_roots": ["\\ud800"]}',
        b"[" * 100_000,
    ],
)
def test_garbage_blocks_no_agent(agent: str, text: bytes) -> None:
    outcome = run_here("hook", agent, stdin=text)

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.count("\n") <= 1
