"""No test that really loads a changed module is left out: held against Python itself."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings, strategies as st

from layercheck.commands.affected.pytest_settings import PytestSettings
from layercheck.commands.affected.reach import Reach
from layercheck.engine.build import open_project
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.made_up_projects import MODULES, path_of, projects
from tests.running import write_project

if TYPE_CHECKING:
    from tests.made_up_projects import Project

FEW = settings(max_examples=8, deadline=None, database=None, derandomize=True)
_LOADER = """\
import importlib, json, sys
files = []
sys.addaudithook(lambda event, given: event == "exec" and files.append(getattr(given[0], "co_filename", "")))
try:
    importlib.import_module(sys.argv[1])
except Exception:
    pass
print(json.dumps(files))
"""
_EVERY_NAME = "\n\ndef __getattr__(name):\n    return print\n"
"""So that `from app.db.m0 import thing` does not end the import half-way."""


@FEW
@given(projects(), st.sampled_from(MODULES))
def test_every_file_that_a_test_loads_selects_it(made_up: Project, tested: str) -> None:
    texts = {path: text + ("" if path.endswith("__init__.py") else _EVERY_NAME) for path, text in made_up.files.items()}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "backend"
        write_project(root, texts | {"test_it.py": f"import {tested}\n"})

        loaded = _load(root, "test_it")
        reach = Reach(open_project(find_target([root]), CheckOptions()), PytestSettings())

        assert path_of(tested) in loaded
        left_out = [path for path in loaded if "test_it.py" not in reach.find_tests([path])]
        assert left_out == []


def _load(root: Path, module: str) -> list[str]:
    """Import a module in a process of its own, and list the files of the project that were loaded."""
    process = subprocess.run(
        [sys.executable, "-c", _LOADER, module], cwd=root, capture_output=True, check=True, text=True
    )
    files = [Path(file) for file in json.loads(process.stdout)]
    return [file.relative_to(root).as_posix() for file in files if file.is_relative_to(root)]
