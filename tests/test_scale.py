"""The script of docs/scale.md, with ninja itself: the same parts in any order, and the verdict of one process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import clean_environment, run_apart, write_project

ninja = pytest.importorskip("ninja")

PAGE = Path(__file__).parents[1] / "docs/scale.md"
FEATURES = 12
PARTS = 4
JSON = ("--no-cache", "--no-ci", "--output-format", "json")


def write_shop(root: Path) -> Path:
    """Write features with layers of their own, with endpoints in services and imports that lead upwards."""
    files = {"shop/__init__.py": "", "shop/of two words/__init__.py": ""}
    for at in range(FEATURES):
        folder = f"shop/feature{at}"
        files |= {
            f"{folder}/__init__.py": "",
            f"{folder}/api.py": "from fastapi import APIRouter\nfrom shop.feature0 import models\nrouter = APIRouter()\n"
            f"@router.get('/{at}')\ndef read() -> int: ...\n",
            f"{folder}/services.py": f"from fastapi import HTTPException\nfrom shop.feature{at // 2} import api\n"
            "def find():\n    raise HTTPException(404)\n",
            f"{folder}/models.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n",
        }
    script = re.findall(r"```python\n(.*?)```\n", PAGE.read_text("utf-8"), re.DOTALL)[0]
    return write_project(root, {**files, "write_ninja.py": script.replace("PARTS = 20", f"PARTS = {PARTS}")})


def environment() -> dict[str, str]:
    binaries = [ninja.BIN_DIR, str(Path(sys.executable).parent), os.environ["PATH"]]
    return clean_environment() | {"PATH": os.pathsep.join(binaries), "NINJA_STATUS": "made: "}


def divide(root: Path) -> None:
    subprocess.run([sys.executable, "write_ninja.py"], cwd=root, env=environment(), check=True, timeout=120)


def build(root: Path, *arguments: str) -> tuple[int, list[str]]:
    """Run ninja; return its exit code, and what it made in order."""
    process = subprocess.run(
        ["ninja", *arguments],
        cwd=root,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    made = re.findall(r"^made: (.*)$", process.stdout, re.MULTILINE)
    assert made, process.stdout + process.stderr
    return process.returncode, made


def parts_of(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "parts").glob("*.facts"))}


def test_ninja_makes_the_same_parts_in_any_order_and_only_those_that_are_out_of_date(tmp_path: Path) -> None:
    one, other = write_shop(tmp_path / "one"), tmp_path / "other place"
    shutil.copytree(one, other)
    divide(one)
    divide(other)
    code, made = build(one, "-j", "4")

    assert code == 1  # there are findings
    assert made[-1] == "check"
    assert len(made) == PARTS + 1
    for each in reversed(made[:-1]):
        assert build(other, each.removeprefix("facts ")) == (0, [each])
    assert parts_of(one) == parts_of(other)

    merged = run_apart("check", "--facts", "parts/*.facts", *JSON, folder=one)
    assert merged == run_apart("check", *JSON, folder=one)
    assert {"LC101", "LC306"} <= {finding[0] for finding in merged.findings}

    before = parts_of(one)
    with (one / "shop/feature7/services.py").open("a") as file:
        file.write("from shop.feature0.api import router\n")
    _, made = build(one)
    changed = [name for name, data in parts_of(one).items() if data != before[name]]
    assert made == [f"facts parts/{changed[0]}", "check"]
    assert len(changed) == 1
    assert run_apart("check", "--facts", "parts/*.facts", *JSON, folder=one) == run_apart("check", *JSON, folder=one)

    assert build(one)[1] == ["check"]
    (one / "shop/feature7/services.py").unlink()
    divide(one)
    assert build(one)[1] == [f"facts parts/{changed[0]}", "check"]
