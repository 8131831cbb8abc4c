"""ARCHITECTURE.md lists the files to read from the command to the finding: a check takes its target nowhere else."""

from __future__ import annotations

import re
import sys
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.engine.open_files import OpenFiles
from layercheck.engine.project_target import ProjectTarget
from tests.running import run_here

if TYPE_CHECKING:
    from types import FrameType

    import pytest

ROOT = Path(__file__).parents[1]
SOURCE = f"{ROOT / 'src' / 'layercheck'}/"
MOST_STAYS = 40
# Where it only takes a field of the record of the request.
ASIDE = {"cli/project_request.py"}


def test_a_check_takes_its_target_only_to_the_files_of_the_reading_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERCHECK_NO_RESIDENT", "1")
    order = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## From `check()`")[2].partition("\n## ")[0]
    listed = set(re.findall(r"`((?:cli|engine)/[\w/]+\.py)`", order))

    stays = _trace(ROOT / "fixtures" / "violations")

    assert len(stays) > 10
    assert set(stays) - listed <= ASIDE
    assert len(stays) < MOST_STAYS


def _trace(project: Path) -> list[str]:
    """Check a project and list the files that the target is handed to, in order, calls within a file left out."""
    stays: list[str] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(SOURCE):
            return
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if any(isinstance(frame.f_locals.get(name), ProjectTarget | OpenFiles) for name in names):
            file = code.co_filename.removeprefix(SOURCE)
            if stays[-1:] != [file]:
                stays.append(file)

    with chdir(project):
        earlier = sys.getprofile()
        sys.setprofile(note)
        try:
            outcome = run_here("check", "--no-cache")
        finally:
            sys.setprofile(earlier)
    assert outcome.code == 1
    return stays
