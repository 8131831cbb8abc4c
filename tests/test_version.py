"""What a cache believes of the code that made it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import layercheck
from tests.running import LAYERS, write_project

PACKAGE = Path(layercheck.__file__).parent
RULE = "rules/layers/layer_order.py"


def test_an_edited_rule_of_a_checkout_reports_anew(tmp_path: Path) -> None:
    copy = tmp_path / "code/layercheck"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    project = write_project(tmp_path / "backend", {**LAYERS, "app/models/base.py": "import app.services.base\n"})

    before = _check(project, copy.parent)
    text = (copy / RULE).read_text()
    assert "a higher layer" in text
    (copy / RULE).write_text(text.replace("a higher layer", "a layer above"))

    assert "a higher layer" in before
    assert "a layer above" in _check(project, copy.parent)


def _check(project: Path, code: Path) -> str:
    command = [sys.executable, "-m", "layercheck", "check", "--select", "LC101"]
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False).stdout
