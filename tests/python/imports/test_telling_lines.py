from __future__ import annotations

import pytest
from msgspec.structs import replace

from layercheck.model.imports import Depth, FileImports
from layercheck.python.imports.reader import read_imports
from layercheck.python.imports.telling_lines import find_telling_lines
from layercheck.python.text.source_text import SourceText

NO_CALL = "def other():\n    return shop.f(x)\n"


@pytest.mark.parametrize(
    "text",
    [
        "from importlib import import_module\ndef f(name):\n    import_module(name)\n",
        "from importlib import import_module as load\ndef f(name):\n    load(name)\n",
        "from importlib import (\n    import_module,\n)\nload = import_module\ndef f():\n    load('shop.a')\n",
        "from importlib import import_module\nload = import_module\n(a, b) = 1, 2\ndef f():\n    load('shop.a')\n",
        "import importlib as il\nx = il\ndef f():\n    x.import_module('shop.a')\n",
        "import importlib as il\ndel il\ndef f():\n    il.import_module('shop.a')\n",
        "import pkgutil\ndef g():\n    global pkgutil\n    pkgutil = None\ndef f():\n    pkgutil.resolve_name('a.b')\n",
        "run = exec\ndef f(code):\n    run(code)\n",
        "def f(code, exec=print):\n    exec(code)\nexec(x)\n",
        "from shop import import_string\n@import_string('shop.deco')\ndef f():\n    pass\n",
        "def f(a=(x := exec)):\n    pass\nx('import a')\n",
        "from werkzeug.utils import import_string\nclass C:\n    a = {\n        1: import_string('a.b'),\n    }\n",
        "def f():\n    def import_string(x): ...\n    import_string(1)\nimport_string = __import__\n__import__(x)\n",
        "from pydoc import locate\ndef f(x):\n    locate(x)\n",
        "import lazy_loader as lazy\nload = lazy.load\ndef f():\n    load('a.b')\n",
        "import imp\ndef f():\n    imp.load_source('a', x)\n",
        "evaluate = eval\ndef f():\n    evaluate('__import__(\"a\")')\n",
        "__import__('a')\n__all__ = ['b']\n__all__.append('c')\n",
    ],
)
def test_the_other_lines_have_no_say_in_what_calls_import(text: str) -> None:
    whole = read_imports((text + NO_CALL).encode())

    found = read_imports((text + NO_CALL).encode(), depth=Depth.CALLS)

    sites = tuple(site for site in whole.sites if site.form != "attribute")
    assert found == replace(whole, sites=sites, depth=Depth.CALLS)
    assert found != FileImports(depth=Depth.CALLS)


@pytest.mark.parametrize(
    ("text", "is_narrow"),
    [
        ("from importlib import import_module, reload\nimport_module (x)\n", True),
        ("__import__(x)  # as it is\n", True),
        ("from importlib import import_module as load\n", False),
        ("load = import_module\n", False),
        ("load = import_module\n(a, b) = 1, 2\n", False),
        ("map(import_module, names)\n", False),
        ("x = '\N{FULLWIDTH LATIN SMALL LETTER E}'\nexec(x)\n", False),
        ("x = '\N{LATIN SMALL LETTER E WITH ACUTE}'\nexec(x)\n", True),
    ],
)
def test_where_functions_that_import_may_have_other_names_all_lines_matter(text: str, is_narrow: bool) -> None:
    lines = find_telling_lines(SourceText(text, columns_are_bytes=True), Depth.CALLS)

    assert (lines is not None) is is_narrow
