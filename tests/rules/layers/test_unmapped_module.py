from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.severity import Severity
from tests.rules.layers.shop import check_imports
from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {"app/main.py": "", "app/api/x.py": "import app.services.y\n", "app/services/y.py": "", "app/db/z.py": ""}


def test_one_note_for_an_application(tmp_path: Path) -> None:
    (finding,) = of_rule(check_imports(tmp_path, {}), "LC107")

    assert finding.severity is Severity.INFO
    assert finding.message.startswith("2 modules in app have no role, so no layer rule applies: app.billing")
    assert (finding.location.path, finding.location.span) == ("app/billing.py", None)
    assert [each.location.path for each in finding.related] == ["app/ledger.py"]


def test_one_note_for_each_application(tmp_path: Path) -> None:
    files = {path.replace("app", app): "" for path in LAYERED for app in ("one", "two")}

    report = check_tree(tmp_path, files | {"one/blob.py": "", "two/blob.py": "", "three.py": ""})

    assert [each.location.path for each in of_rule(report, "LC107")] == ["one/blob.py", "two/blob.py"]
    assert len({each.fingerprint for each in of_rule(report, "LC107")}) == 2


def test_exhaustive_makes_each_an_error(tmp_path: Path) -> None:
    found = of_rule(check_imports(tmp_path, {}, "exhaustive = true\n"), "LC107")

    assert [(each.location.path, each.severity) for each in found] == [
        ("app/billing.py", Severity.ERROR),
        ("app/ledger.py", Severity.ERROR),
    ]
    assert found[0].message == "app.billing has no layer, and the configuration is exhaustive"


def test_a_severity_that_is_set_stays(tmp_path: Path) -> None:
    configuration = 'exhaustive = true\nseverity.LC107 = "warning"\n'

    assert {each.severity for each in of_rule(check_imports(tmp_path, {}, configuration), "LC107")} == {
        Severity.WARNING
    }


def test_an_info_that_is_set_stays_too(tmp_path: Path) -> None:
    configuration = 'exhaustive = true\nseverity.unmapped-module = "info"\n'

    assert {each.severity for each in of_rule(check_imports(tmp_path, {}, configuration), "LC107")} == {Severity.INFO}


def test_where_all_have_a_role_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert of_rule(check_tree(tmp_path, LAYERED, "exhaustive = true\n"), "LC107") == []


def test_a_role_of_the_configuration_is_a_role(tmp_path: Path) -> None:
    configuration = (
        'roles.services = ["app.billing"]\nroles.money = ["ledger"]\nleaf = ["utils", "money"]\nexhaustive = true\n'
    )

    assert of_rule(check_imports(tmp_path, {}, configuration), "LC107") == []


def test_with_own_layers_every_module_must_have_one_if_exhaustive(tmp_path: Path) -> None:
    files = {"app/web.py": "", "app/data.py": "", "app/glue.py": "", "tests/test_x.py": ""}
    configuration = 'layers = ["app.web", "app.data"]\nexhaustive = true\n'

    assert [each.subject for each in of_rule(check_tree(tmp_path, files, configuration), "LC107")] == ["app.glue"]


PRESCRIBED = [
    *("app/apps.py", "app/orders/admin.py", "app/orders/tasks.py", "app/orders/signals.py", "app/exceptions.py"),
    *("app/exceptions/http.py", "app/orders/templatetags/money.py", "app/management/commands/seed.py", "app/enums.py"),
]


def test_what_frameworks_prescribe_needs_no_role(tmp_path: Path) -> None:
    report = check_tree(tmp_path, LAYERED | dict.fromkeys(PRESCRIBED, "X = 1\n"))

    assert of_rule(report, "LC107") == []
    assert report.coverage.unmapped == ()


def test_where_the_configuration_is_exhaustive_it_needs_one(tmp_path: Path) -> None:
    files = LAYERED | dict.fromkeys(["app/apps.py", "app/orders/signals.py"], "X = 1\n")

    found = of_rule(check_tree(tmp_path, files, "exhaustive = true\n"), "LC107")

    assert {each.location.path for each in found} == {"app/apps.py", "app/orders/signals.py"}


def test_the_folder_of_the_application_itself_says_nothing(tmp_path: Path) -> None:
    files = {path.replace("app/", "admin/"): text for path, text in LAYERED.items()} | {"admin/blob.py": "X = 1\n"}

    assert [each.location.path for each in of_rule(check_tree(tmp_path, files), "LC107")] == ["admin/blob.py"]
