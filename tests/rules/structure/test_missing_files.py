from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.repositories import make_repository
from tests.rules.structure.backends import CODE, COMPLETE, found, places
from tests.running import of_rule, write_tree

if TYPE_CHECKING:
    from pathlib import Path

MISSING = ("LC231", "LC232", "LC233", "LC234")


def without(*names: str) -> dict[str, str]:
    return {path: text for path, text in COMPLETE.items() if path not in names}


@pytest.mark.parametrize("code", [*MISSING, "LC235", "LC236"])
@pytest.mark.parametrize("git", [False, True])
def test_a_complete_project_lacks_nothing(tmp_path: Path, code: str, *, git: bool) -> None:
    assert found(tmp_path, code, COMPLETE, git=git) == []


@pytest.mark.parametrize("code", [*MISSING, "LC235", "LC236"])
def test_loose_files_are_no_project(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code, {"layercheck.toml": ""}) == []


@pytest.mark.parametrize("code", MISSING)
def test_an_installed_package_is_no_project(tmp_path: Path, code: str) -> None:
    place = ".venv/lib/python3.12/site-packages"
    make_repository(write_tree(tmp_path, {"x.py": ""}))
    files = {f"{place}/layercheck.toml": "", f"{place}/shop-1.0.dist-info/METADATA": ""}

    assert found(tmp_path, code, files, below=place, folder=place) == []


def test_an_unpacked_source_distribution_is_no_project(tmp_path: Path) -> None:
    assert found(tmp_path, "LC232", {"PKG-INFO": "", **without(".gitignore")}) == []


@pytest.mark.parametrize("code", MISSING)
def test_a_repository_is_a_project(tmp_path: Path, code: str) -> None:
    assert places(found(tmp_path, code, {}, git=True)) == [
        ({"LC231": "README.md", "LC232": ".gitignore", "LC233": "pyproject.toml", "LC234": "requirements.txt"}[code], 0)
    ]


@pytest.mark.parametrize(("name", "code"), [("README.md", "LC231"), (".gitignore", "LC232")])
def test_a_missing_file_is_reported_where_the_project_is_described(tmp_path: Path, name: str, code: str) -> None:
    assert places(found(tmp_path, code, without(name))) == [("pyproject.toml", 0)]


@pytest.mark.parametrize("name", ["README", "readme.rst", "README.txt", "Readme.md"])
def test_a_readme_has_many_names(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, "LC231", {**without("README.md"), name: ""}) == []


def test_a_folder_called_readme_is_no_readme(tmp_path: Path) -> None:
    assert len(found(tmp_path, "LC231", {**without("README.md"), "README/x.md": ""})) == 1


def test_a_readme_of_something_else_does_not_count(tmp_path: Path) -> None:
    assert len(found(tmp_path, "LC231", {**without("README.md"), "frontend/README.md": ""})) == 1


@pytest.mark.parametrize("code", MISSING)
@pytest.mark.parametrize("folder", ["", "backend"])
def test_the_files_of_one_project_among_several_may_stand_with_it(tmp_path: Path, code: str, folder: str) -> None:
    files = {f"backend/{path}": text for path, text in COMPLETE.items()}

    assert found(tmp_path, code, files, git=True, below="backend", folder=folder) == []


@pytest.mark.parametrize("code", MISSING)
def test_the_files_of_one_project_among_several_may_stand_at_the_top(tmp_path: Path, code: str) -> None:
    files = {"backend/layercheck.toml": "", **COMPLETE}

    assert found(tmp_path, code, files, git=True, below="backend", folder="backend") == []


@pytest.mark.parametrize("code", ["LC231", "LC232"])
def test_without_a_repository_nothing_above_the_project_belongs_to_it(tmp_path: Path, code: str) -> None:
    files = {"README.md": "", ".gitignore": ".venv\n", "backend/pyproject.toml": COMPLETE["pyproject.toml"]}

    assert len(found(tmp_path, code, files, below="backend", folder="backend")) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"requirements-prod.txt": ""},
        {"requirements/base.txt": ""},
        {"requirements/base.in": ""},
        {"Pipfile": ""},
        {"environment.yml": ""},
        {"uv.lock": ""},
        {"pylock.toml": ""},
        {"setup.py": ""},
        {"setup.cfg": "[options]\ninstall_requires = fastapi\n"},
        {"pyproject.toml": "[tool.poetry.dependencies]\nfastapi = '*'\n"},
        {"pyproject.toml": "[tool.pdm]\n"},
        {"pyproject.toml": "[dependency-groups]\ndev = []\n"},
        {"server/pyproject.toml": "[project]\nname = 'x'\n"},
        {"deploy/requirements.txt": ""},
        {"app/requirements.txt": ""},
    ],
)
def test_dependencies_can_be_named_in_many_ways(tmp_path: Path, files: dict[str, str]) -> None:
    assert found(tmp_path, "LC234", {".gitignore": "", **files}) == []


@pytest.mark.parametrize(
    "files",
    [
        {"setup.cfg": "[flake8]\nmax-line-length = 100\n"},
        {"pyproject.toml": "[tool.black]\n"},
        {"pyproject.toml": "this = is [ no toml\n", "layercheck.toml": ""},
        {"docs/notes.txt": "", "runtime.txt": "python-3.12"},
        {"app/plugins/mail/requirements.txt": ""},
    ],
)
def test_settings_of_tools_name_no_dependencies(tmp_path: Path, files: dict[str, str]) -> None:
    assert len(found(tmp_path, "LC234", {".gitignore": "", **files})) == 1


@pytest.mark.parametrize("name", ["setup.py", "setup.cfg", "app/pyproject.toml"])
def test_packaging_has_several_names(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, "LC233", {**without("pyproject.toml"), name: ""}) == []


def test_the_packaging_of_something_else_does_not_count(tmp_path: Path) -> None:
    assert len(found(tmp_path, "LC233", {**without("pyproject.toml"), "app/plugins/mail/setup.py": ""})) == 1


def test_whoever_asks_about_a_part_is_not_told_what_the_project_lacks(tmp_path: Path) -> None:
    configuration = COMPLETE["pyproject.toml"] + "[tool.layercheck]\n"
    write_tree(tmp_path, {**CODE, "pyproject.toml": configuration})

    whole = check(find_target([tmp_path]), CheckOptions())
    part = check(find_target([tmp_path / "app/services"]), CheckOptions())

    assert len(of_rule(whole, "LC231")) == 1
    assert of_rule(part, "LC231") == []


def test_a_missing_file_can_be_ignored_for_the_place_where_it_is_reported(tmp_path: Path) -> None:
    configuration = '[per-path-ignores]\n"pyproject.toml" = ["LC231"]\n'

    assert found(tmp_path, "LC231", {**without("README.md"), "layercheck.toml": configuration}) == []


def test_a_file_that_is_nowhere_can_be_ignored_by_its_name(tmp_path: Path) -> None:
    configuration = {"layercheck.toml": '[per-path-ignores]\n"README*" = ["missing-readme"]\n'}

    assert found(tmp_path, "LC231", configuration, git=True) == []
    assert len(found(tmp_path, "LC232", configuration)) == 1
