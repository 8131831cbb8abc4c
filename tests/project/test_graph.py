from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.project.graph import build_graph
from layercheck.project.module_names import SourceTree, name_modules
from layercheck.project.resolution import Resolver
from layercheck.python.imports.scan import scan_source

if TYPE_CHECKING:
    from collections.abc import Collection

    from layercheck.project.graph import Graph

SHOP = {
    "shop/__init__.py": "",
    "shop/api/__init__.py": "",
    "shop/api/users.py": "",
    "shop/db/__init__.py": "",
    "shop/db/session.py": "",
}


def _graph(files: dict[str, str], mixed: Collection[str] = ("shop",)) -> Graph:
    scans = {path: scan_source(text.encode()) for path, text in files.items()}
    imports = {path: scan.imports for path, scan in scans.items()}
    tree = SourceTree(imports)
    return build_graph(scans, Resolver(tree, name_modules(tree, imports), lambda _: ()), frozenset(mixed))


def _reach(text: str) -> set[str]:
    return set(_graph(SHOP | {"shop/api/users.py": text}).imports["shop/api/users.py"])


def _is_parsed(text: str, mixed: Collection[str] = ("shop",)) -> bool:
    return "shop/api/users.py" in _graph(SHOP | {"shop/api/users.py": text}, mixed).to_parse


def _bound(text: str, mixed: Collection[str] = ("shop",)) -> tuple[tuple[str, str], ...]:
    return _graph(SHOP | {"shop/api/users.py": text}, mixed).bound_packages.get("shop/api/users.py", ())


def test_every_file_is_a_node() -> None:
    graph = _graph(SHOP)

    assert graph.imports == dict.fromkeys(SHOP, ())
    assert graph.to_parse == frozenset()


def test_edges_lead_to_what_may_be_meant() -> None:
    assert _reach("import os\nfrom shop.db import session, engine\n") == {"shop/db/session", "shop/db"}
    assert _reach("from ..db.session import x\nfrom ..db.session import y\n") == {"shop/db/session"}


def test_text_in_strings_may_lead_somewhere_too() -> None:
    assert "shop/db/session" in _reach('"""\nimport shop.db.session\n"""\n')


def test_a_dynamic_import_is_for_the_parser() -> None:
    assert _is_parsed("from importlib import import_module\nimport_module(name)\n")
    assert _is_parsed("__import__(name)\n")
    assert not _is_parsed("x = 1\n")


def test_a_package_of_several_layers_that_gets_a_name_is_told() -> None:
    assert _bound("from .. import api\n", mixed=("shop/api",)) == (("api", "..api"),)
    assert _bound("from shop import api, db\n", mixed=("shop/api",)) == (("api", "shop.api"),)
    assert _bound("import shop as s\n") == (("shop", "shop"),)
    assert _bound("import shop.api as s\n", mixed=("shop/api",)) == (("api", "shop.api"),)
    assert _bound("import shop as s\n", mixed=()) == ()
    assert _bound("from shop.db import session\n") == ()


def test_a_package_of_several_layers_that_keeps_its_name_is_told() -> None:
    assert _bound("import shop\n") == (("shop", "shop"),)
    assert _bound("import shop.db\n") == (("shop", "shop"),)
    assert _bound("import shop\n", mixed=()) == ()
    assert not _is_parsed("import shop\nshop.db.session\n")


def test_too_many_dots_are_for_the_parser() -> None:
    assert _is_parsed("from .... import x\n")
    assert not _is_parsed("from . import x\n")


def test_what_is_imported_in_indented_lines_only_is_told_apart() -> None:
    text = "import shop.db\n\n\ndef f():\n    import shop.db\n    from shop.db import session\n"

    graph = _graph(SHOP | {"shop/api/users.py": text})

    assert graph.late == {"shop/api/users.py": {"shop/db/session"}}
