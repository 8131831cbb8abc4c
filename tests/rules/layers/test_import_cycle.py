from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.baseline.entry import entry_of
from layercheck.baseline.entry_line import describe
from layercheck.model.severity import Severity
from layercheck.rules.layers.import_cycle import ImportCycle
from tests.rules.layers.shop import check_imports
from tests.running import LAYERS, check_tree, make_project_and_store, of_rule, run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.finding import Finding

A_TO_B = "from app import b\n"
B_TO_A = "from app import a\n"


def tangles(root: Path, files: dict[str, str], configuration: str = "") -> list[Finding]:
    """Check modules of a package `app`: `{"a": text}` is `app/a.py`."""
    paths = {f"app/{name}.py": text for name, text in files.items()}
    return of_rule(check_tree(root, LAYERS | {"app/__init__.py": ""} | paths, configuration), "LC150")


def hops(finding: Finding) -> list[str]:
    return [
        f"{hop.importer} -> {hop.imported} {hop.location.path}:{hop.location.span.start.line if hop.location.span else 0}"
        for hop in finding.chain
    ]


def cut(finding: Finding) -> set[str]:
    """List the imports to be removed, as notes and related places tell them."""
    told = [*finding.notes, *(each.message for each in finding.related)]
    return {line.partition(": ")[2].partition(" (")[0] for line in told if line.startswith("to be removed")}


def test_a_tangle_is_one_finding_with_a_shortest_cycle_and_a_cut(tmp_path: Path) -> None:
    (found,) = tangles(
        tmp_path,
        {
            "a": "import sys\nfrom app.b import x\nfrom app.c import y\n\nz = x, y\n",
            "b": "from app.c import y\n\nx = y\n",
            "c": "import sys\n\nfrom app.d import w\n\ny = w\n",
            "d": "from app.a import z\n\nw = z\n",
        },
    )

    assert found.subject == "app.a app.b app.c app.d"
    assert found.cut == 1
    assert found.severity is Severity.WARNING
    assert found.message == (
        "4 modules (app.a, app.b, app.c, app.d) import each other in cycles; removing 1 import leaves no cycle"
    )
    assert hops(found) in (
        ["app.a -> app.c app/a.py:3", "app.c -> app.d app/c.py:3", "app.d -> app.a app/d.py:1"],
        ["app.d -> app.a app/d.py:1", "app.a -> app.c app/a.py:3", "app.c -> app.d app/c.py:3"],
    )
    assert cut(found) == {f"{found.importer} imports {found.imported}"}
    assert found.location == found.chain[-1].location


def test_two_tangles_are_two_findings(tmp_path: Path) -> None:
    found = tangles(tmp_path, {"a": A_TO_B, "b": B_TO_A, "c": "import app.d\n", "d": "import app.c\n"})

    assert [each.subject for each in found] == ["app.a app.b", "app.c app.d"]


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    from app import a\n",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from app import a\n",
        "class C:\n    def f(self):\n        import app.a\n",
        '"""\nfrom app import a\n"""\n',
        "from importlib import import_module\n\na = import_module('app.a')\n",
    ],
    ids=["deferred", "for type checkers", "in a method", "in a string", "dynamic"],
)
def test_what_does_not_run_while_the_module_is_imported_closes_no_cycle(tmp_path: Path, text: str) -> None:
    assert tangles(tmp_path, {"a": A_TO_B, "b": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    from app import a\nexcept ImportError:\n    a = None\n",
        "import sys\n\nif sys.version_info > (3, 11):\n    from app import a\n",
        "class C:\n    from app import a\n",
        "def f():\n    from app import a\n\n\nfrom app import a\n",
        "x = 1; from app import a\n",
    ],
    ids=["try", "if", "class", "deferred as well", "behind a semicolon"],
)
def test_what_runs_while_the_module_is_imported_does(tmp_path: Path, text: str) -> None:
    (found,) = tangles(tmp_path, {"a": A_TO_B, "b": text})

    assert found.subject == "app.a app.b"


def test_the_kinds_that_count_are_an_option(tmp_path: Path) -> None:
    deferred = {"a": A_TO_B, "b": "def f():\n    from app import a\n"}

    (found,) = tangles(tmp_path, deferred, 'rules.LC150.imports = ["runtime", "deferred"]')

    assert found.subject == "app.a app.b"


def test_a_submodule_taken_from_its_package_is_no_cycle(tmp_path: Path) -> None:
    assert (
        tangles(
            tmp_path, {"pkg/__init__": "from app.pkg import a, b\n", "pkg/a": "from app.pkg import b\n", "pkg/b": ""}
        )
        == []
    )


def test_that_python_runs_the_package_first_is_no_import(tmp_path: Path) -> None:
    assert tangles(tmp_path, {"pkg/__init__": "from . import a\n", "pkg/a": "import app.pkg.b\n", "pkg/b": ""}) == []


def test_a_name_taken_from_the_own_package_is_one_and_an_info(tmp_path: Path) -> None:
    (found,) = tangles(
        tmp_path,
        {
            "pkg/__init__": "class Base: ...\n\n\nfrom app.pkg import a\n",
            "pkg/a": "from app.pkg import Base\n\nx = Base()\n",
        },
    )

    assert (found.subject, found.severity) == ("app.pkg app.pkg.a", Severity.INFO)
    assert "help: move what app.pkg.a takes from its package app.pkg into a module of its own" in found.notes


def test_a_cycle_through_a_package_of_others_is_a_warning(tmp_path: Path) -> None:
    (found,) = tangles(
        tmp_path, {"pkg/__init__": "from app.pkg import a\n", "pkg/a": "import app.c\n", "c": "from app.pkg import y\n"}
    )

    assert found.severity is Severity.WARNING


def test_among_equal_cuts_the_one_that_breaks_a_layer_is_told(tmp_path: Path) -> None:
    # The upward import could not be deferred, and takes more names than the others.
    files = {
        "app/api/users.py": "from app.services.users import find\n\n\ndef f():\n    find()\n",
        "app/services/users.py": (
            "from app.models.user import User\nfrom app.services.orders import y\n\n\ndef find():\n    User(y)\n"
        ),
        "app/services/orders.py": "from app.services.users import find\n\ny = find\n",
        "app/models/user.py": "from app.api.users import f, g\n\n\nclass User:\n    x = f, g\n",
    }

    (found,) = of_rule(check_tree(tmp_path, files), "LC150")

    assert found.cut == 2
    told = [*found.notes, *(each.message for each in found.related)]
    assert any("app.models.user imports app.api.users (breaks a layer as well)" in each for each in told)


def test_a_tangle_that_only_upward_imports_close_is_left_to_the_layers(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"services": "import {models}\n", "models": "import {services}\n"})

    assert of_rule(report, "LC101")
    assert not of_rule(report, "LC150")


@pytest.mark.parametrize(
    "configuration", ['ignore = ["LC101"]\n', 'select = ["LC150"]\n', 'ignore = ["layer-order"]\n']
)
def test_it_is_not_where_the_rule_of_the_layers_does_not_run(tmp_path: Path, configuration: str) -> None:
    texts = {"services": "import {models}\n", "models": "import {services}\n"}

    assert of_rule(check_imports(tmp_path, texts, configuration), "LC150")


def test_then_the_one_that_can_be_deferred(tmp_path: Path) -> None:
    (found,) = tangles(
        tmp_path,
        {
            "a": "from app.b import x\n\ny = x\n",
            "b": "from app.c import p, q, r\n\nx = 1\n\n\ndef f():\n    return p, q, r\n",
            "c": "from app.a import y\n\np = q = r = y\n",
        },
    )

    assert found.notes == (
        "to be removed: app.b imports app.c (can be deferred into a function)",
        "help: import app.c in the functions of app.b that use it",
    )


def test_then_the_one_with_the_fewest_names(tmp_path: Path) -> None:
    (found,) = tangles(
        tmp_path,
        {
            "a": "from app.b import x, z\n\ny = x, z\n",
            "b": "from app.c import p\n\nx = z = p\n",
            "c": "from app.a import y, w\n\np = y, w\n",
        },
    )

    assert (found.importer, found.imported) == ("app.b", "app.c")


def test_the_other_imports_of_a_cut_are_told_with_their_places(tmp_path: Path) -> None:
    names = [f"m{at}" for at in range(6)]
    hub = "".join(f"from app import {name}\n" for name in names)
    (found,) = tangles(
        tmp_path,
        {"hub": f"{hub}\nx = [{', '.join(names)}]\n"} | dict.fromkeys(names, "from app.hub import x\n\ny = x\n"),
    )

    assert found.cut == 6
    assert found.message.startswith(
        "7 modules (app.hub, app.m0, app.m1 and 4 more) import each other in cycles; removing 6 imports"
    )
    assert found.notes[0] == "modules: app.hub, app.m0, app.m1, app.m2, app.m3, app.m4, app.m5"
    assert len(found.related) == 5
    assert len(cut(found)) == 6
    assert all(each.location.span for each in found.related)


def test_a_comment_on_the_import_to_be_removed_suppresses_the_tangle(tmp_path: Path) -> None:
    texts = {
        "a": "from app.b import x\n\ny = x\n",
        "b": "from app.a import y  # layercheck: ignore[LC150] known\n\n\ndef f():\n    y()\n",
    }

    assert tangles(tmp_path, texts) == []


def test_the_verdict_claims_nothing_of_cycles(tmp_path: Path) -> None:
    root = write_project(
        tmp_path, LAYERS | {"app/__init__.py": "x = 1\nimport app.a\n", "app/a.py": "from app import x\n"}
    )

    out = run_here("check", root, "--select", "LC150").out
    (verdict,) = [line for line in out.splitlines() if line.endswith("1 info.")]
    assert "layer" in verdict
    assert "cycle" not in verdict


def test_a_large_tangle_is_one_finding(tmp_path: Path) -> None:
    ring = {f"m{at:03}": f"from app import m{(at + 1) % 300:03}\n" for at in range(300)}

    (found,) = tangles(tmp_path, ring)

    assert (found.cut, len(found.chain), len(found.subject.split(" "))) == (1, 300, 300)


def test_only_what_may_close_a_cycle_is_parsed(tmp_path: Path) -> None:
    ring = {f"app/m{at}.py": f"from app import m{at + 1}\n" for at in range(9)}
    deferred = {"app/m9.py": "def f():\n    from app import m0\n", "app/x.py": "from app import m0\n"}
    project, store = make_project_and_store(tmp_path, LAYERS | {"app/__init__.py": ""} | ring | deferred)
    before = store.parsed

    assert list(ImportCycle().check(project)) == []
    assert store.parsed - before == 1


def accept(root: Path) -> None:
    outcome = run_here("baseline", root, "--all")
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize(
    ("changed", "is_new"),
    [
        ({"app/c.py": ""}, False),
        ({"app/d.py": "from app import a\n", "app/a.py": "from app import b, c, d\n"}, True),
        ({"app/c.py": "from app import a, b\n", "app/b.py": "from app import a, c\n"}, True),
        ({"app/b.py": "# moved down\nfrom app import a\n"}, False),
    ],
    ids=["a member less", "a new member", "a larger cut", "moved lines"],
)
def test_the_baseline_knows_a_tangle_by_its_modules_and_its_cut(
    tmp_path: Path, changed: dict[str, str], is_new: bool
) -> None:
    files = {"app/__init__.py": "", "app/a.py": "from app import b, c\n", "app/b.py": B_TO_A, "app/c.py": B_TO_A}
    root = write_project(tmp_path, LAYERS | files)
    accept(root)
    assert "LC150" not in run_here("check", root).out

    write_tree(root, changed)

    assert ("warning[LC150]" in run_here("check", root).out) is is_new


def test_an_entry_tells_modules_and_cut(tmp_path: Path) -> None:
    (found,) = tangles(tmp_path, {"a": A_TO_B, "b": B_TO_A})

    assert describe(entry_of(found, scoped=False)) == "LC150 app.a app.b cut 1"
