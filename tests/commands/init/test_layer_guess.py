from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.init.layer_guess import guess_layers
from tests.running import make_project

if TYPE_CHECKING:
    from pathlib import Path

FOUR = {
    "shop/inbound/http.py": "from shop.core import buy\n",
    "shop/inbound/shell.py": "from shop.core import sell\n",
    "shop/core/buy.py": "import shop.outbound.disk\n",
    "shop/core/sell.py": "import shop.outbound.disk\n",
    "shop/outbound/disk.py": "",
    "shop/outbound/mail.py": "",
}


def test_who_is_imported_stands_below_who_imports(tmp_path: Path) -> None:
    guess = guess_layers(make_project(tmp_path, FOUR))

    assert guess is not None
    assert guess.lines == ("shop.inbound", "shop.core", "shop.outbound")
    assert guess.against == 0


def test_the_weaker_direction_of_a_circle_of_three_goes_against_the_order(tmp_path: Path) -> None:
    back = {"shop/outbound/mail.py": "import shop.inbound.http\n"}

    guess = guess_layers(make_project(tmp_path, FOUR | back))

    assert guess is not None
    assert guess.lines == ("shop.inbound", "shop.core", "shop.outbound")
    assert guess.against == 1


def test_two_that_import_each_other_share_a_level(tmp_path: Path) -> None:
    back = {"shop/outbound/mail.py": "import shop.core.buy\n"}

    guess = guess_layers(make_project(tmp_path, FOUR | back))

    assert guess is not None
    assert guess.lines == ("shop.inbound", "shop.core : shop.outbound")
    assert guess.against == 0


def test_siblings_that_ignore_each_other_are_independent(tmp_path: Path) -> None:
    files = {
        "shop/web/a.py": "import shop.core.a\n",
        "shop/web/b.py": "",
        "shop/jobs/a.py": "import shop.core.a\n",
        "shop/jobs/b.py": "",
        "shop/core/a.py": "",
        "shop/core/b.py": "",
    }

    guess = guess_layers(make_project(tmp_path, files))

    assert guess is not None
    assert guess.lines == ("shop.jobs | shop.web", "shop.core")


def test_many_features_in_one_folder_are_no_layers(tmp_path: Path) -> None:
    features = {f"shop/features/f{number}/{name}.py": "" for number in range(50) for name in "ab"}
    others = {"shop/web/a.py": "import shop.features.f1.a\n", "shop/web/b.py": ""}

    guess = guess_layers(make_project(tmp_path, features | others))

    assert guess is not None
    assert guess.lines == ("shop.web", "shop.features")


def test_tests_have_no_say(tmp_path: Path) -> None:
    tests = {f"tests/test_{number}.py": "import shop.core.buy\n" for number in range(20)}

    guess = guess_layers(make_project(tmp_path, FOUR | tests))

    assert guess is not None
    assert guess.lines == ("shop.inbound", "shop.core", "shop.outbound")


def test_modules_of_a_flat_project_are_taken_for_layers(tmp_path: Path) -> None:
    guess = guess_layers(
        make_project(tmp_path, {"start.py": "import work\n", "work.py": "import disk\n", "disk.py": ""})
    )

    assert guess is not None
    assert guess.lines == ("start", "work", "disk")


def test_a_folder_called_like_a_role_is_written_as_modules(tmp_path: Path) -> None:
    files = {
        "api/a.py": "import core.a\n",
        "api/b.py": "",
        "core/a.py": "import disk.a\n",
        "core/b.py": "",
        "disk/a.py": "",
        "disk/b.py": "",
    }

    guess = guess_layers(make_project(tmp_path, files))

    assert guess is not None
    assert guess.lines == ("api.**", "core", "disk")


@pytest.mark.parametrize(
    "files",
    [
        {"alone.py": ""},
        {"shop/a.py": "", "shop/b.py": ""},
        {"one.py": "import two\n", "two.py": "import one\n"},
        {"my-app/one.py": "", "your-app/two.py": ""},
    ],
    ids=["one-module", "no-imports", "a-circle", "no-packages"],
)
def test_where_imports_tell_nothing_there_is_no_guess(tmp_path: Path, files: dict[str, str]) -> None:
    assert guess_layers(make_project(tmp_path, files)) is None
