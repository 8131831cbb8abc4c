"""What a report says that it has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
    "crawler/spider.py": "",
    "crawler/deep/queue.py": "",
    "load.py": "",
    "tests/test_users.py": "",
}


def test_what_lies_outside_of_applications_is_counted(tmp_path: Path) -> None:
    coverage = check_tree(tmp_path, FILES).coverage

    assert [each.path for each in coverage.applications] == ["app"]
    assert coverage.outside == {"crawler/": 2, "load.py": 1}


def test_the_verdict_does_not_speak_for_it(tmp_path: Path) -> None:
    out = run_here("check", "--no-cache", write_project(tmp_path, FILES)).out

    assert "not judged, in no application: 3 modules" in out
    assert "; not judged: 3 in no application" in out


def test_what_imports_and_is_not_read_is_counted(tmp_path: Path) -> None:
    root = write_project(tmp_path, FILES)
    assert "not checked" not in run_here("check", root).out
    write_project(root, {"app/models/fast.pyx": "", "a.ipynb": "", "b.ipynb": "", "c.ipynb": ""})
    (root / "again").symlink_to("app")

    many = run_here("check", root).out
    every = run_here("check", "-v", root).out

    assert (
        "not checked: imports through 1 linked folder, in 3 notebooks, in 1 Cython module"
        f" ({root}/a.ipynb, {root}/again, {root}/app/models/fast.pyx and 2 more)\n"
    ) in many
    assert f"{root}/b.ipynb, {root}/c.ipynb)\n" in every


def test_layers_that_are_modules_are_counted_as_well(tmp_path: Path) -> None:
    configuration = 'layers = ["app.web", "app.data"]\n'
    files = {"app/__init__.py": "", "app/web.py": "import app.data\n", "app/data.py": "", "app/glue.py": "X = 1\n"}
    beside = {f"app/{role}/{role}.py": "X = 1\n" for role in ("api", "services", "models")}

    alone = run_here("check", "--no-cache", write_project(tmp_path / "a", files, configuration)).out
    with_roles = run_here("check", "--no-cache", write_project(tmp_path / "b", files | beside, configuration)).out

    assert "configured: 1 app.data, 1 app.web, 1 without a role" in alone
    assert "1 app.data, 1 app.web" in with_roles
    assert "app (layered): 0" not in with_roles


def test_roles_in_no_application_are_not_called_configured(tmp_path: Path) -> None:
    files = {f"lib/parts/p{number}.py": "X = 1\n" for number in range(40)}
    files |= {"lib/parts/users/models/user.py": "", "lib/parts/users/schemas/user.py": "from ..models import user\n"}
    out = run_here("check", "--no-cache", write_project(tmp_path, files)).out

    assert "no application recognised: 1 models, 1 schemas" in out
    assert "configured" not in out


def test_roles_of_the_configuration_are_counted(tmp_path: Path) -> None:
    assert check_tree(tmp_path, FILES, '[roles]\nservices = ["app.models"]\n').coverage.applications[0].roles == {
        "api": 1,
        "services": 2,
    }


API = """
from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.orm import Session

router = APIRouter()


@router.get("/")
def read(session: Session) -> list[str]:
    return list(session.scalars(text("select name from users")))
"""


def test_a_convention_that_does_not_hold_stands_down(tmp_path: Path) -> None:
    files = FILES | {f"app/api/users{at}.py": API for at in range(3)}

    (stood_down,) = check_tree(tmp_path / "a", files).coverage.stood_down
    out = run_here("check", "--no-cache", write_project(tmp_path / "b", files)).out
    in_full = run_here("check", "--no-cache", "-v", tmp_path / "b").out

    assert (stood_down.code, stood_down.application) == ("LC305", "app")
    assert stood_down.reason == "3 of 4 modules of `api` query the database directly"
    assert "stood down, as most of the code does otherwise or roles are only likely: LC305 (counts: -v)" in out
    assert "LC305 query-in-api stood down in " in in_full
    assert "/app: 3 of 4 modules of `api` query the database directly" in in_full


def test_a_cached_report_still_says_so(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES | {f"app/api/users{at}.py": API for at in range(3)})

    first, second = run_here("check", project).out, run_here("check", project).out

    assert "LC305 (counts: -v)" in first
    assert second == first


def test_nothing_is_kept_where_the_order_is_empty(tmp_path: Path) -> None:
    upward = {"app/models/user.py": "import app.api.users\n"}
    out = run_here("check", "--ignore", "LC150", write_project(tmp_path, FILES | upward, "layers = []\n")).out

    assert out.splitlines()[-1] == "Checked 7 modules; no order of layers was judged."


@pytest.mark.parametrize(
    ("selected", "verdict"),
    [
        ("LC101", "All 3 modules keep the layers."),
        ("LC2,LC101", "All 3 modules keep the layers."),
        ("LC501", "Checked 3 modules; no order of layers was judged."),
    ],
)
def test_layers_are_kept_only_where_a_rule_looked(tmp_path: Path, selected: str, verdict: str) -> None:
    project = write_project(tmp_path, {path: text for path, text in FILES.items() if path.startswith("app/")})

    outs = [run_here("check", "--select", selected, project).out for _ in range(2)]  # the second one from the cache

    assert [out.splitlines()[-1] for out in outs] == [verdict, verdict]


HEXAGON = {
    "app/main.py": "",
    "app/domain/order.py": "class Order: ...\n",
    "app/application/place.py": "import app.domain.order\n",
    "app/infrastructure/api/orders.py": "import app.application.place\n",
    "app/infrastructure/db/orders.py": "import app.domain.order\n",
    "app/shared/utils/text.py": "def slug(text): ...\n",
    "app/shared/utils/dates.py": "def today(): ...\n",
}


def test_what_lies_in_no_ring_of_a_hexagon_is_counted(tmp_path: Path) -> None:
    report = check_tree(tmp_path / "a", HEXAGON)
    root = write_project(tmp_path / "b", HEXAGON)
    out = run_here("check", "--no-cache", root).out

    assert report.coverage.layout == "hexagonal"
    assert report.coverage.without_layer == {"app/shared/": 2}
    assert "not judged, in no layer: 2 modules" in out
    assert "; not judged: 2 in no layer" in out
    assert "Not judged, as the role is none of the layers in force: 2 modules." in run_here("roles", root).out
