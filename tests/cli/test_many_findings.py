"""An exit code has eight bits and CI servers have limits: neither may change the verdict."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest

from layercheck.reporters.registry import list_formats
from tests.running import run_apart, write_project

if TYPE_CHECKING:
    from pathlib import Path

LIMITED = {"markdown", "sarif"}
FINDING = re.compile(r"app\.models\.m\d+ imports app\.services\.s\d+")
LINE = re.compile(r"^app/models/m\d+\.py:.* imports app\.services\.s\d+", re.MULTILINE)
"""The same in formats that leave to the path what the path says."""


def write_backend(root: Path, number: int) -> Path:
    """A backend with so many forbidden imports."""
    width = min(number, 256) if number % 256 == 0 else number
    services = {f"app/services/s{index}.py": "" for index in range(width)}
    text = "".join(f"import app.services.s{index}\n" for index in range(width))
    return write_project(root, services | {f"app/models/m{index}.py": text for index in range(number // width)})


@pytest.mark.parametrize("number", [1, 255, 256, 257, 65_536])
def test_any_number_of_findings_is_exit_code_1(number: int, tmp_path: Path) -> None:
    root = write_backend(tmp_path / "project", number)
    formats = [f"--output-format={name}={tmp_path / name}" for name in list_formats()]

    assert run_apart("check", "--no-cache", *formats, folder=root).code == 1

    for name in set(list_formats()) - {"text", "agent", *(LIMITED if number > 256 else {"markdown"})}:
        assert len(set(FINDING.findall((tmp_path / name).read_text("utf-8")))) == number, name
    assert len(set(LINE.findall((tmp_path / "agent").read_text("utf-8")))) == number
    assert (tmp_path / "text").read_text("utf-8").count("app/models/m") >= number
    assert (tmp_path / "markdown").stat().st_size <= 65_000
    assert len(re.findall("^::error ", (tmp_path / "github").read_text("utf-8"), re.MULTILINE)) == min(number, 10)
    results = json.loads((tmp_path / "sarif").read_bytes())["runs"][0]["results"]
    assert len(results) == min(number, 25_000)
    assert len(gzip.compress((tmp_path / "sarif").read_bytes(), 1)) < 10_000_000
