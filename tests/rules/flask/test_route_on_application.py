from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.flask.flask_backends import BLUEPRINT, check_flask, places_of

if TYPE_CHECKING:
    from pathlib import Path

VIEWS = BLUEPRINT + "".join(f"@bp.get('/{name}')\ndef {name}(): ...\n" for name in ("one", "two", "three"))
BASE = {"shop/views/items.py": VIEWS}
APP = "from flask import Flask\napp = Flask(__name__)\n"
ROUTE = "@app.route('/orders')\ndef orders(): ...\n"


@pytest.mark.parametrize(
    "text",
    [
        APP + ROUTE,
        "from flask import Flask\n\n" + ROUTE.replace("app.", "Flask(__name__)."),
        "from quart import Quart\napp = Quart(__name__)\n@app.post('/orders')\ndef orders(): ...\n",
        APP + "app.add_url_rule('/orders', view_func=orders)\n",
        "from flask import Flask\ndef set_up(server: Flask):\n    server.add_url_rule('/orders', view_func=print)\n",
        "import flask\ndef set_up(app):\n    @app.route('/orders')\n    def orders(): ...\n",
    ],
)
def test_a_route_on_the_application(tmp_path: Path, text: str) -> None:
    (place,) = places_of(check_flask(tmp_path, "LC602", {**BASE, "shop/app.py": text}))

    assert place[0] == "shop/app.py"


def test_the_application_may_come_from_another_module(tmp_path: Path) -> None:
    files = {
        **BASE,
        "shop/app.py": APP,
        "shop/views/orders.py": "import flask\nfrom shop.app import app as server\n" + ROUTE.replace("@app", "@server"),
    }

    assert places_of(check_flask(tmp_path, "LC602", files)) == [("shop/views/orders.py", 3)]


@pytest.mark.parametrize(
    "path", ["/", "/health", "/healthz", "/robots.txt", "/static/<name>", "/<path:path>", "/version", "/_internal"]
)
def test_what_belongs_to_the_whole_application(tmp_path: Path, path: str) -> None:
    text = APP + ROUTE.replace("/orders", path)

    assert places_of(check_flask(tmp_path, "LC602", {**BASE, "shop/app.py": text})) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (APP + "".join(ROUTE.replace("orders", name) for name in ("a1", "b1", "c1")), "half of all are there"),
        (APP + "@cache.get('orders')\ndef orders(): ...\n", "no route"),
        (APP + "@api.route('/orders')\ndef orders(): ...\n", "nobody knows what it is on"),
        (APP + "app.add_url_rule(rule, view_func=print)\n", "nobody knows the path"),
    ],
)
def test_nothing_to_report(tmp_path: Path, text: str, why: str) -> None:
    assert places_of(check_flask(tmp_path, "LC602", {**BASE, "shop/app.py": text})) == [], why


def test_an_application_without_blueprints_has_its_routes_where_it_can(tmp_path: Path) -> None:
    assert places_of(check_flask(tmp_path, "LC602", {"shop/app.py": APP + ROUTE})) == []


def test_a_route_that_a_test_makes_is_part_of_the_test(tmp_path: Path) -> None:
    test = APP + "\ndef test_it():\n    @app.route('/orders')\n    def orders(): ...\n"

    assert places_of(check_flask(tmp_path, "LC602", {**BASE, "shop/app_test.py": test})) == []
