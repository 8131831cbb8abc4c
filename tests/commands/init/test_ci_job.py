from __future__ import annotations

from pathlib import Path

import pytest

from layercheck import __version__
from layercheck.commands.init.ci_job import ci_snippet


def test_github_unless_the_project_is_at_gitlab(tmp_path: Path) -> None:
    assert ci_snippet(tmp_path, tmp_path).file == ".github/workflows/layercheck.yml"
    (tmp_path / ".gitlab-ci.yml").touch()
    assert ci_snippet(tmp_path, tmp_path).file == ".gitlab-ci.yml"
    (tmp_path / ".github").mkdir()
    assert ci_snippet(tmp_path, tmp_path).file == ".github/workflows/layercheck.yml"


def test_the_check_is_pinned_and_finds_the_project(tmp_path: Path) -> None:
    text = ci_snippet(tmp_path, tmp_path / "back" / "end").text

    assert f"uses: layercheck/layercheck@v{__version__}\n" in text
    assert text.endswith("working-directory: back/end\n")
    assert "working-directory" not in ci_snippet(tmp_path, tmp_path).text


@pytest.mark.parametrize(("file", "folder"), [(".github", "backend"), (".gitlab-ci.yml", "")])
def test_it_is_the_job_of_the_documentation(tmp_path: Path, file: str, folder: str) -> None:
    (tmp_path / file).touch()
    page = (Path(__file__).parents[3] / "docs/ci.md").read_text("utf-8")

    assert f"```yaml\n{ci_snippet(tmp_path, tmp_path / folder).text}```" in page
