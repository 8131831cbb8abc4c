from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.imports import ImportKind
from layercheck.model.source import Location, Position, Span
from tests.rules.layers.shop import MODULES, check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path

UP = f"{MODULES['db']} -> {MODULES['services']}"


def _places(location: Location) -> tuple[int, int, int]:
    assert location.span is not None
    return (location.span.start.line, location.span.start.column, location.span.end.column)


@pytest.mark.parametrize(
    "text",
    [
        "import {services}\n",
        "import {services} as s\n",
        "import os, {services}\n",
        "from {services} import find\n",
        "from app.services import users\n",
        "from app.services import users as anything\n",
        "from ..services import users\n",
        "from ..services.users import (\n    find,\n)\n",
        "from ..services.users import *\n",
        "from ..services \\\n    import users\n",
        "x = 1; import {services}\n",
        "if x: import {services}\n",
        "try:\n    pass\nexcept ImportError:\n    import {services}\nfinally:\n    pass\n",
        "def f():\n    import {services}\n",
        "class A:\n    from {services} import find\n",
        "async def f():\n    with x:\n        from {services} import find\n",
        "match x:\n    case 1:\n        import {services}\n",
        "for x in y:\n    import {services}\nelse:\n    pass\n",
        "\ufeffimport {services}\n",
        "\r\nimport {services}\r\n",
        "\x0cimport {services}\n",
        "from services.users import find\n",
    ],
)
def test_every_form_of_an_upward_import_is_found(tmp_path: Path, text: str) -> None:
    assert imports_reported(check_imports(tmp_path, {"db": text}), "LC101") == [UP]


@pytest.mark.parametrize(
    "text",
    [
        "'''\nimport {services}\n'''\n",
        "# import {services}\n",
        "x = 'from {services} import find'\n",
        "import {services}ish\n",
        "from {services}ish import find\n",
        "import users\n",
        "from services.accounts import find\n",
        "from app import version\n",
        "from app.models.user import User\n",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from {services} import find\n",
    ],
)
def test_what_is_no_upward_import_is_quiet(tmp_path: Path, text: str) -> None:
    imports = {"db": text, "main": "from {api} import router\n", "api": "from {services} import find\n"}
    report = check_imports(tmp_path, imports, files={"users.py": "", "services_client.py": ""})

    assert imports_reported(report, "LC101") == []


@pytest.mark.parametrize(
    ("kinds", "reported"), [('["typing"]', [UP]), ('["runtime", "typing"]', [UP]), ('["deferred"]', []), ("[]", [])]
)
def test_which_kinds_count_can_be_set(tmp_path: Path, kinds: str, reported: list[str]) -> None:
    text = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from {services} import find\n"

    report = check_imports(tmp_path, {"db": text}, f"rules.LC101.imports = {kinds}\n")

    assert imports_reported(report, "LC101") == reported


def test_only_the_places_of_the_kinds_that_count_are_told(tmp_path: Path) -> None:
    text = "import {services}\n\ndef f():\n    import {services}\n"

    (finding,) = of_rule(check_imports(tmp_path, {"db": text}, 'rules.layer-order.imports = ["deferred"]\n'), "LC101")

    assert finding.import_kind is ImportKind.DEFERRED
    assert _places(finding.location)[0] == 4
    assert finding.related == ()


def test_two_modules_are_one_finding_with_related_places(tmp_path: Path) -> None:
    text = (
        "import os\nfrom {services} import find, drop\nfrom app.services import base, users\n\n\n"
        "def f():\n    import {services}\n"
    )

    other, finding = of_rule(check_imports(tmp_path, {"db": text}, files={"app/services/base.py": ""}), "LC101")[::-1]

    assert (other.imported, finding.imported) == ("app.services.base", MODULES["services"])
    assert finding.import_kind is ImportKind.RUNTIME
    assert _places(finding.location) == (2, 5, 23)
    assert [_places(each.location) for each in finding.related] == [(3, 31, 36), (7, 11, 29)]


def test_the_finding_says_all_there_is_to_know(tmp_path: Path) -> None:
    (finding,) = of_rule(check_imports(tmp_path, {"db": "x = 1; from {services} import find\n"}), "LC101")

    assert finding.location == Location("app/db/session.py", Span(Position(1, 12), Position(1, 30)))
    assert finding.statement == Span(Position(1, 7), Position(1, 42))
    assert (finding.code, finding.name, finding.severity) == ("LC101", "layer-order", "error")
    assert finding.message == (
        "`db` must not import `services`, a higher layer: app.db.session imports app.services.users"
    )
    assert finding.notes == (
        "layers: main > api > services > models : db",
        "allowed: `db` may import models, utils, modules without a layer",
        "help: move what both need down to `db` or below, or let `services` call `db` and pass in what it needs",
    )
    assert (finding.subject, finding.object, finding.application) == ("app.db.session", "app.services.users", "app")


def test_several_layers_up_are_one_finding_each(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"db": "import {services}, {api}\n", "models": "import {api}\n"})

    assert imports_reported(report, "LC101") == [
        f"{MODULES['db']} -> {MODULES['services']}",
        f"{MODULES['db']} -> {MODULES['api']}",
        f"{MODULES['models']} -> {MODULES['api']}",
    ]


def test_the_whole_package_of_a_layer_counts_too(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"db": "from app import services\nimport app.services\n"})

    assert imports_reported(report, "LC101") == ["app.db.session -> app.services"]


OWN = {"app/web.py": "", "app/jobs.py": "", "app/mails.py": "", "app/data.py": "", "app/data_old.py": ""}


def _own(tmp_path: Path, layers: str, **texts: str) -> list[str]:
    files = OWN | {f"app/{name}.py": text for name, text in texts.items()}
    return imports_reported(check_tree(tmp_path, files, f"layers = {layers}\n"), "LC101")


def test_own_layers(tmp_path: Path) -> None:
    layers = '["app.web", "app.jobs", "app.data"]'

    found = _own(tmp_path, layers, data="import app.jobs\n", jobs="import app.web\nimport app.data\n")

    assert found == ["app.data -> app.jobs", "app.jobs -> app.web"]


def test_independent_siblings_may_not_import_each_other(tmp_path: Path) -> None:
    layers = '["app.web", "app.jobs | app.mails", "app.data"]'

    found = _own(
        tmp_path, layers, jobs="import app.mails\n", mails="import app.jobs, app.data\n", web="import app.jobs\n"
    )

    assert found == ["app.jobs -> app.mails", "app.mails -> app.jobs"]


def test_siblings_with_a_colon_may(tmp_path: Path) -> None:
    layers = '["app.web", "app.jobs : app.mails", "app.data"]'

    assert _own(tmp_path, layers, jobs="import app.mails\n", mails="import app.jobs\n") == []


def test_optional_layers_may_be_missing(tmp_path: Path) -> None:
    layers = '["(app.cli)", "app.web", "app.jobs | (app.queue)", "app.data"]'

    assert _own(tmp_path, layers, data="import app.web\n") == ["app.data -> app.web"]


def test_own_layers_with_wildcards(tmp_path: Path) -> None:
    files = {f"app/{name}/{part}.py": "" for name in ("users", "orders") for part in ("web", "data")}
    files |= {"app/users/data.py": "import app.orders.web\n", "app/orders/web.py": "import app.users.data\n"}

    report = check_tree(tmp_path, files, 'layers = ["app.*.web", "app.*.data"]\n')

    assert imports_reported(report, "LC101") == ["app.users.data -> app.orders.web"]


def test_own_layers_cross_the_borders_of_applications(tmp_path: Path) -> None:
    one = {f"one/{name}/x.py": "" for name in ("api", "services", "db")} | {"one/main.py": ""}
    two = {f"two/{name}/x.py": "" for name in ("api", "services", "db")} | {"two/main.py": ""}
    files = one | two | {"two/db/x.py": "import one.api.x\n"}

    assert imports_reported(check_tree(tmp_path / "preset", files), "LC101") == []
    own = check_tree(tmp_path / "own", files, 'layers = ["one", "two"]\n')
    assert imports_reported(own, "LC101") == ["two.db.x -> one.api.x"]


def test_own_order_of_roles(tmp_path: Path) -> None:
    configuration = 'layers = ["api", "db", "services"]\n'

    report = check_imports(tmp_path, {"db": "import {services}\n", "services": "import {db}\n"}, configuration)

    assert imports_reported(report, "LC101") == ["app.services.users -> app.db.session"]


def test_stubs_count_as_importers(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {}, files={"app/db/hints.pyi": "from app.services.users import find\n"})

    assert imports_reported(report, "LC101") == ["app.db.hints -> app.services.users"]


def test_importers_need_not_have_the_name_of_a_module(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {}, files={"app/db/01-x.y.py": "from app.services.users import find\n"})

    assert imports_reported(report, "LC101") == ["app.db.01-x.y -> app.services.users"]


def test_a_forgotten_init_hides_nothing(tmp_path: Path) -> None:
    files = {"app/db/deep/er/x.py": "from app.services.users import find\n"}

    assert imports_reported(check_imports(tmp_path, {}, files=files), "LC101") == [
        "app.db.deep.er.x -> app.services.users"
    ]


PAGES = """
import enum

from fastapi import Depends


class Busy(Exception): ...


class Order(enum.Enum):
    UP = 1


def limit(page): return page * 20


class Page:
    def __init__(self, number=Depends(limit)): ...


def read(page=Depends(limit)): ...
"""


@pytest.mark.parametrize(("below", "others", "is_reported"), [(1, 0, True), (2, 1, False), (2, 5, True), (3, 6, False)])
def test_what_mostly_lower_layers_import_is_shared_if_its_role_is_only_likely(
    tmp_path: Path, below: int, others: int, *, is_reported: bool
) -> None:
    files = {"app/pages.py": PAGES}
    files |= {f"app/services/s{at}.py": "from app.pages import Page\n" for at in range(below)}
    files |= {f"app/api/a{at}.py": "from app.pages import Page\n" for at in range(others)}

    report = check_imports(tmp_path, {}, files=files)

    assert len(of_rule(report, "LC101")) == (below if is_reported else 0)
    assert [each.code for each in report.coverage.stood_down if each.code == "LC101"] == ["LC101"] * (not is_reported)


def test_a_certain_role_stays_whoever_imports_it(tmp_path: Path) -> None:
    files = {f"app/models/m{at}.py": "from app.services.users import find\n" for at in range(5)}
    texts = {"services": "class UserService: ...\n\n\ndef find(): ...\n"}

    assert len(of_rule(check_imports(tmp_path, texts, files=files), "LC101")) == 5


@pytest.mark.parametrize(
    ("taken", "is_reported"),
    [("Page", True), ("Order", False), ("Busy", False), ("limit", False), ("Page, limit", True)],
)
def test_helpers_and_shapes_of_a_likely_layer_may_be_taken(tmp_path: Path, taken: str, *, is_reported: bool) -> None:
    files = {"app/pages.py": PAGES, "app/services/s.py": f"from app.pages import {taken}\n"}

    report = check_imports(tmp_path, {}, files=files)

    assert len(of_rule(report, "LC101")) == is_reported


REPOSITORY = (
    "from sqlalchemy.orm import Session\n\n\nclass OrderRepository:\n    def __init__(self, session: Session): ...\n"
)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"app/services/orders/crud.py": "from app.services.users import find\n"}, []),
        ({"app/services/orders/crud.py": f"from app.services.users import find\n{REPOSITORY}"}, 1),
        ({"app/orders/crud.py": "from app.services.users import find\n"}, 1),
        ({"app/services/orders/crud.py": "from app.api.users import find\n"}, 1),
    ],
)
def test_what_only_a_name_makes_foreign_to_its_folder(tmp_path: Path, files: dict[str, str], found: int) -> None:
    report = check_imports(tmp_path, {}, files=files)

    assert len(of_rule(report, "LC101")) == (found or 0)
