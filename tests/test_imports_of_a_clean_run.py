"""A run that finds nothing new imports nothing heavy: half of its time would otherwise go into imports."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.running import clean_environment, write_project

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
}
NEVER = {
    *("libcst", "grimp", "importlinter", "rich", "hypothesis", "pathspec", "pytest", "yaml", "jsonschema"),
    *("tomlkit", "watchfiles", "pygls", "lsprotocol"),
    *("difflib", "asyncio", "multiprocessing", "concurrent.futures", "email", "http", "logging", "json", "tomllib"),
    *("unittest", "xml", "sqlite3", "ssl", "traceback", "click", "pkgutil"),
}
PROGRAM = """
import sys
before = set(sys.modules)
from layercheck.cli.main import run
code = run(sys.argv[1:])
print(*(set(sys.modules) - before), sep="\\n", file=sys.stderr)
sys.exit(code)
"""


def _modules_imported(folder: Path, *arguments: str) -> set[str]:
    process = subprocess.run(
        [sys.executable, "-c", PROGRAM, "check", *arguments],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 0, process.stderr
    return set(process.stderr.split())


def test_a_warm_clean_run_imports_nothing_heavy(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED)
    time.sleep(0.05)

    cold = _modules_imported(tmp_path)
    warm = _modules_imported(tmp_path)

    assert cold & NEVER == set()
    assert warm & NEVER == set()
    assert "layercheck.engine" in warm
    assert "pluggy" not in warm
    assert not {name for name in warm if name.startswith("layercheck.rules.")}


def test_a_configuration_that_names_rules_is_understood_without_them(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED, 'ignore = ["LC2"]\n')
    time.sleep(0.05)

    cold = _modules_imported(tmp_path)
    warm = _modules_imported(tmp_path)

    assert "layercheck.rules.layers.layer_order" in cold
    assert not {name for name in warm if name.startswith("layercheck.rules.")}


def test_what_is_ignored_costs_pathspec_and_no_more(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED | {".gitignore": "*.log\n"})

    assert _modules_imported(tmp_path) & NEVER == {"pathspec"}


def test_other_formats_are_as_light(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERED)

    assert _modules_imported(tmp_path, "--output-format", "concise") & NEVER == set()
    assert _modules_imported(tmp_path, "--output-format", "json") & NEVER == {"json"}


def test_alternatives_are_found_without_click(tmp_path: Path) -> None:
    files = {"app/models/user.py": "import app.services.mail\n", "app/services/mail.py": ""}
    write_project(tmp_path, LAYERED | files, '[severity]\nLC101 = "warning"\n')

    imported = _modules_imported(tmp_path, "--output-format", "agent")

    assert "layercheck.commands.explain.routes_in_reports" in imported
    assert "click" not in imported
