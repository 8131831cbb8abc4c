from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests.repositories import GitRepository
from tests.running import run_here

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHOP = {
    "layercheck.toml": "",
    "pyproject.toml": "[tool.pytest.ini_options]\n",
    "README.md": "# Shop\n",
    "app/__init__.py": "",
    "app/api/__init__.py": "",
    "app/api/users.py": "from app.services import users\n",
    "app/services/__init__.py": "",
    "app/services/users.py": "def find(): ...\n",
    "app/services/orders.py": "def order(): ...\n",
    "tests/conftest.py": "",
    "tests/test_api.py": "from app.api import users\n",
    "tests/test_orders.py": "from app.services.orders import order\n",
    "tests/unit/conftest.py": "from app.services import orders\n",
    "tests/unit/test_nothing.py": "def test_nothing(): ...\n",
}
ALL = {"tests/test_api.py", "tests/test_orders.py", "tests/unit/test_nothing.py"}


def affected(root: Path, *options: str) -> tuple[set[str], str]:
    with chdir(root):
        outcome = run_here("affected", "--since", "HEAD", *options)
    assert outcome.code == 0, outcome.err
    return set(outcome.out.split()), outcome.err


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"app/services/users.py": "x = 1\n"}, {"tests/test_api.py"}),
        ({"app/api/users.py": "x = 1\n"}, {"tests/test_api.py"}),
        # What a conftest.py imports, the tests below it depend on.
        ({"app/services/orders.py": "x = 1\n"}, {"tests/test_orders.py", "tests/unit/test_nothing.py"}),
        ({"tests/test_api.py": "x = 1\n"}, {"tests/test_api.py"}),
        ({"tests/unit/conftest.py": "x = 1\n"}, {"tests/unit/test_nothing.py"}),
        ({"tests/conftest.py": "x = 1\n"}, ALL),
        # To import a module is to run the packages around it.
        ({"app/services/__init__.py": "x = 1\n"}, ALL),
        ({"app/new.py": "x = 1\n"}, set()),
        ({"tests/test_new.py": ""}, {"tests/test_new.py"}),
    ],
)
def test_the_tests_that_a_change_can_reach_are_listed(
    tmp_path: Path, change: Mapping[str, str], expected: set[str]
) -> None:
    GitRepository.make(tmp_path, SHOP).write(change)

    assert affected(tmp_path)[0] == expected


@pytest.mark.parametrize(
    ("text", "is_test"),
    [
        ("def wait_for_database(): ...\n", False),
        ("", False),
        ("def test_it(): ...\n", True),
        ("class ShopCase(TestCase): ...\n", True),
        ("from app.cases import *\n", True),
    ],
)
@pytest.mark.parametrize("name", ["app/tests.py", "app/tests_pre_start.py"])
def test_a_file_that_only_looks_like_tests_is_none(tmp_path: Path, name: str, text: str, is_test: bool) -> None:
    GitRepository.make(tmp_path, SHOP | {name: "import app.api.users\n" + text}).write({"app/api/users.py": "x = 1\n"})

    assert (name in affected(tmp_path)[0]) is is_test


def test_the_file_through_which_most_tests_load_a_change_is_named(tmp_path: Path) -> None:
    files = SHOP | {"tests/conftest.py": "from app.api import users\n"}
    GitRepository.make(tmp_path, files).write({"app/services/users.py": "x = 1\n"})

    selected, notes = affected(tmp_path)

    assert selected == ALL
    assert "3 test files load tests/conftest.py -> app/api/users.py -> app/services/users.py\n" in notes


def test_without_a_change_a_warning_says_what_pytest_would_do(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP)

    assert "no test is affected; pytest without arguments would run all of them" in affected(tmp_path)[1]


def test_a_file_that_is_no_module_selects_all_tests_unless_it_is_left_out(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP).write({"README.md": "new", "app/prices.json": "{}"})

    found, notes = affected(tmp_path)

    assert found == ALL
    assert "any test may read files that are no modules of the project: README.md, app/prices.json" in notes
    assert affected(tmp_path, "--ignore", "*.md", "--ignore", "app/*.json")[0] == set()


def test_a_file_that_was_only_touched_did_not_change(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP)
    (tmp_path / "README.md").write_text("# Shop\n")
    (tmp_path / "app/services/users.py").write_text("def find(): ...\n")

    assert affected(tmp_path)[0] == set()


def test_whoever_imported_a_deleted_file_is_affected(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP)
    (tmp_path / "app/services/users.py").unlink()

    found, notes = affected(tmp_path)

    assert found == {"tests/test_api.py"}
    assert "deleted: app/services/users.py; every file that imports something of that name counts" in notes


def test_a_deleted_package_affects_all_that_was_in_it(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP)
    (tmp_path / "app/services/__init__.py").unlink()

    assert affected(tmp_path)[0] == ALL


def test_a_deleted_conftest_affects_the_tests_below(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP)
    (tmp_path / "tests/unit/conftest.py").unlink()

    assert affected(tmp_path)[0] == {"tests/unit/test_nothing.py"}


def test_a_module_with_computed_imports_may_load_what_changed(tmp_path: Path) -> None:
    loader = "from importlib import import_module\n\n\ndef load(name):\n    return import_module(name)\n"
    repository = GitRepository.make(
        tmp_path, SHOP | {"app/loader.py": loader, "tests/test_loader.py": "from app.loader import load\n"}
    )
    repository.write({"app/services/orders.py": "x = 1\n"})

    found, notes = affected(tmp_path)

    assert "tests/test_loader.py" in found
    assert "1 more test file; app/loader.py:5 imports import_module(name): may load any module that changed" in notes


def test_a_computed_import_with_a_known_beginning_loads_what_is_below_it(tmp_path: Path) -> None:
    loader = (
        "from importlib import import_module\n\n\ndef load(name):\n    return import_module(f'app.services.{name}')\n"
    )
    repository = GitRepository.make(
        tmp_path, SHOP | {"app/loader.py": loader, "tests/test_loader.py": "from app.loader import load\n"}
    )

    repository.write({"app/api/users.py": "x = 1\n"})
    assert "tests/test_loader.py" not in affected(tmp_path)[0]

    repository.write({"app/services/orders.py": "x = 1\n"})
    assert "tests/test_loader.py" in affected(tmp_path)[0]


@pytest.mark.parametrize(
    "text",
    [
        "import pkgutil\n\nimport app\n\nNAMES = pkgutil.walk_packages(app.__path__)\n",
        "def configure(config):\n    config.scan()\n",
    ],
)
def test_a_module_that_loads_what_it_finds_may_load_what_changed(tmp_path: Path, text: str) -> None:
    repository = GitRepository.make(
        tmp_path, SHOP | {"app/finder.py": text, "tests/test_finder.py": "from app import finder\n"}
    )
    repository.write({"app/services/orders.py": "x = 1\n"})

    found, notes = affected(tmp_path)

    assert "tests/test_finder.py" in found
    assert "app/finder.py:" in notes


def test_relative_names_in_strings_count(tmp_path: Path) -> None:
    text = "def configure(config):\n    config.include('.services.orders')\n"
    repository = GitRepository.make(
        tmp_path, SHOP | {"app/setup_app.py": text, "tests/test_app.py": "from app import setup_app\n"}
    )
    repository.write({"app/services/orders.py": "x = 1\n"})

    assert "tests/test_app.py" in affected(tmp_path)[0]


@pytest.mark.parametrize(
    "text",
    [
        "from unittest.mock import patch\n\n\n@patch('app.services.orders.order')\ndef test_mail(order): ...\n",
        "pytest_plugins = ['app.services.orders']\n",
        'INSTALLED_APPS = ["app"]\n',
    ],
)
def test_modules_that_are_named_in_strings_count(tmp_path: Path, text: str) -> None:
    repository = GitRepository.make(tmp_path, SHOP | {"tests/test_text.py": text})
    repository.write({"app/services/orders.py": "x = 1\n"})

    assert "tests/test_text.py" in affected(tmp_path)[0]


def test_what_the_configuration_of_pytest_loads_affects_every_test(tmp_path: Path) -> None:
    settings = (
        "[pytest]\nDJANGO_SETTINGS_MODULE = app.settings\npython_files = check_*.py\naddopts = -q -p app.plugin\n"
    )
    repository = GitRepository.make(
        tmp_path,
        SHOP
        | {
            "pytest.ini": settings,
            "app/settings.py": "INSTALLED_APPS = ['app.services']\n",
            "app/plugin.py": "",
            "tests/check_prices.py": "",
        },
    )
    everything = ALL | {"tests/check_prices.py"}

    for path in ("app/settings.py", "app/plugin.py", "app/services/users.py"):
        repository.write({path: "x = 1\n"})
        assert affected(tmp_path)[0] == everything
        repository.git("checkout", "--quiet", "--", ".")


def test_data_in_python_files_selects_all_tests(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, SHOP | {"tests/data/sample.py": "x = 1\n"})
    repository.write({"tests/data/sample.py": "x = 2\n"})

    found, notes = affected(tmp_path)

    assert found == ALL
    assert "nothing imports them, so they may be data of tests or migrations: tests/data/sample.py" in notes


def test_a_script_affects_whoever_names_its_file(tmp_path: Path) -> None:
    run = "import subprocess\n\nsubprocess.run(['python', 'tools/load.py'])\n"
    repository = GitRepository.make(tmp_path, SHOP | {"tools/load.py": "x = 1\n", "tests/test_load.py": run})
    repository.write({"tools/load.py": "x = 2\n"})

    assert affected(tmp_path)[0] == {"tests/test_load.py"}


def test_only_the_folders_of_pytest_hold_tests(tmp_path: Path) -> None:
    files = SHOP | {"pyproject.toml": "[tool.pytest.ini_options]\ntestpaths = ['tests/unit']\n"}
    GitRepository.make(tmp_path, files).write({"README.md": "new"})

    assert affected(tmp_path)[0] == {"tests/unit/test_nothing.py"}


def test_packages_of_the_configuration_do_not_hide_the_tests(tmp_path: Path) -> None:
    files = SHOP | {"layercheck.toml": 'packages = ["app"]\n'}
    GitRepository.make(tmp_path, files).write({"app/services/users.py": "x = 1\n"})

    assert affected(tmp_path)[0] == {"tests/test_api.py"}


def test_paths_are_those_of_the_current_folder(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP).write({"app/services/users.py": "x = 1\n"})

    assert affected(tmp_path / "tests")[0] == {"test_api.py"}


def test_files_in_other_folders_of_the_repository_do_not_count(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {f"backend/{path}": text for path, text in SHOP.items()})
    repository.write({"frontend/index.html": "new", "backend/app/services/users.py": "x = 1\n"})

    found, notes = affected(tmp_path / "backend")

    assert found == {"tests/test_api.py"}
    assert "changed outside of the project, which does not count: 1 file" in notes


CLIENT = "import pytest\nfrom app.api import users\n\n\n@pytest.fixture\ndef client():\n    return users\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, {"tests/test_client.py", "tests/test_own.py"}),
        # What a helper uses, its tests use.
        ({"tests/cases.py": "class Case:\n    def test_it(self, client): ...\n"}, {"tests/test_case.py"}),
        ({"tests/unit/conftest.py": "def other(client): ...\n"}, {"tests/unit/test_other.py"}),
        (
            {"tests/test_plain.py": "def test_it(request):\n    request.getfixturevalue(NAME)\n"},
            {"tests/test_plain.py"},
        ),
        ({"tests/conftest.py": f"{CLIENT}\n\ndef pytest_configure(): ...\n"}, {"tests/test_plain.py"}),
        ({"tests/conftest.py": CLIENT.replace("fixture", "fixture(autouse=True)")}, {"tests/test_plain.py"}),
        ({"tests/conftest.py": "from tests.fixtures import *\n", "tests/fixtures.py": CLIENT}, {"tests/test_plain.py"}),
        ({"pyproject.toml": "[tool.pytest.ini_options]\nusefixtures = ['client']\n"}, {"tests/test_plain.py"}),
    ],
)
def test_tests_that_use_nothing_of_a_conftest_can_be_left_out(
    tmp_path: Path, files: Mapping[str, str], expected: set[str]
) -> None:
    tests = {
        "tests/__init__.py": "",
        "tests/conftest.py": CLIENT,
        "tests/test_client.py": "def test_it(client): ...\n",
        "tests/test_own.py": "from app.services import users\n",
        "tests/test_plain.py": "def test_it(): ...\n",
        "tests/test_case.py": "from tests.cases import Case\n",
        "tests/cases.py": "",
        "tests/unit/__init__.py": "",
        "tests/unit/conftest.py": "",
        "tests/unit/test_other.py": "def test_it(other): ...\n",
    }
    kept = {path: text for path, text in SHOP.items() if not path.startswith("tests")}
    GitRepository.make(tmp_path, kept | tests | dict(files)).write({"app/services/users.py": "x = 1\n"})

    everything, _ = affected(tmp_path)
    selected, notes = affected(tmp_path, "--conftest", "used")

    assert expected <= selected
    assert everything == {path for path in tests if "/test_" in path}
    left_out = len(everything - selected)
    assert (f"left out: {left_out} test file" in notes) is (left_out > 0)
    if not files:
        assert selected == expected


def test_a_conftest_that_changed_counts_for_all_tests_below(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP).write({"tests/conftest.py": "def unused(): ...\n"})

    assert affected(tmp_path, "--conftest", "used")[0] == ALL


def test_json_lists_the_tests_that_are_left_out(tmp_path: Path) -> None:
    files = SHOP | {"tests/conftest.py": "from app.api import users\n"}
    GitRepository.make(tmp_path, files).write({"app/api/users.py": "x = 1\n"})
    with chdir(tmp_path):
        document = run_here("affected", "--since", "HEAD", "--conftest", "used", "--output-format", "json").report

    assert document["tests"] == ["tests/test_api.py"]
    assert document["left_out"] == ["tests/test_orders.py", "tests/unit/test_nothing.py"]


def test_json_gives_the_reasons(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, SHOP).write({"README.md": "new"})
    with chdir(tmp_path):
        document = run_here("affected", "--since", "HEAD", "--output-format", "json").report

    assert set(document["tests"]) == ALL
    assert document["all_tests"] == len(ALL)
    assert any("README.md" in note for note in document["notes"])


def test_mistakes_are_explained(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {"app/a.py": "", "layercheck.toml": ""})
    with chdir(tmp_path):
        unknown = run_here("affected", "--since", "nowhere")
        without_tests = run_here("affected", "--since", "HEAD")
    repository.git("init", "--quiet")

    assert (unknown.code, without_tests.code) == (2, 2)
    assert "git knows no revision 'nowhere' here" in unknown.err
    assert "the project has no test file that is read" in without_tests.err
