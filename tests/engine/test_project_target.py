from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path

import pytest

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target, find_target_of_text, find_targets
from layercheck.errors import ConfigurationError, UsageError
from tests.running import write_project, write_tree

OURS = "[tool.layercheck]\n"


def test_the_folder_of_the_configuration_is_the_root(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": OURS, "app/api/x.py": ""})

    target = find_target([tmp_path / "app" / "api"])

    assert target.root == tmp_path
    assert target.paths == ("app/api",)
    assert target.configuration_path == "pyproject.toml"


def test_without_paths_it_is_the_current_folder(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "", "app/x.py": ""})

    with chdir(tmp_path / "app"):
        target = find_target([])

    assert (target.root, target.paths) == (tmp_path, ("app",))


def test_the_root_itself_narrows_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "", "app/x.py": ""})

    assert find_target([tmp_path]).paths == ()
    assert find_target([tmp_path / "app", tmp_path]).paths == ()


def test_several_parts_come_sorted_and_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "", "app/x.py": "", "app/y.py": ""})

    target = find_target([tmp_path / "app/y.py", tmp_path / "app/x.py", tmp_path / "app/../app/y.py"])

    assert target.paths == ("app/x.py", "app/y.py")


@pytest.mark.parametrize(
    "marker", [".git/config", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile", "manage.py"]
)
def test_without_configuration_the_top_of_the_project_is_the_root(tmp_path: Path, marker: str) -> None:
    write_tree(tmp_path, {marker: "", "src/app/api/x.py": ""})

    target = find_target([tmp_path / "src" / "app"])

    assert (target.root, target.paths, target.configuration_path) == (tmp_path, ("src/app",), "")


def test_a_hook_that_names_files_means_the_project_it_stands_in(tmp_path: Path) -> None:
    write_tree(tmp_path, {".git/config": "", "backend/requirements.txt": "", "backend/app/x.py": ""})

    with chdir(tmp_path):
        target = find_target([Path("backend/app/x.py")])

    assert (target.root, target.paths) == (tmp_path, ("backend/app/x.py",))


def test_a_file_where_nothing_marks_a_project_belongs_to_the_current_folder(tmp_path: Path) -> None:
    write_tree(tmp_path, {"app/models/user.py": "", "app/services/users.py": "", "other/x.py": ""})

    with chdir(tmp_path):
        whole = find_target([])
        single = find_target([Path("app/models/user.py")])
        several = find_target([Path("app/models/user.py"), Path("app/services/users.py")])
    with chdir(tmp_path / "other"):
        elsewhere = find_target([Path("../app/models/user.py")])

    assert (whole.root, whole.paths) == (tmp_path, ())
    assert (single.root, single.paths) == (tmp_path, ("app/models/user.py",))
    assert several.root == tmp_path
    assert elsewhere.root == tmp_path / "app/models"


@pytest.mark.parametrize("place", ["home", "disk"])
def test_what_holds_everything_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    write_tree(tmp_path, {"app/user.py": ""})
    monkeypatch.setenv("HOME", str(tmp_path))

    with chdir(tmp_path if place == "home" else tmp_path.anchor):
        target = find_target([tmp_path / "app/user.py"])

        of_text = find_target_of_text(tmp_path / "app/user.py")

    assert (target.root, target.paths) == (tmp_path / "app", ("user.py",))
    assert of_text is None


def test_a_folder_that_is_named_is_the_project_where_nothing_marks_one(tmp_path: Path) -> None:
    write_tree(tmp_path, {"backend/app/models/user.py": ""})

    with chdir(tmp_path):
        assert find_target([Path("backend")]).root == tmp_path / "backend"


def test_a_broken_pyproject_in_what_is_left_out_is_nobodys(tmp_path: Path) -> None:
    broken = "name = {{ cookiecutter.name }}\n"
    write_tree(
        tmp_path,
        {
            "pyproject.toml": OURS + "exclude = ['template/']\n",
            "app/x.py": "",
            "template/pyproject.toml": broken,
            "template/app/y.py": "",
            "other/pyproject.toml": broken,
            "other/z.py": "",
        },
    )

    (target,) = find_targets([tmp_path / "app/x.py", tmp_path / "template/app/y.py"])

    assert target.root == tmp_path
    with pytest.raises(ConfigurationError, match=r"other/pyproject\.toml:1: column 9: not valid TOML"):
        find_targets([tmp_path / "app/x.py", tmp_path / "other/z.py"])
    with pytest.raises(ConfigurationError, match=r"template/pyproject\.toml:1"):
        find_targets([tmp_path / "template"])


def test_a_path_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: there is no such file or folder"):
        find_target([tmp_path, tmp_path / "nowhere"])


def test_a_link_that_leads_nowhere_is_a_path(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": ""})
    (tmp_path / "x.py").symlink_to("gone.py")

    assert find_target([tmp_path / "x.py"]).paths == ("x.py",)


def test_paths_of_two_projects_cannot_be_checked_at_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {"one/layercheck.toml": "", "two/layercheck.toml": "", "one/x.py": "", "two/x.py": ""})

    with pytest.raises(UsageError, match="belong to different projects"):
        find_target([tmp_path / "one", tmp_path / "two"])


def test_the_files_of_several_projects_belong_to_several_scopes(tmp_path: Path) -> None:
    files = {"two/layercheck.toml": "", "one/pyproject.toml": OURS, "one/a/x.py": "", "one/y.py": "", "two/z.py": ""}
    write_tree(tmp_path, files)

    targets = find_targets([tmp_path / "two/z.py", tmp_path / "one/a/x.py", tmp_path / "one/y.py"])

    assert [(target.root, target.paths) for target in targets] == [
        (tmp_path / "one", ("a/x.py", "y.py")),
        (tmp_path / "two", ("z.py",)),
    ]


def test_one_configuration_given_is_one_project(tmp_path: Path) -> None:
    write_tree(tmp_path, {"own.toml": "", "one/layercheck.toml": "", "one/x.py": "", "two/y.py": ""})

    (target,) = find_targets([tmp_path / "one/x.py", tmp_path / "two/y.py"], configuration=tmp_path / "own.toml")

    assert (target.root, target.paths) == (tmp_path, ("one/x.py", "two/y.py"))


def test_files_beside_the_configured_projects_may_be_passed_over(tmp_path: Path) -> None:
    write_tree(tmp_path, {".git/HEAD": "", "back/layercheck.toml": "", "back/x.py": "", "tools/y.py": ""})
    paths = [tmp_path / "tools/y.py", tmp_path / "back/x.py"]

    assert [target.root for target in find_targets(paths)] == [tmp_path, tmp_path / "back"]
    assert [target.root for target in find_targets(paths, allow_none=True)] == [tmp_path / "back"]
    assert find_targets(paths[:1], allow_none=True) == ()


def test_where_nothing_is_configured_nothing_is_passed_over(tmp_path: Path) -> None:
    foreign = {".venv/x/layercheck.toml": "", "env/pyvenv.cfg": "", "env/x/layercheck.toml": ""}
    write_tree(tmp_path, {"pyproject.toml": "", "tools/y.py": "", "other/pyproject.toml": "[tool.x]\n"} | foreign)

    (target,) = find_targets([tmp_path / "tools/y.py"], allow_none=True)

    assert target.root == tmp_path


def test_a_path_may_be_gone_from_the_disk(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": ""})

    (target,) = find_targets([tmp_path / "gone/x.py"], may_be_missing=True)

    assert (target.root, target.paths) == (tmp_path, ("gone/x.py",))


def test_a_given_configuration_is_used_instead_of_the_nearest(tmp_path: Path) -> None:
    write_tree(tmp_path, {"app/layercheck.toml": "exhaustive = true\n", "ours.toml": "", "app/x.py": ""})

    target = find_target([tmp_path / "app"], configuration=tmp_path / "ours.toml")

    assert target.root == tmp_path
    assert target.loaded.configuration.exhaustive is False


def test_a_configuration_that_lies_elsewhere(tmp_path: Path) -> None:
    write_tree(tmp_path, {"conf/ours.toml": "", "project/.git/config": "", "project/app/x.py": ""})

    target = find_target([tmp_path / "project"], configuration=tmp_path / "conf" / "ours.toml")

    assert target.root == tmp_path / "project"
    assert target.configuration_path == "../conf/ours.toml"


def test_a_folder_that_the_configuration_excludes_is_a_project_of_its_own(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "layercheck.toml": 'exclude = ["fixtures/"]\n',
            "fixtures/shop/requirements.txt": "",
            "fixtures/shop/x.py": "",
        },
    )

    target = find_target([tmp_path / "fixtures" / "shop"])

    assert (target.root, target.paths, target.loaded.path) == (tmp_path / "fixtures" / "shop", (), None)


def test_what_the_command_line_says_is_laid_over_the_file(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": 'select = ["LC101"]\n'})

    target = find_target([tmp_path], overrides={"select": ["LC102"]})

    assert target.loaded.configuration.select == ("LC102",)


def test_mistakes_of_file_and_command_line_are_told_at_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": 'exclud = ["x"]\nexhaustive = 1\n'})

    with pytest.raises(ConfigurationError) as caught:
        find_target([tmp_path], overrides={"select": ["LC999"]})

    text = str(caught.value)
    assert f"{tmp_path / 'layercheck.toml'}:1: exclud:" in text
    assert f"{tmp_path / 'layercheck.toml'}:2: exhaustive:" in text
    assert "--select:" in text
    assert len(caught.value.problems) == 3


def test_links_on_the_way_to_the_project_are_kept(tmp_path: Path) -> None:
    write_tree(tmp_path, {"real/layercheck.toml": "", "real/x.py": ""})
    (tmp_path / "link").symlink_to("real")

    target = find_target([tmp_path / "link" / "x.py"])

    assert (target.root, target.paths) == (tmp_path / "link", ("x.py",))
    assert os.path.realpath(target.root) == str(tmp_path / "real")


_UNMARKED = {
    "app/users/service.py": "from app.orders.api import x\n",
    "app/users/models/user.py": "from ...orders import api\n",
    "app/orders/api.py": "",
    "app/orders/service.py": "from app.orders.api import x\n",
    "notes/users/notes.py": "from notes.app import x\n",
}


@pytest.mark.parametrize(
    ("named", "root"),
    [
        ("app/users", ""),
        ("app/users/service.py", ""),
        ("app/users/models", "app"),
        # What these import lies in them, or nowhere.
        ("app", "app"),
        ("app/orders", "app/orders"),
        ("notes/users", "notes/users"),
    ],
)
def test_a_folder_that_nothing_marks_belongs_to_what_its_imports_name(tmp_path: Path, named: str, root: str) -> None:
    write_tree(tmp_path, _UNMARKED)

    with chdir("/"):
        target = find_target([tmp_path / named])

    assert target.root == tmp_path / root


def test_a_file_in_the_current_folder_belongs_to_what_the_folder_imports(tmp_path: Path) -> None:
    write_tree(tmp_path, _UNMARKED)

    with chdir(tmp_path / "app/users"):
        assert find_target([Path("service.py")]).root == tmp_path
        assert find_target([]).root == tmp_path


def test_folders_of_several_projects_without_configuration_are_projects_of_their_own(tmp_path: Path) -> None:
    for name in ("billing", "catalog"):
        (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / name / "app.py").touch()

    targets = find_targets([tmp_path / "billing", tmp_path / "catalog"])

    assert [(target.root, target.paths) for target in targets] == [
        (tmp_path / "billing", ()),
        (tmp_path / "catalog", ()),
    ]


def test_names_of_rules_are_checked_before_rules_run_where_that_was_put_off(tmp_path: Path) -> None:
    write_project(tmp_path, {"app/a.py": ""}, 'select = ["LC101", "LC999"]\n')

    (target,) = find_targets([tmp_path], puts_off_rules=True)

    with pytest.raises(ConfigurationError, match="LC999"):
        target.loaded.require_rules()
    with pytest.raises(ConfigurationError, match="LC999"):
        check(target, CheckOptions())
    with pytest.raises(ConfigurationError, match="LC999"):
        find_targets([tmp_path])


def test_all_mistakes_are_reported_at_once_although_the_names_of_rules_could_wait(tmp_path: Path) -> None:
    write_project(tmp_path, {"app/a.py": ""}, 'select = ["LC999"]\nlayer = ["api"]\n')

    with pytest.raises(ConfigurationError) as caught:
        find_targets([tmp_path], puts_off_rules=True)

    assert len(caught.value.problems) == 2
