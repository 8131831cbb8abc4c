from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.running import clean_environment, run_apart, write_tree
from tests.terminals import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LAYERED = {
    "layercheck.toml": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
}
WATCHING = "(Ctrl-C to stop)"
CLEAN = "modules keep the layers"
CLEAR = "\x1b[2J"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Start to watch a project; what it says first is read already."""
    opened: list[Terminal] = []

    def watch(*options: str) -> Terminal:
        command = [sys.executable, "-m", "layercheck", "check", "--watch", *options]
        terminal = Terminal(command, folder=tmp_path, environment=clean_environment())
        opened.append(terminal)
        return terminal.__enter__()

    yield watch
    for terminal in opened:
        terminal.__exit__(None, None, None)


def test_every_save_is_answered_with_a_report(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, LAYERED)
    terminal = start()
    assert CLEAN in terminal.wait_for(WATCHING)

    write_tree(tmp_path, {"app/models/user.py": "import app.services.users\n"})
    second = terminal.wait_for(WATCHING)
    write_tree(tmp_path, {"app/models/user.py": ""})
    third = terminal.wait_for(WATCHING)
    write_tree(tmp_path, {"app/new/deep/models/order.py": "import app.api.users\n"})
    fourth = terminal.wait_for("LC101")

    assert CLEAR in second
    assert "app/models/user.py:1:8" in second
    assert CLEAN in third
    assert "app/new/deep/models/order.py:1:8" in fourth


def test_what_the_last_save_introduced_stands_at_the_bottom(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, LAYERED | {"app/models/old.py": "import app.services.users\n"})
    terminal = start()
    first = terminal.wait_for(WATCHING)

    write_tree(tmp_path, {"app/models/user.py": "import app.api.users\n"})
    second = terminal.wait_for(WATCHING)
    write_tree(tmp_path, {"app/models/old.py": ""})
    third = terminal.wait_for(WATCHING)

    assert "Since the last save" not in first
    bottom = second.partition("Since the last save: 1 new.")[2]
    assert "app/models/user.py:1:8" in bottom
    assert "app/models/old.py" not in bottom
    assert "Since the last save: nothing new, 1 resolved." in third


def test_a_file_that_goes_is_noticed(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, LAYERED | {"app/models/order.py": "import app.api.users\n"})
    terminal = start()
    assert "LC101" in terminal.wait_for(WATCHING)

    (tmp_path / "app/models/order.py").unlink()

    assert CLEAN in terminal.wait_for(WATCHING)


def test_the_configuration_is_read_anew(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, LAYERED | {"app/models/order.py": "import app.api.users\n"})
    terminal = start()
    assert "LC101" in terminal.wait_for(WATCHING)

    write_tree(tmp_path, {"layercheck.toml": "ignore = 1\n"})
    broken = terminal.wait_for(WATCHING)
    write_tree(tmp_path, {"layercheck.toml": 'ignore = ["LC101"]\n'})
    mended = terminal.wait_for(WATCHING)

    assert "layercheck.toml:1: ignore: " in broken
    assert CLEAN in mended


def test_a_project_that_cannot_be_checked_yet_is_waited_for(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, {"layercheck.toml": ""})
    terminal = start()
    assert "no Python file" in terminal.wait_for(WATCHING)

    write_tree(tmp_path, LAYERED)

    terminal.wait_for(CLEAN)


def test_what_is_not_read_is_not_watched(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, LAYERED | {".gitignore": "generated/\n", "layercheck.toml": 'exclude = ["/old/"]\n'})
    terminal = start()
    terminal.wait_for(WATCHING)

    others = [".layercheck_cache/x.py", ".venv/x.py", "node_modules/x.py", "generated/x.py", "old/x.py", "notes.txt"]
    write_tree(tmp_path, dict.fromkeys(others, "import app\n"))
    time.sleep(0.3)  # longer than it takes to notice a change
    write_tree(tmp_path, {"app/models/user.py": "import app.services.users\n"})

    # Had anything else been answered, a clean report would have come first.
    assert "app/models/user.py:1:8" in terminal.wait_for(WATCHING)


def test_ctrl_c_ends_it_quietly(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, LAYERED)
    terminal = start()
    terminal.wait_for(WATCHING)

    terminal.interrupt()

    assert terminal.wait() == 0
    assert terminal.seen.strip() == ""


def test_options_hold_for_every_report(tmp_path: Path, start: Callable[..., Terminal]) -> None:
    write_tree(tmp_path, LAYERED)
    terminal = start("--output-format", "json", "-o", "report.json", "app/api")
    terminal.wait_for(WATCHING)
    first = (tmp_path / "report.json").read_text()

    write_tree(tmp_path, {"app/api/users.py": "import app.models.user\nimport app.services.users\n"})
    terminal.wait_for(WATCHING)

    assert "LC102" not in first
    assert "LC102" in (tmp_path / "report.json").read_text()


def test_a_mistake_at_the_start_ends_it(tmp_path: Path) -> None:
    write_tree(tmp_path, LAYERED | {"layercheck.toml": "ignore = 1\n"})

    assert run_apart("check", "--watch", folder=tmp_path).code == 2


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    write_tree(tmp_path, LAYERED | {"none/sitecustomize.py": "import sys\nsys.modules['watchfiles'] = None\n"})
    environment = clean_environment()
    path = {"PYTHONPATH": f"{tmp_path / 'none'}:{environment['PYTHONPATH']}"}

    outcome = run_apart("check", "--watch", folder=tmp_path, environment=path)

    assert outcome.code == 2
    assert outcome.err == "layercheck: --watch needs an extra package: pip install 'layercheck[watch]'\n"
