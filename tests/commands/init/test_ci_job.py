from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import __version__
from layercheck.commands.init.ci_job import ci_snippet

if TYPE_CHECKING:
    from pathlib import Path


def test_github_unless_the_project_is_at_gitlab(tmp_path: Path) -> None:
    assert ci_snippet(tmp_path, tmp_path).file == ".github/workflows/layercheck.yml"
    (tmp_path / ".gitlab-ci.yml").touch()
    assert ci_snippet(tmp_path, tmp_path).file == ".gitlab-ci.yml"
    (tmp_path / ".github").mkdir()
    assert ci_snippet(tmp_path, tmp_path).file == ".github/workflows/layercheck.yml"


def test_the_check_is_pinned_and_finds_the_project(tmp_path: Path) -> None:
    text = ci_snippet(tmp_path, tmp_path / "back" / "end").text

    assert f"pip install layercheck=={__version__}\n" in text
    assert text.endswith("run: layercheck check back/end\n")
    assert ci_snippet(tmp_path, tmp_path).text.endswith("run: layercheck check\n")
