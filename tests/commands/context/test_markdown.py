from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layercheck.commands.context.markdown import MOST_LINES, write_context
from layercheck.engine.build import open_project
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.running import write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXTURES = Path(__file__).parents[3] / "fixtures"
APP = {
    "app/__init__.py": "",
    "app/main.py": "",
    "app/api/users.py": "",
    "app/api/orders.py": "",
    "app/services/user_service.py": "",
    "app/services/order_service.py": "",
    "app/models/user.py": "",
}


def _context(root: Path) -> str:
    return write_context(open_project(find_target([root]), CheckOptions()).project)


def _places(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("- ") and "layercheck" not in line]


def _rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| `")]


def _write(root: Path, files: Mapping[str, str], configuration: str = "") -> str:
    return _context(write_project(root, files, configuration))


def test_the_rings_of_a_hexagon_are_where_their_folders_are(tmp_path: Path) -> None:
    files = {
        f"shop/{feature}/{path}": ""
        for feature in ("users", "orders")
        for path in ("domain/entity.py", "use_cases/change.py", "adapters/api.py", "adapters/tables.py")
    }
    text = _write(tmp_path, {"shop/main.py": "", **files})

    assert _rows(text) == [
        "| `main` | `shop/main.py` | `adapters`, `application`, `domain` |",
        "| `adapters` | `shop/*/adapters/` | `application`, `domain` |",
        "| `application` | `shop/*/use_cases/` | `domain` |",
        "| `domain` | `shop/*/domain/` | no layer |",
    ]


def test_a_layered_application(tmp_path: Path) -> None:
    text = _write(tmp_path, APP)

    assert "main > api > services > models : db" in text
    assert _rows(text) == [
        "| `main` | `app/main.py` | `api`, `services` |",
        "| `api` | `app/api/` | `services` |",
        "| `services` | `app/services/` | `models` |",
        "| `models` | `app/models/` | no layer |",
    ]
    assert _places(text) == [
        "- endpoint: `app/api/NAME.py`",
        "- service: `app/services/NAME_service.py`",
        "- model: `app/models/NAME.py`",
        "- schema: `app/schemas/NAME.py` (the first one)",
        "- helper: `app/utils/NAME.py` (the first one)",
        "- setting: `app/config.py` (the first one)",
    ]


def test_features_and_flat_files_have_names_instead_of_folders() -> None:
    assert _places(_context(FIXTURES / "feature-first")) == [
        "- endpoint: `app/*/router.py`",
        "- service: `app/*/service.py`",
        "- model: `app/*/models.py`",
        "- query: `app/*/repository.py`",
        "- schema: `app/*/schemas.py`",
        "- helper: `app/*/utils.py` (the first one)",
        "- setting: `app/settings.py`",
    ]
    assert _places(_context(FIXTURES / "flat"))[:4] == [
        "- endpoint: `routes.py`",
        "- service: `services.py`",
        "- model: `models.py`",
        "- query: `crud.py`, `database.py`",
    ]


def test_folders_of_one_name_in_every_feature(tmp_path: Path) -> None:
    files = {
        f"app/modules/{feature}/{folder}/{name}.py": ""
        for feature in ("users", "orders", "bills")
        for folder in ("api", "services", "models")
        for name in ("one", "two")
    }

    assert _places(_write(tmp_path, files))[:3] == [
        "- endpoint: `app/modules/*/api/NAME.py`",
        "- service: `app/modules/*/services/NAME.py`",
        "- model: `app/modules/*/models/NAME.py`",
    ]


def test_what_stands_deeper_is_found_where_it_stands(tmp_path: Path) -> None:
    nested = {f"app/api/v1/endpoints/e{number}.py": "" for number in range(3)}

    assert "- endpoint: `app/api/v1/endpoints/NAME.py`" in _write(tmp_path, APP | nested)


def test_folders_inside_of_a_layer_are_no_home_of_their_own(tmp_path: Path) -> None:
    parted = {
        f"app/services/{part}/s{number}_service.py": "" for part in ("mail", "pay", "ship") for number in range(3)
    }

    assert "- service: `app/services/NAME_service.py`" in _write(tmp_path, APP | parted)


def test_a_name_that_many_features_share_stands_for_the_layer(tmp_path: Path) -> None:
    features = {
        f"app/{part}/{name}.py": "" for part in ("mail", "pay", "ship") for name in ("service", "models", "api")
    }
    others = {f"app/{part}/views.py": "" for part in ("pay",)} | {"app/mail/routes.py": "", "app/main.py": ""}

    assert "- endpoint: `app/*/api.py`" in _write(tmp_path, features | others)


def test_settings_are_where_they_are_called_so(tmp_path: Path) -> None:
    files = {"app/core/config.py": "", "app/logging_config.py": "", "app/alembic/env.py": "", "app/config/a.py": ""}

    assert "- setting: `app/core/config.py`" in _write(tmp_path, APP | files)


def test_names_count_before_contents(tmp_path: Path) -> None:
    table = "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase): ...\n\n\nclass A(Base):\n    __tablename__ = 'a'\n"
    elsewhere = {f"app/sync/t{number}.py": table for number in range(5)}

    text = _write(tmp_path, APP | elsewhere)

    assert "| `models` | `app/models/` |" in text
    assert "- model: `app/models/NAME.py`" in text


def test_layers_of_a_configuration_are_told_by_its_words(tmp_path: Path) -> None:
    files = {"tool/a/x.py": "", "tool/a/deep/y.py": "", "tool/b.py": "", "tool/c/z.py": ""}

    text = _write(tmp_path, files, 'layers = ["tool.a", "tool.b | tool.c"]\n')

    assert "tool.a > tool.b | tool.c" in text
    assert _rows(text) == [
        "| `tool.a` | `tool/a/` | `tool.b`, `tool.c` |",
        "| `tool.b` | `tool/b.py` | no layer |",
        "| `tool.c` | `tool/c/z.py` | no layer |",
    ]
    assert _places(text) == []


def test_several_applications_have_a_heading_each() -> None:
    text = _context(FIXTURES / "two-roots")

    assert [line for line in text.splitlines() if line.startswith("### ")] == ["### `billing/app`", "### `catalog/app`"]
    assert text.count("\n") <= MOST_LINES


@pytest.mark.parametrize("count", [3, 12])
def test_of_many_applications_the_largest_are_shown_and_others_named(tmp_path: Path, count: int) -> None:
    for number in range(count):
        write_tree(tmp_path, {f"backend{number}/{path}": text for path, text in APP.items()})
    extra = {f"backend1/app/api/more{number}.py": "" for number in range(4)}

    text = _write(tmp_path, extra)

    assert "### `backend1/app`" in text
    assert "The same holds in `backend" in text
    assert text.count("\n") <= MOST_LINES


def test_many_layers_do_not_make_it_long(tmp_path: Path) -> None:
    layers = [f"tool.p{number:02}" for number in range(50)]

    text = _write(tmp_path, {f"tool/p{number:02}.py": "" for number in range(50)}, f"layers = {layers}\n")

    assert text.count("\n") <= MOST_LINES
    assert "| `tool.p00` | `tool/p00.py` | `tool.p01` and all rows below it |" in text
    assert "| 22 more | |" in text


@pytest.mark.parametrize(
    "name", sorted(path.name for path in FIXTURES.iterdir() if path.is_dir() and path.name != "plugin")
)
def test_no_fixture_is_long(name: str) -> None:
    text = _context(FIXTURES / name)

    assert text.count("\n") <= MOST_LINES
    assert all(line.count("|") in {0, 4} for line in text.splitlines() if line.startswith("|"))


def test_one_more_module_of_a_kind_changes_nothing(tmp_path: Path) -> None:
    before = _write(tmp_path, APP)

    write_tree(tmp_path, {"app/api/aaa.py": "", "app/services/a_service.py": "", "app/models/zzz.py": ""})

    assert _context(tmp_path) == before
