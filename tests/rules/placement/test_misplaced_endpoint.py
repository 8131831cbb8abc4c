from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree

if TYPE_CHECKING:
    from pathlib import Path

ROUTER = "from fastapi import APIRouter\nrouter = APIRouter()\n"
API = ROUTER + '@router.get("/users")\ndef read_users(): ...\n\n@router.post("/users")\ndef add_user(): ...\n'
SHOP = {"app/api/users.py": API, "app/services/users.py": "", "app/models/user.py": ""}


def _found(root: Path, files: dict[str, str], configuration: str = "") -> list[str]:
    report = check_tree(root, {**SHOP, **files}, configuration, select=["LC301"])
    return [f"{each.subject}:{each.object}" for each in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        ROUTER + '@router.get("/reports")\ndef report(): ...\n',
        ROUTER + '@router.get("")\nasync def report(): ...\n',
        'from fastapi import Depends\nfrom app.web import router\n@router.get(\n    "/reports"\n)\ndef report(): ...\n',
        'from fastapi import Depends\nfrom app.web import router\n@router.get(path="/reports")\ndef report(): ...\n',
        ROUTER + '@(\n    router\n    .get("/reports")\n)\ndef report(): ...\n',
        'from fastapi import Depends\nfrom app.web import make\n@make(\n    1\n).get("/reports")\ndef report(): ...\n',
        ROUTER + '@router \\\n    .get("/reports")\ndef report(): ...\n',
        'import flask as f\nbp = f.Blueprint("a", __name__)\n@bp.route("/reports")\ndef report(): ...\n',
        'import flask\nfrom app.web import bp\n@bp.route("/reports")\ndef report(): ...\n',
        'from litestar import get\n@get("/reports")\nasync def report() -> str: ...\n',
        'from rest_framework.decorators import api_view\n@api_view(["GET"])\ndef report(request): ...\n',
        "from rest_framework import viewsets\nclass report(viewsets.ModelViewSet): ...\n",
        "from rest_framework.views import APIView\nclass report(APIView): ...\n",
        "from flask.views import MethodView\nclass report(MethodView): ...\n",
        'from aiohttp import web\nroutes = web.RouteTableDef()\n@routes.get("/reports")\nasync def report(request): ...\n',
    ],
)
def test_endpoints_of_every_framework_are_seen_in_services(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, {"app/services/reports.py": text}) == ["app.services.reports:report"]


@pytest.mark.parametrize(
    "text",
    [
        "import fastapi\nfrom unittest import mock\n@mock.patch('app.x')\ndef report(): ...\n",
        "import fastapi\nimport functools\n@functools.lru_cache(1)\ndef report(): ...\n",
        'import fastapi, httpx\nclient = httpx.Client()\ndef report():\n    return client.get("/reports")\n',
        "from fastapi import FastAPI\ndef install(app: FastAPI):\n    @app.exception_handler(404)\n    def report(): ...\n",
        "from rest_framework.views import APIView\nclass BaseReport(APIView): ...\n",
        "from rest_framework.views import APIView\nclass ReportMixin(APIView): ...\n",
        "import fastapi\n@cache.get\ndef report(): ...\n",
        'import fastapi\n@cache.get("reports")\ndef report(): ...\n',
    ],
)
def test_what_answers_no_request_is_fine_anywhere(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, {"app/services/reports.py": text}) == []


def test_a_health_check_may_stand_in_the_entry_point_and_in_wiring(tmp_path: Path) -> None:
    text = 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/health")\ndef health(): ...\n'

    assert _found(tmp_path, {"app/main.py": text, "app/middleware.py": text, "app/server.py": text}) == []


def test_in_a_module_without_a_role_it_is_an_exception_where_the_others_stand_in_api(tmp_path: Path) -> None:
    stray = {"app/health.py": ROUTER + '@router.get("/health")\ndef health(): ...\n'}

    assert _found(tmp_path, stray) == ["app.health:health"]


def test_in_modules_without_a_role_it_is_the_convention_where_there_are_many(tmp_path: Path) -> None:
    files = {f"app/{name}.py": API for name in ("orders", "carts", "mails")}

    assert _found(tmp_path, files) == []
    assert len(_found(tmp_path, files, "[rules.misplaced-endpoint]\nshare = 0.2\n")) == 6


def test_what_a_factory_defines_belongs_to_the_application(tmp_path: Path) -> None:
    text = ROUTER + 'def setup(app):\n    @router.get("/docs")\n    def docs(): ...\n    app.include_router(router)\n'

    assert _found(tmp_path, {"app/core/setup.py": text}) == []


def test_an_application_with_most_endpoints_elsewhere_has_another_convention(tmp_path: Path) -> None:
    assert _found(tmp_path, {"app/services/orders.py": API + API.replace("_user", "_order")}) == []


def test_tests_and_migrations_are_left_alone(tmp_path: Path) -> None:
    assert _found(tmp_path, {"app/tests/test_users.py": API, "app/migrations/first.py": API}) == []


def test_the_message_and_the_way_out(tmp_path: Path) -> None:
    text = ROUTER + '@router.get("/reports")\ndef report(): ...\n'

    (found,) = check_tree(tmp_path, {**SHOP, "app/services/reports.py": text}, select=["LC301"]).findings

    assert found.message == "the endpoint `report` is in `services`, not in `api`"
    assert found.notes[0] == "2 of 3 endpoints of this application are in `api`"
    assert found.notes[1].startswith("help: ")


def test_an_endpoint_that_a_test_makes_is_part_of_the_test(tmp_path: Path) -> None:
    test = ROUTER + '\ndef test_it():\n    @router.get("/x")\n    def report(): ...\n'

    assert _found(tmp_path, {"app/services/reports_test.py": test, "app/services/reports.py": test}) == []
