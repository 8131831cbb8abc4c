from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.running import write_project

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60
# A job in the background ignores the signal, and so would all that it starts.
START = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signal to one process")


def _interrupt(root: Path, after: float, *arguments: str) -> tuple[int, str]:
    """Start the program in a process group of its own, press Ctrl-C, and return its exit code and what it said."""
    command = [sys.executable, "-c", START, sys.executable, "-m", "layercheck", *arguments]
    environment = os.environ | {"LAYERCHECK_NO_RESIDENT": "1"}
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        # Its standard input stays open, so nothing else ends who waits for it.
        code = process.wait(PATIENCE)
        assert process.stderr is not None
        return code, process.stderr.read()


@pytest.mark.parametrize("arguments", [("check", "--stdin-filename", "app/main.py", "-"), ("hook", "claude-code")])
def test_ctrl_c_ends_who_waits_for_standard_input(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    root = write_project(tmp_path, {"app/main.py": ""})

    code, said = _interrupt(root, 2, *arguments)

    # On a slow machine it is still busy before it reads, and says so itself.
    assert (code in {-signal.SIGINT, 130}, said.strip()) == (True, "")


@pytest.mark.parametrize("after", [0.1, 0.15, 0.2, 0.25, 0.3])
def test_ctrl_c_during_the_start_is_neither_lost_nor_a_traceback_of_ours(tmp_path: Path, after: float) -> None:
    root = write_project(tmp_path, {"app/main.py": ""})

    code, said = _interrupt(root, after, "check", "--no-cache", "--stdin-filename", "app/main.py", "-")

    # Before our code is reached, Python says what it likes.
    assert code in {-signal.SIGINT, 130, 1}
    assert "layercheck/cli" not in said
