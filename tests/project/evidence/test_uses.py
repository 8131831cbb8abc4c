"""Which files use others."""

from __future__ import annotations

import pytest

from layercheck.project.evidence.uses import Uses
from layercheck.project.layout import Layout
from layercheck.project.module_names import SourceTree, name_modules

FILES = ("app/__init__.py", "app/a.py", "app/b/__init__.py", "app/b/c.py")


@pytest.mark.parametrize(
    ("importer", "text", "imported"),
    [
        ("app/a.py", "app.b.c", "app/b/c.py"),
        ("app/a.py", "app.b:c", "app/b/c.py"),
        ("app/a.py", ".b.c:name", "app/b/c.py"),
        ("app/a.py", ".b:c", "app/b/c.py"),
        ("app/b/__init__.py", ".:c", "app/b/c.py"),
        ("app/b/c.py", "..a:name", "app/a.py"),
        ("app/b/c.py", "..:a", "app/a.py"),
    ],
)
def test_an_import_uses_a_file_however_it_is_written(importer: str, text: str, imported: str) -> None:
    imports = {path: ("app:a",) if path == "app/__init__.py" else () for path in FILES} | {importer: (text,)}
    naming = name_modules(SourceTree(imports), imports, folder_name="shop", declared_roots=())
    uses = Uses(Layout(), {}, naming, imports)

    assert uses.users_of([imported], [importer]) == {importer}
    assert uses.used_by([importer], FILES) >= {imported}
    assert uses.users_of(["app/other.py"], FILES) == set()
