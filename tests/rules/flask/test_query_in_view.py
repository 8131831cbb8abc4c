from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.flask.flask_backends import BLUEPRINT, check_flask, places_of

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.report import Report

THROUGH = (
    BLUEPRINT
    + "from shop.services import users\n"
    + "".join(f"@bp.get('/{name}')\ndef {name}():\n    return users.find()\n" for name in "abcd")
)
HEAD = "from flask import Blueprint\nfrom shop.models.user import User, db\nbp = Blueprint('b', __name__)\n"
VIEW = HEAD + "@bp.get('/users')\ndef list_users():\n    "


def _check(root: Path, text: str, others: str = THROUGH, configuration: str = "") -> Report:
    files = {"shop/views/items.py": others, "shop/views/users.py": text}
    return check_flask(root, "LC603", files, configuration)


@pytest.mark.parametrize(
    "query",
    [
        "return User.query.all()",
        "return User.query.filter_by(name=1).first_or_404()",
        "return db.session.query(User).all()",
        "return db.session.execute(statement)",
        "return db.session.get(User, 1)",
        "import sqlalchemy as sa; return run(sa.select(User))",
    ],
)
def test_a_query_in_a_view(tmp_path: Path, query: str) -> None:
    report = _check(tmp_path, VIEW + query + "\n")

    assert places_of(report) == [("shop/views/users.py", 6)]
    assert report.findings[0].notes[0] == "4 of 5 views of this application leave queries to another layer"


def test_a_view_is_reported_once(tmp_path: Path) -> None:
    (finding,) = _check(tmp_path, VIEW + "User.query.all()\n    return db.session.query(User)\n").findings

    assert finding.object == "list_users"
    assert len(finding.related) == 1


@pytest.mark.parametrize(
    "text",
    [
        HEAD
        + "from flask.views import MethodView\nclass A(MethodView):\n    def get(self):\n        User.query.all()\n",
        HEAD
        + "from flask_restful import Resource\nclass A(Resource):\n    def post(self):\n        User.query.all()\n",
        HEAD + "@bp.route('/x')\nclass A(Base):\n    def put(self):\n        User.query.all()\n",
        HEAD
        + "from flask_appbuilder import expose\nclass A:\n    @expose('/x')\n    def x(self):\n        User.query.all()\n",
    ],
)
def test_methods_can_be_views(tmp_path: Path, text: str) -> None:
    assert len(places_of(_check(tmp_path, text))) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (VIEW + "return User.query.get_or_404(1)\n", "it answers the request"),
        (VIEW + "db.session.commit()\n", "when to commit may be the view's business"),
        (VIEW + "return request.session.get('user')\n", "another session"),
        (VIEW + "return Other.query.all()\n", "nobody knows that it is a table"),
        (VIEW.replace("list_users", "healthcheck") + "db.session.execute('select 1')\n", "a health check"),
        (HEAD + "def list_users():\n    return User.query.all()\n", "no view"),
        (VIEW + "from shop.services import users\n    return users.find()\n", "the way it should be"),
    ],
)
def test_nothing_to_report(tmp_path: Path, text: str, why: str) -> None:
    assert places_of(_check(tmp_path, text)) == [], why


def test_where_nobody_goes_through_services_nothing_is_reported_unless_wanted(tmp_path: Path) -> None:
    text = VIEW + "return User.query.all()\n"

    assert places_of(_check(tmp_path / "a", text, others=BLUEPRINT)) == []
    assert len(places_of(_check(tmp_path / "b", text, BLUEPRINT, "rules.LC603.share = 0"))) == 1
