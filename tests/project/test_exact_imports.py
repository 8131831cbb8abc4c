from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.imports import ImportKind
from tests.running import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.imports import Import

PACKAGE = {
    "shop/__init__.py": "",
    "shop/api/__init__.py": "",
    "shop/services/__init__.py": "",
    "shop/services/users.py": "",
    "shop/db/__init__.py": "",
    "shop/db/session.py": "",
    "shop/models/__init__.py": "",
    "shop/models/user.py": "",
    "shop/upper.py": "",
    "session.py": "",
}
IMPORTER = "shop/api/users.py"


def _imports(tmp_path: Path, text: str, files: dict[str, str] | None = None) -> list[Import]:
    """List what the importer really imports, as far as the scan came upon it."""
    project = make_project(tmp_path, PACKAGE | (files or {}) | {IMPORTER: text})
    found = [
        each
        for importer, imported in project.suspects
        if importer.path == IMPORTER
        for each in project.imports_between(importer, imported, list(ImportKind))
    ]
    return sorted(found, key=lambda each: (each.location, each.imported))


def _names(tmp_path: Path, text: str, files: dict[str, str] | None = None) -> list[str]:
    return [each.imported for each in _imports(tmp_path, text, files)]


def _text_at(text: str, entry: Import) -> str:
    span = entry.location.span
    assert span is not None
    assert span.start.line == span.end.line
    return text.splitlines()[span.start.line - 1][span.start.column : span.end.column]


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        ("import shop.db.session as s\n", ["shop.db.session"]),
        ("from ..db import session\n", ["shop.db.session"]),
        ("from ..db import (\n    session,\n    engine,\n)\n", ["shop.db", "shop.db.session"]),
        ("from ..db import session as engine\n", ["shop.db.session"]),
        ("from .. import db, version\n", ["shop", "shop.db"]),
        ("from ..db.session import *\n", ["shop.db.session"]),
        ("x = 1; import shop.upper; from ..db import session\n", ["shop.upper", "shop.db.session"]),
        ("if x: import shop.upper\n", ["shop.upper"]),
        ("import os, shop.upper, shop.db.session\n", ["shop.upper", "shop.db.session"]),
        # None of ours, or none at all.
        ("import session_like, shop_upper\n", []),
        ("import shop.upperish\n", []),
        ("'''\nimport shop.upper\n'''\n# import shop.db\n", []),
        ("from os import session\n", []),
    ],
)
def test_what_is_really_imported(tmp_path: Path, text: str, imported: list[str]) -> None:
    found = [each for each in _names(tmp_path, text) if each != "session"]

    assert sorted(found) == sorted(imported)


def test_a_package_that_is_named_on_the_way_is_no_import_of_its_own(tmp_path: Path) -> None:
    assert _names(tmp_path, "import shop.db.session\n") == ["shop.db.session"]


def test_the_span_is_the_name_of_the_submodule_or_else_of_the_module(tmp_path: Path) -> None:
    text = "from shop.db import session, engine\nimport os, shop.upper as up\nfrom shop.models.user import User\n"

    entries = _imports(tmp_path, text)

    assert [(each.imported, _text_at(text, each)) for each in entries] == [
        ("shop.db", "shop.db"),
        ("shop.db.session", "session"),
        ("shop.upper", "shop.upper"),
        ("shop.models.user", "shop.models.user"),
    ]


def test_the_statement_is_the_whole_one(tmp_path: Path) -> None:
    (entry,) = _imports(tmp_path, "x = 1\nfrom shop.db.session import (\n    a,\n    b,\n)\n")

    assert (entry.statement.start.line, entry.statement.end.line) == (2, 5)


def test_names_from_one_module_are_one_import_of_it(tmp_path: Path) -> None:
    assert _names(tmp_path, "from shop.db.session import a, b, c\n") == ["shop.db.session"]


def test_each_statement_is_a_place_of_its_own(tmp_path: Path) -> None:
    text = "import shop.upper\n\ndef f():\n    import shop.upper\n    from shop import upper\n"

    entries = _imports(tmp_path, text)

    assert [(each.location.span and each.location.span.start.line, each.kind) for each in entries] == [
        (1, ImportKind.RUNTIME),
        (4, ImportKind.DEFERRED),
        (5, ImportKind.DEFERRED),
    ]


def test_a_star_takes_the_submodules_that_are_exported(tmp_path: Path) -> None:
    files = {"shop/db/__init__.py": "__all__ = ['session', 'engine']\n"}

    assert _names(tmp_path, "from shop.db import *\n", files) == ["shop.db", "shop.db.session"]


def test_a_star_takes_no_submodule_that_is_not_exported(tmp_path: Path) -> None:
    assert _names(tmp_path, "from shop.db import *\n") == ["shop.db"]


def test_an_attribute_is_an_import_of_the_submodule(tmp_path: Path) -> None:
    text = "import shop\n\n\ndef f():\n    return shop.db.session.engine()\n"

    entries = _imports(tmp_path, text)

    assert [(each.imported, each.kind) for each in entries] == [
        ("shop", ImportKind.RUNTIME),
        ("shop.db.session", ImportKind.ATTRIBUTE),
    ]
    assert entries[1].location.span is not None
    assert entries[1].location.span.start.line == 5


def test_an_attribute_of_what_is_imported_outright_is_no_news(tmp_path: Path) -> None:
    assert _names(tmp_path, "import shop.db.session\n\nshop.db.session.engine()\n") == ["shop.db.session"]


def test_an_object_that_shares_a_name_with_a_module_is_no_module(tmp_path: Path) -> None:
    assert _names(tmp_path, "from os import shop\n\nshop.db.session.engine()\n") == []


def test_a_dynamic_import_with_a_readable_name(tmp_path: Path) -> None:
    entries = _imports(tmp_path, 'from importlib import import_module\n\nimport_module("shop.db.session")\n')

    assert [(each.imported, each.kind) for each in entries] == [("shop.db.session", ImportKind.DYNAMIC)]


def test_imports_of_a_stub(tmp_path: Path) -> None:
    project = make_project(tmp_path, PACKAGE | {"shop/api/hints.pyi": "from shop.db.session import Session\n"})
    ((importer, imported),) = project.suspects

    (entry,) = project.imports_between(importer, imported, [ImportKind.STUB])

    assert entry.imported == "shop.db.session"


def test_too_many_dots_make_the_file_unreadable_at_that_place(tmp_path: Path) -> None:
    project = make_project(tmp_path, PACKAGE | {IMPORTER: "import os\nfrom ...db import x\nfrom ....y import z\n"})

    unreadable = project.unreadable[IMPORTER]

    assert unreadable.reason == "imports `...db`, which has more dots than there are packages above"
    assert unreadable.line == 2


def test_a_module_does_not_import_itself(tmp_path: Path) -> None:
    assert _names(tmp_path, "from shop.api import users\nfrom . import users\nimport shop.api.users\n") == []


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("from shop.db.session import get, make as m\n", {"shop.db.session": ("get", "make")}),
        ("from ..db import session, engine\n", {"shop.db.session": (), "shop.db": ("engine",)}),
        ("from shop.upper import *\n", {"shop.upper": ("*",)}),
        ("import shop.upper\n", {"shop.upper": ()}),
        ("import shop\nshop.db.session.get.x()\n", {"shop": (), "shop.db.session": ("get",)}),
        (
            "import_string('shop.db.session.get')\nfrom werkzeug.utils import import_string\n",
            {"shop.db.session": ("get",)},
        ),
    ],
)
def test_the_names_taken(tmp_path: Path, text: str, taken: dict[str, tuple[str, ...]]) -> None:
    found = [each for each in _imports(tmp_path, text) if each.imported in taken]

    assert {each.imported: each.names for each in found} == taken
    assert all(len(each.names) == len(each.name_spans) for each in found)
