from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.flask.flask_backends import BLUEPRINT, check_flask

if TYPE_CHECKING:
    from pathlib import Path

APP = "from flask import Flask\nfrom shop.views import users\napp = Flask(__name__)\napp.register_blueprint(users.bp)\n"
ITEMS = {"shop/app.py": APP, "shop/views/users.py": BLUEPRINT, "shop/views/items.py": BLUEPRINT}
VIEWS = "from flask import request\nfrom shop.items import bp\n@bp.route('/items')\ndef items(): ...\n"


def _blueprints(root: Path, files: dict[str, str]) -> list[str]:
    report = check_flask(root, "LC601", files)
    assert not report.failures
    return [f"{each.location.path} {each.object}" for each in report.findings]


def test_nobody_imports_it(tmp_path: Path) -> None:
    files = {**ITEMS, "tests/test_items.py": "from shop.views.items import bp\n"}

    assert _blueprints(tmp_path, files) == ["shop/views/items.py bp"]


@pytest.mark.parametrize(
    "maker",
    [
        "from quart import Blueprint as B\nbp = B('x', __name__)\n",
        "import flask\nbp: flask.Blueprint = flask.Blueprint('x', __name__)\n",
        "from apiflask import APIBlueprint\nbp = APIBlueprint('x', __name__)\n",
        "from flask_smorest import Blueprint\nbp = Blueprint('x', __name__)\n",
        "from flask_restx import Namespace\nbp = Namespace('x')\n",
    ],
)
def test_every_kind_of_blueprint(tmp_path: Path, maker: str) -> None:
    assert _blueprints(tmp_path, {**ITEMS, "shop/views/items.py": maker}) == ["shop/views/items.py bp"]


@pytest.mark.parametrize("call", ["register_errors(bp)", "csrf.exempt(bp)", "CORS(bp)", "cors.init_app(bp)", "Api(bp)"])
def test_what_only_equips_a_blueprint_does_not_register_it(tmp_path: Path, call: str) -> None:
    text = f"{BLUEPRINT}from shop.tools import *\n{call}\n"

    assert _blueprints(tmp_path, {**ITEMS, "shop/views/items.py": text}) == ["shop/views/items.py bp"]


def test_modules_that_only_write_views_under_it_do_not_register_it(tmp_path: Path) -> None:
    package = BLUEPRINT + "from shop.items import views\n"
    files = {**ITEMS, "shop/views/items.py": "", "shop/items/__init__.py": package, "shop/items/views.py": VIEWS}

    assert _blueprints(tmp_path, files) == ["shop/items/__init__.py bp"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"shop/main.py": "from shop.items import bp\n"}, "somebody imports it"),
        ({"shop/main.py": "from shop.items import views\nuse(views.bp)\n"}, "it can be had from where its views are"),
        ({"shop/items/views.py": VIEWS + "print(bp)\n"}, "its views do more with it"),
        ({"shop/items/views.py": VIEWS + "bp.register(app, {})\n"}, "it registers itself"),
    ],
)
def test_a_package_of_views_may_be_registered(tmp_path: Path, files: dict[str, str], why: str) -> None:
    package = BLUEPRINT + "from shop.items import views\n"
    base = {**ITEMS, "shop/views/items.py": "", "shop/items/__init__.py": package, "shop/items/views.py": VIEWS}

    assert _blueprints(tmp_path, base | files) == [], why


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"shop/main.py": "from shop.views import items\n"}, "main imports the module"),
        ({"shop/views/__init__.py": "from .items import *\n"}, "the package passes it on"),
        ({"shop/main.py": "import importlib\nimportlib.import_module(name)\n"}, "nobody knows what is imported"),
        ({"shop/main.py": "from werkzeug.utils import import_string\nimport_string(name)\n"}, "the same"),
        ({"shop/views/items.py": BLUEPRINT + "from shop.app import app\napp.register_blueprint(bp)\n"}, "itself"),
        ({"shop/views/items.py": BLUEPRINT + "publish(bp)\n"}, "a function that may register it"),
        ({"shop/views/items.py": "def load(app):\n    " + BLUEPRINT.replace("\n", "\n    ")}, "it is made in a call"),
    ],
)
def test_it_may_be_registered(tmp_path: Path, files: dict[str, str], why: str) -> None:
    assert _blueprints(tmp_path, ITEMS | files) == [], why


def test_a_library_of_blueprints_registers_none(tmp_path: Path) -> None:
    assert _blueprints(tmp_path, {"shop/views/items.py": BLUEPRINT}) == []
