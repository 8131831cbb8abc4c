from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.rules.layers.shop import check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.finding import Finding


def _chain(finding: Finding) -> list[str]:
    """Write each hop as `importer -> imported path:line`."""
    return [
        f"{hop.importer} -> {hop.imported} {hop.location.path}:{hop.location.span.start.line if hop.location.span else 0}"
        for hop in finding.chain
    ]


def test_a_chain_through_one_module(tmp_path: Path) -> None:
    report = check_imports(
        tmp_path, {"models": "import os\nfrom {free} import x\n", "free": "\n\nfrom {services} import y\n"}
    )

    (finding,) = of_rule(report, "LC106")
    assert (finding.importer, finding.imported) == ("app.billing", "app.services.users")
    assert _chain(finding) == [
        "app.models.user -> app.billing app/models/user.py:2",
        "app.billing -> app.services.users app/billing.py:3",
    ]
    assert finding.location == finding.chain[-1].location
    assert finding.statement is not None
    assert finding.message == (
        "`models` reaches `services`, a higher layer, through app.billing: it imports app.services.users"
    )
    assert imports_reported(report, "LC101") == []


def test_a_chain_of_several_hops_shows_each(tmp_path: Path) -> None:
    texts = {"db": "import {free}\n", "free": "from . import ledger\n", "free too": "\nfrom .book import page\n"}

    report = check_imports(tmp_path, texts, files={"app/book.py": "import sys\n\n\nimport app.api.users\n"})

    (finding,) = of_rule(report, "LC106")
    assert _chain(finding) == [
        "app.db.session -> app.billing app/db/session.py:1",
        "app.billing -> app.ledger app/billing.py:1",
        "app.ledger -> app.book app/ledger.py:2",
        "app.book -> app.api.users app/book.py:4",
    ]
    assert (finding.importer, finding.imported) == ("app.book", "app.api.users")


def test_the_shortest_chain_to_the_last_link_is_shown(tmp_path: Path) -> None:
    texts = {
        "db": "import {free}\n",
        "models": "import {free too}\n",
        "free": "import {free too}\n",
        "free too": "import {services}\n",
    }

    (finding,) = of_rule(check_imports(tmp_path, texts), "LC106")

    assert _chain(finding)[0] == "app.models.user -> app.ledger app/models/user.py:1"
    assert len(finding.chain) == 2
    assert finding.message.endswith("(1 more module reaches it)")


def test_each_last_link_is_one_finding_however_many_modules_reach_it(tmp_path: Path) -> None:
    texts = {"db": "import {free}\n", "models": "import {free}\n", "free": "import {services}\nimport {api}\n"}

    report = check_imports(tmp_path, texts)

    assert imports_reported(report, "LC106") == [
        "app.billing -> app.services.users",
        "app.billing -> app.api.users",
    ]


def test_where_a_role_is_only_likely_it_is_an_info(tmp_path: Path) -> None:
    texts = {"free": "import {services}\n"}
    certain = check_imports(tmp_path / "a", texts | {"db": "import {free}\n"})
    likely = check_imports(tmp_path / "b", texts, files={"app/tables/user.py": "import app.billing\n\nclass B: ...\n"})
    configured = 'roles.models = ["app.tables"]\n'
    said = check_imports(tmp_path / "c", texts, configured, files={"app/tables/user.py": "import app.billing\n"})

    assert [each.severity for each in of_rule(certain, "LC106")] == ["warning"]
    assert [each.severity for each in of_rule(likely, "LC106")] == []
    assert [each.severity for each in of_rule(said, "LC106")] == ["warning"]


def test_a_direct_break_is_not_repeated(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"db": "import {free}, {services}\n"})

    assert imports_reported(report, "LC106") == []
    assert imports_reported(report, "LC101") == ["app.db.session -> app.services.users"]


def test_a_chain_beside_a_direct_break_is_told_as_it_stays_when_that_is_mended(tmp_path: Path) -> None:
    texts = {"db": "import {free}, {services}\n", "free": "import {services}\n"}

    report = check_imports(tmp_path, texts)

    assert imports_reported(report, "LC106") == ["app.billing -> app.services.users"]
    assert imports_reported(report, "LC101") == ["app.db.session -> app.services.users"]


def test_a_chain_through_a_layer_is_that_layers_own_break(tmp_path: Path) -> None:
    texts = {"db": "import {models}\n", "models": "import {services}\n", "services": "import {free}\n"}

    report = check_imports(tmp_path, texts | {"free": "import {api}\n"})

    assert imports_reported(report, "LC106") == ["app.billing -> app.api.users"]


def test_a_chain_through_tests_or_scripts_is_none(tmp_path: Path) -> None:
    for number, between in enumerate(("tests", "scripts")):
        report = check_imports(
            tmp_path / str(number), {"db": f"import {{{between}}}\n", between: "import {services}\n"}
        )
        assert imports_reported(report, "LC106") == []


def test_wiring_is_no_hole(tmp_path: Path) -> None:
    through = check_imports(tmp_path / "a", {"db": "import {config}\n", "config": "import {services}\n"})
    inside = check_imports(tmp_path / "b", {"db": "import {deps}\n", "deps": "import {services}\n"})
    root = check_imports(
        tmp_path / "c", {"db": "from app import x\n"}, files={"app/__init__.py": "import app.api.users\n"}
    )

    assert imports_reported(through, "LC106") == ["app.config -> app.services.users"]
    assert imports_reported(inside, "LC101") == ["app.db.session -> app.api.deps"]
    assert imports_reported(root, "LC106") == ["app -> app.api.users"]


def test_what_wiring_imports_inside_of_functions_is_injection(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"db": "import {config}\n", "config": "def make():\n    import {services}\n"})

    assert imports_reported(report, "LC106") == []


def test_a_chain_that_leads_down_or_sideways_is_none(tmp_path: Path) -> None:
    texts = {"api": "import {free}\n", "db": "import {free too}\n"}

    report = check_imports(
        tmp_path, texts | {"free": "import {db}\n", "free too": "import {models}, {schemas}, {utils}\n"}
    )

    assert [each.code for each in report.findings if each.code != "LC107"] == []


def test_a_chain_that_ends_at_an_entry_point_is_its_last_imports_matter(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"db": "import {free}\n", "free": "import {main}\n"})

    assert imports_reported(report, "LC106") == []
    assert imports_reported(report, "LC105") == ["app.billing -> app.main"]


def test_every_hop_must_count(tmp_path: Path) -> None:
    typing = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
    first = {"db": f"{typing}import {{free}}\n", "free": "import {services}\n"}
    last = {"db": "import {free}\n", "free": f"{typing}import {{services}}\n"}

    assert imports_reported(check_imports(tmp_path / "a", first), "LC106") == []
    assert imports_reported(check_imports(tmp_path / "b", last), "LC106") == []
    configuration = 'rules.LC106.imports = ["runtime", "typing"]\n'
    assert len(imports_reported(check_imports(tmp_path / "c", last, configuration), "LC106")) == 1


def test_text_in_a_string_is_no_hop(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"db": "import {free}\n", "free": "'''\nimport {services}\n'''\n"})

    assert imports_reported(report, "LC106") == []


def test_circles_of_free_modules_come_to_an_end(tmp_path: Path) -> None:
    texts = {
        "db": "import {free}\n",
        "free": "import {free too}\nimport {db}\n",
        "free too": "import {free}\nimport {api}\n",
    }

    assert imports_reported(check_imports(tmp_path, texts), "LC106") == ["app.ledger -> app.api.users"]


def test_own_layers(tmp_path: Path) -> None:
    files = {"app/web.py": "", "app/data.py": "import app.glue\n", "app/glue.py": "def f():\n    import app.web\n"}

    report = check_tree(tmp_path, files, 'layers = ["app.web", "app.data"]\n')

    assert imports_reported(report, "LC106") == ["app.glue -> app.web"]


def test_a_long_chain_is_followed(tmp_path: Path) -> None:
    files = {f"app/link{number}.py": f"import app.link{number + 1}\n" for number in range(60)}
    files |= {"app/link60.py": "import app.web\n", "app/web.py": "", "app/data.py": "import app.link0\n"}

    (finding,) = of_rule(check_tree(tmp_path, files, 'layers = ["app.web", "app.data"]\n'), "LC106")

    assert len(finding.chain) == 62


@pytest.mark.parametrize(
    ("text", "is_run"),
    [
        ("from app.money.rates import RATE\n", True),
        ("import app.money.rates\n", True),
        ("from app.money import rates\n", True),
        ("from app.money.deep.rates import RATE\n", True),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.money.rates import RATE\n", False),
    ],
)
def test_a_package_that_python_runs_before_a_module_in_it(tmp_path: Path, text: str, *, is_run: bool) -> None:
    files = {
        "app/money/__init__.py": "import app.services.users\n",
        "app/money/rates.py": "RATE = 1\n",
        "app/money/deep/__init__.py": "",
        "app/money/deep/rates.py": "RATE = 1\n",
    }

    found = of_rule(check_imports(tmp_path, {"models": text}, files=files), "LC106")

    assert [(each.importer, each.imported) for each in found] == [("app.money", "app.services.users")] * is_run
    assert [_chain(each)[0].rpartition(" ")[0] for each in found] == ["app.models.user -> app.money"] * is_run
    assert [each.severity for each in found] == [Severity.INFO] * is_run


def test_a_module_does_not_reach_what_the_packages_around_it_import(tmp_path: Path) -> None:
    files = {
        "app/money/__init__.py": "import app.services.users\n",
        "app/money/models/rate.py": "from app.money.rates import RATE\nimport app.models.user\n",
        "app/money/rates.py": "RATE = 1\n",
    }

    assert of_rule(check_imports(tmp_path, {"models": "import app.billing\n"}, files=files), "LC106") == []


PAGES = "from fastapi import Depends\n\n\ndef read(): return 1\n\n\ndef page(x=Depends(read)): return x\n\n\nclass Page: ...\n"


@pytest.mark.parametrize("text", ["from app.pages import Page\n", "import app.pages\n"])
def test_a_chain_to_a_likely_layer_is_an_info(tmp_path: Path, text: str) -> None:
    report = check_imports(tmp_path, {"models": "import {free}\n", "free": text}, files={"app/pages.py": PAGES})

    (found,) = of_rule(report, "LC106")
    assert (found.importer, found.imported, found.severity) == ("app.billing", "app.pages", Severity.INFO)


@pytest.mark.parametrize("taken", [("Page", "page"), ("page", "Page")])
def test_what_else_is_taken_from_a_likely_layer_counts(tmp_path: Path, taken: tuple[str, str]) -> None:
    free = "".join(f"from app.pages import {name}\n" for name in taken)

    report = check_imports(tmp_path, {"models": "import {free}\n", "free": free}, files={"app/pages.py": PAGES})

    assert len(of_rule(report, "LC106")) == 1


def test_helpers_of_a_likely_layer_are_counted(tmp_path: Path) -> None:
    texts = {"models": "import {free}\n", "free": "from app.pages import page\n"}

    report = check_imports(tmp_path, texts, files={"app/pages.py": PAGES})

    assert of_rule(report, "LC106") == []
    (stood_down,) = (each for each in report.coverage.stood_down if each.code == "LC106")
    assert stood_down.reason == (
        "1 chain of imports ends at a module whose role is only likely, for helpers and shapes or from their own folder:"
        " app.pages"
    )
