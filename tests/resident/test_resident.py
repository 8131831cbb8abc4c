"""The resident process, as a user meets it: real processes, real sockets."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.hooked_projects import LAYERED, PAYLOADS, UPWARD
from tests.running import Outcome, clean_environment, run_into_closed_pipe, write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there is no resident process on Windows")
CHECK = ("check", "--output-format", "concise", "--stdin-filename", "app/models/user.py", "-")


class Desk:
    """A user's runtime folder, and commands called with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "layercheck" / "resident.sock"
        ours = {
            name: value for name, value in clean_environment().items() if name not in {"LAYERCHECK_NO_RESIDENT", "CI"}
        }
        self.environment = ours | {"XDG_RUNTIME_DIR": str(folder)}

    def run(self, root: Path, *arguments: str, given: str = "", **variables: str) -> Outcome:
        """Call the command as an agent or an editor does: through pipes, in a process of its own."""
        process = subprocess.run(
            [sys.executable, "-m", "layercheck", *arguments],
            cwd=root,
            env=self.environment | variables,
            input=given,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        return Outcome(process.returncode, process.stdout, process.stderr)

    def hook(self, root: Path, payload: str) -> Outcome:
        """Send a recorded event of Claude Code."""
        text = (PAYLOADS / f"{payload}.json").read_text().replace("{root}", root.as_posix())
        return self.run(root, "hook", "claude-code", given=text)

    def start(self, root: Path) -> int:
        """Have a process started by a first call, and wait for it; return its id."""
        self.run(root, *CHECK)
        return self.wait_for_another(0)

    def wait_for_another(self, process: int) -> int:
        """Wait for another process than that."""
        for _ in range(200):
            answering = self.find_process()
            if answering not in {None, process}:
                self._wait_until_it_answers()
                return answering or 0
            time.sleep(0.1)
        raise AssertionError("no process answers")

    def _wait_until_it_answers(self) -> None:
        """Wait until it has imported what it needs: it hangs up on who says nothing."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(60)
            connection.connect(str(self.socket))
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(1) == b""

    def find_process(self) -> int | None:
        """Ask the system who listens at the socket."""
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(self.socket))
            except OSError:
                return None
            process, _, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
            return int(process)


@pytest.fixture
def desk() -> Iterator[Desk]:
    # The path of a socket has room for a hundred bytes.
    folder = Path(tempfile.mkdtemp(prefix="lc"))
    desk = Desk(folder)
    yield desk
    process = desk.find_process()
    if process is not None:
        os.kill(process, signal.SIGKILL)
    shutil.rmtree(folder)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path, LAYERED)


def _wait_for_the_end(process: int) -> None:
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    raise AssertionError("it goes on")


def test_the_same_process_answers_again_and_says_the_same(desk: Desk, root: Path) -> None:
    cold = desk.run(root, *CHECK, given=UPWARD, LAYERCHECK_NO_RESIDENT="1")
    assert not desk.socket.exists()
    process = desk.start(root)

    assert desk.run(root, *CHECK, given=UPWARD) == cold
    assert desk.run(root, *CHECK, given="") == (0, "", "")
    assert desk.run(root / "app", "check", "--stdin-filename", "nowhere.txt", "-", given="") == desk.run(
        root / "app", "check", "--stdin-filename", "nowhere.txt", "-", given="", LAYERCHECK_NO_RESIDENT="1"
    )
    assert desk.find_process() == process
    assert cold.code == 1
    assert "app/models/user.py:1:8: error[LC101]" in cold.out


def test_hooks_and_editors_share_it(desk: Desk, root: Path) -> None:
    assert desk.hook(root, "session_start") == (0, "", "")
    process = desk.wait_for_another(0)
    write_tree(root, {"app/models/user.py": UPWARD})

    edit, stop = desk.hook(root, "edit"), desk.hook(root, "stop")

    assert (edit.code, edit.out, stop.code) == (2, "", 2)
    assert "app/models/user.py:1:8 error[LC101]" in edit.err
    assert desk.hook(root, "stop") == (0, "", "")
    assert desk.run(root, *CHECK, given="") == (0, "", "")
    assert desk.find_process() == process


def test_what_lies_on_disk_is_looked_at_each_time(desk: Desk, root: Path) -> None:
    desk.start(root)
    assert desk.run(root, *CHECK, given="import app.moved\n").code == 0
    write_tree(root, {"app/moved.py": "", "layercheck.toml": 'roles.services = ["app.services", "app.moved"]\n'})

    outcome = desk.run(root, *CHECK, given="import app.moved\n")

    assert "app/models/user.py:1:8: error[LC101]" in outcome.out


def test_nobody_else_may_come_in(desk: Desk, root: Path) -> None:
    desk.start(root)

    assert stat.S_IMODE(desk.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.socket.parent.stat().st_mode) == 0o700


def test_one_that_was_killed_is_replaced(desk: Desk, root: Path) -> None:
    process = desk.start(root)
    os.kill(process, signal.SIGKILL)
    _wait_for_the_end(process)

    assert desk.run(root, *CHECK, given=UPWARD).code == 1
    assert desk.wait_for_another(process) != process


def test_what_is_no_socket_is_replaced(desk: Desk, root: Path) -> None:
    desk.socket.parent.mkdir(mode=0o700)
    desk.socket.write_text("garbage")

    assert desk.run(root, *CHECK, given=UPWARD).code == 1
    assert desk.wait_for_another(0)


def test_one_of_another_version_is_replaced(desk: Desk, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    process = desk.start(root)
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(Path(__file__).parents[2] / "src" / "layercheck", other / "layercheck")

    outcome = desk.run(root, *CHECK, given=UPWARD, PYTHONPATH=str(other))

    assert outcome.code == 1
    assert desk.wait_for_another(process) != process
    _wait_for_the_end(process)


def test_a_reader_that_has_gone_is_no_crash(desk: Desk, root: Path) -> None:
    desk.start(root)

    assert run_into_closed_pipe(*CHECK, folder=root, environment=desk.environment, stdin=UPWARD) == (141, b"")


def test_garbage_does_it_no_harm(desk: Desk, root: Path) -> None:
    process = desk.start(root)
    for garbage in (b"", b"garbage, and more of it", b"9:a", b"-1:a" * 5, b":::::", b"\xff" * 100):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(desk.socket))
            connection.sendall(garbage)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(20)
            assert connection.recv(100) in {b"", b"R"}

    assert desk.run(root, *CHECK, given=UPWARD).code == 1
    assert desk.find_process() == process


def test_a_folder_that_is_open_to_others_is_not_used(desk: Desk, root: Path) -> None:
    desk.folder.chmod(0o755)
    desk.folder.joinpath("layercheck").mkdir()
    temporary = desk.folder / f"layercheck-{os.geteuid()}"
    temporary.mkdir()
    temporary.chmod(0o770)

    assert desk.run(root, *CHECK, given=UPWARD, TMPDIR=str(desk.folder)).code == 1
    assert list(temporary.iterdir()) == list(desk.folder.joinpath("layercheck").iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_the_socket_of_somebody_else_is_not_used(desk: Desk, root: Path) -> None:
    desk.socket.parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(desk.socket))
        desk.socket.chmod(0o600)
        os.chown(desk.socket, 65534, 65534)
        listener.listen()
        listener.settimeout(0)

        assert desk.run(root, *CHECK, given=UPWARD).code == 1
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_plugins_of_a_project_run_for_no_other_one(
    desk: Desk, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plugin = {
        "rules.py": """
            import builtins

            from layercheck import ProjectRule, Severity, hookimpl

            builtins.spoilt = True

            class Mine(ProjectRule):
                \"\"\"Mine.\"\"\"

                code, name, severity = "ACME001", "mine", Severity.ERROR

                def check(self, project):
                    return ()

            @hookimpl
            def layercheck_rules():
                return [Mine]
            """
    }
    other = write_project(tmp_path_factory.mktemp("other"), LAYERED | plugin, 'plugins = ["./rules.py"]\n')
    process = desk.start(other)
    assert desk.run(other, *CHECK, given=UPWARD).code == 1
    assert desk.find_process() == process

    assert desk.run(root, *CHECK, given=UPWARD).code == 1

    _wait_for_the_end(process)


@pytest.mark.parametrize("variable", ["CI", "LAYERCHECK_NO_RESIDENT"])
def test_nothing_is_started_where_nobody_wants_it(desk: Desk, root: Path, variable: str) -> None:
    assert desk.run(root, *CHECK, given=UPWARD, **{variable: "1"}).code == 1
    assert desk.run(root, *CHECK[:-1], "--no-cache", "-", given=UPWARD).code == 1
    assert desk.run(root, "check").code == 0

    assert not desk.socket.exists()


def test_it_ends_when_nobody_asks(desk: Desk) -> None:
    desk.socket.parent.mkdir(mode=0o700)
    program = f"""
from layercheck.resident import server

server._IDLE_S, server._TICK_S = 0.3, 0.1
server.serve({str(desk.socket)!r})
"""

    subprocess.run([sys.executable, "-c", program], env=clean_environment(), check=True, timeout=60)

    assert not desk.socket.exists()


def test_it_ends_when_its_place_is_taken(desk: Desk, root: Path) -> None:
    process = desk.start(root)
    desk.socket.unlink()

    _wait_for_the_end(process)


def test_the_client_imports_next_to_nothing(desk: Desk, root: Path) -> None:
    desk.start(root)
    # Without `site`, which may have imported anything before us.
    packages = [path for path in sys.path if path.endswith("-packages")]
    program = f"""
import sys
sys.path += {packages}
before = set(sys.modules)
sys.argv = ["layercheck", *sys.argv[1:]]
import layercheck.__main__
import layercheck.resident.client
import os
# However busy this machine is.
layercheck.resident.client._ACCEPT_S = 30.0
exit = os._exit
os._exit = lambda code: (print(*sorted(set(sys.modules) - before), sep="\\n"), sys.stdout.flush(), exit(code))
layercheck.__main__.main()
"""

    process = subprocess.run(
        [sys.executable, "-S", "-c", program, *CHECK],
        cwd=root,
        env=desk.environment,
        input="",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )

    names = process.stdout.split()
    assert [name for name in names if name.startswith("layercheck")] == [
        "layercheck",
        "layercheck.__main__",
        # What prints the last output again.
        "layercheck.blake2",
        "layercheck.facts",
        "layercheck.facts.cache_folder",
        "layercheck.facts.sealed_file",
        "layercheck.files",
        "layercheck.files.marks",
        "layercheck.interrupts",
        "layercheck.plugins",
        "layercheck.plugins.metadata",
        "layercheck.reprint",
        "layercheck.reprint.kept_output",
        "layercheck.reprint.question",
        "layercheck.resident",
        "layercheck.resident.client",
        "layercheck.resident.launch",
        "layercheck.resident.runtime_folder",
        "layercheck.resident.wire",
        "layercheck.version",
    ]
    assert {"socket", "json", "click", "msgspec", "subprocess", "pathlib", "re", "enum"} & set(names) == set()
