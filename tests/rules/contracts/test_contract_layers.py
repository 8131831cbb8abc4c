from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.rules.contracts.shop import find_broken, pairs
from tests.running import check_tree, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

THREE = 'kind = "layers"\nlayers = ["app.web", "app.core", "app.db"]\n'


def test_an_import_of_a_higher_layer_is_found_at_its_place(tmp_path: Path) -> None:
    (found,) = find_broken(
        tmp_path, "LC121", {"app.web.views": "", "app.db.tables": "import os\nfrom app.web import views\n"}, THREE
    )

    assert found.message == (
        "The rule: `app.db` must not import `app.web`, a higher layer: app.db.tables imports app.web.views"
    )
    assert found.location.span is not None
    assert (found.location.path, found.location.span.start.line) == ("app/db/tables.py", 2)
    assert found.severity is Severity.ERROR
    assert (found.subject, found.object) == ("app.db.tables", "app.web.views:the-rule")


def test_lower_layers_may_be_imported_and_skipped(tmp_path: Path) -> None:
    files = {"app.web.views": "import app.db.tables\n", "app.core.x": "import app.db.tables\n", "app.db.tables": ""}

    assert not find_broken(tmp_path, "LC121", files, THREE)


def test_a_closed_layer_may_not_be_skipped(tmp_path: Path) -> None:
    files = {"app.web.views": "import app.db.tables\n", "app.core.x": "import app.db.tables\n", "app.db.tables": ""}

    (found,) = find_broken(tmp_path, "LC121", files, THREE + 'closed = ["app.core"]\n')

    assert "past the closed layer `app.core`" in found.message


@pytest.mark.parametrize(("line", "count"), [("app.a | app.b", 2), ("app.a : app.b", 0)])
def test_siblings_are_independent_or_not(tmp_path: Path, line: str, count: int) -> None:
    files = {"app.a": "import app.b\n", "app.b": "import app.a\n", "app.c": ""}

    found = find_broken(tmp_path, "LC121", files, f'kind = "layers"\nlayers = ["{line}", "app.c"]\n')

    assert len(found) == count


def test_a_chain_is_found_at_its_last_import_with_every_hop(tmp_path: Path) -> None:
    files = {
        "app.web.views": "",
        "app.free": "\nimport app.web.views\n",
        "app.more": "import app.free\n",
        "app.db.tables": "import app.more\n",
        "app.core.x": "import app.free\n",
    }

    (found,) = find_broken(tmp_path, "LC121", files, THREE)

    assert pairs([found]) == ["app.free -> app.web.views"]
    assert [(hop.importer, hop.imported, hop.location.path) for hop in found.chain] == [
        ("app.core.x", "app.free", "app/core/x.py"),
        ("app.free", "app.web.views", "app/free.py"),
    ]
    assert [each.message for each in found.related] == [
        "reached from here as well: app.db.tables -> app.more -> app.free -> app.web.views"
    ]
    assert not find_broken(tmp_path, "LC121", files, THREE + "indirect = false\n")


def test_at_most_five_routes_are_shown(tmp_path: Path) -> None:
    files = {"app.web.views": "", "app.free": "import app.web.views\n"}
    files |= {f"app.db.t{at}": "import app.free\n" for at in range(9)}

    (found,) = find_broken(tmp_path, "LC121", files, THREE)

    assert len(found.related) == 4
    assert "(8 more modules reach it)" in found.message


def test_a_chain_over_an_import_that_does_not_count_is_none(tmp_path: Path) -> None:
    typing = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.free\n"
    files = {"app.web.views": "", "app.free": "import app.web.views\n", "app.db.tables": typing}

    assert not find_broken(tmp_path, "LC121", files, THREE)
    assert find_broken(tmp_path, "LC121", files, THREE + 'imports = ["runtime", "typing"]\n')


def test_a_longer_chain_is_found_where_the_shortest_is_none(tmp_path: Path) -> None:
    files = {
        "app.web.views": "",
        "app.free": "import app.web.views\n",
        "app.db.tables": '"""\nimport app.free\n"""\nimport app.more\n',
        "app.more": "import app.free\n",
    }

    (found,) = find_broken(tmp_path, "LC121", files, THREE)

    assert [hop.importer for hop in found.chain] == ["app.db.tables", "app.more", "app.free"]


def test_chains_through_another_layer_are_its_own(tmp_path: Path) -> None:
    files = {"app.web.views": "", "app.core.x": "import app.web.views\n", "app.db.tables": "import app.core.x\n"}

    assert pairs(find_broken(tmp_path, "LC121", files, THREE)) == [
        "app.core.x -> app.web.views",
        "app.db.tables -> app.core.x",
    ]


def test_each_container_has_its_own_layers(tmp_path: Path) -> None:
    files = {
        "app.cart.web": "",
        "app.cart.db": "import app.cart.web\n",
        "app.user.web": "",
        "app.user.db": "import app.cart.web\n",
    }
    contract = 'kind = "layers"\ncontainers = ["app.*"]\nlayers = ["web", "db"]\n'

    assert pairs(find_broken(tmp_path, "LC121", files, contract)) == ["app.cart.db -> app.cart.web"]


def test_children_that_are_no_layers_are_found_where_the_contract_is_exhaustive(tmp_path: Path) -> None:
    files = {"app.web": "", "app.db": "", "app.misc.x": "", "app.misc.y": "", "app.old": ""}
    contract = 'kind = "layers"\ncontainers = ["app"]\nlayers = ["web", "db"]\nexhaustive = true\n'

    found = find_broken(tmp_path, "LC121", files, contract + 'exhaustive-ignores = ["old"]\n')

    assert [each.message for each in found] == [
        "The rule: app.misc is not a layer of app, and the contract is exhaustive"
    ]


def test_what_is_ignored_is_not_found_and_breaks_chains(tmp_path: Path) -> None:
    files = {
        "app.web.views": "",
        "app.free": "import app.web.views\n",
        "app.db.tables": "import app.free, app.web.views\n",
    }
    ignore = 'ignore = ["app.db.tables -> app.web.*", { import = "app.db.* -> app.free", reason = "moves" }]\n'

    assert len(find_broken(tmp_path, "LC121", files, THREE)) == 2
    assert not find_broken(tmp_path, "LC121", files, THREE + ignore)


def test_roles_can_be_layers(tmp_path: Path) -> None:
    files = {"app.services.users": "", "app.models.user": "import app.services.users\n"}

    (found,) = find_broken(tmp_path, "LC121", files, 'kind = "layers"\nlayers = ["role:services", "role:models"]\n')

    assert "`role:models` must not import `role:services`" in found.message


def test_the_contract_says_why_and_how_grave(tmp_path: Path) -> None:
    extra = 'severity = "warning"\nreason = "as the team has agreed"\n'

    (found,) = find_broken(tmp_path, "LC121", {"app.web": "", "app.db": "import app.web\n"}, THREE + extra)

    assert found.severity is Severity.WARNING
    assert found.notes[:2] == ("contract: The rule (layercheck.toml:1)", "reason: as the team has agreed")


def test_a_project_without_recognised_layers_is_judged(tmp_path: Path) -> None:
    contract = 'kind = "layers"\nlayers = ["alpha", "beta"]\n'
    write_project(tmp_path, {"alpha.py": "", "beta.py": "", "gamma.py": ""}, f'[[contracts]]\nname = "a"\n{contract}')

    outcome = run_here("check", tmp_path, "--no-cache")

    assert outcome.code == 0
    assert outcome.out == "All 3 modules keep 1 contract.\n"


def test_a_contract_that_no_selected_rule_judges_is_no_reason_for_a_verdict(tmp_path: Path) -> None:
    files = {"web.py": "", "core.py": "", "db.py": "import web\n"}
    write_project(tmp_path, files, f'ignore = ["LC121"]\n[[contracts]]\nname = "a"\n{THREE}'.replace("app.", ""))

    outcome = run_here("check", tmp_path, "--no-cache")

    assert outcome.code == 2
    assert "no layers were recognised" in outcome.err


def test_two_contracts_report_the_same_import_twice(tmp_path: Path) -> None:
    contracts = "".join(f'[[contracts]]\nname = "{name}"\n{THREE}\n' for name in ("one", "two"))

    report = check_tree(tmp_path, {"app/web.py": "", "app/db.py": "import app.web\n"}, contracts)

    assert len({each.fingerprint for each in report.findings if each.code == "LC121"}) == 2
