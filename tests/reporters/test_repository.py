from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.reporters.repository import RepositoryPaths
from layercheck.rule.render_context import RenderContext

if TYPE_CHECKING:
    from pathlib import Path


def test_paths_begin_at_the_top_of_the_repository(tmp_path: Path) -> None:
    paths = RepositoryPaths(RenderContext(tmp_path / "services" / "backend", repository=tmp_path))

    assert paths.show("app/a.py") == "services/backend/app/a.py"
    assert paths.show("") == "services/backend"
    assert paths.show("../shared/a.py") == "services/shared/a.py"
    assert paths.show("../../pyproject.toml") == "pyproject.toml"
    assert paths.show("../..") == "."


def test_without_a_repository_paths_begin_at_the_project(tmp_path: Path) -> None:
    paths = RepositoryPaths(RenderContext(tmp_path))

    assert paths.show("app/a.py") == "app/a.py"
    assert paths.show("") == "."


def test_links_are_resolved_as_long_as_they_stay_inside(tmp_path: Path) -> None:
    top, elsewhere = tmp_path / "top", tmp_path / "elsewhere"
    for folder in (top / "backend", top / "shared", elsewhere):
        folder.mkdir(parents=True)
    (top / "backend" / "linked").symlink_to(top / "shared")
    (top / "backend" / "away").symlink_to(elsewhere)
    (tmp_path / "alias").symlink_to(top)
    paths = RepositoryPaths(RenderContext(tmp_path / "alias" / "backend", repository=top))

    assert paths.show("linked/a.py") == "shared/a.py"
    assert paths.show("away/a.py") == "backend/away/a.py"
    assert paths.show("app/a.py") == "backend/app/a.py"


def test_what_is_no_path_is_shown_as_it_is(tmp_path: Path) -> None:
    paths = RepositoryPaths(RenderContext(tmp_path / "backend", repository=tmp_path))

    assert paths.show("a\x00.py") == "backend/a\x00.py"
    assert paths.show("a\ud800.py") == "backend/a\ud800.py"
    assert paths.show("/elsewhere/a.py") == "/elsewhere/a.py"
