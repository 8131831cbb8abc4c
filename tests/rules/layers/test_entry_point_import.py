from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.layers.shop import MODULES, check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path

ENTRY_POINTS = ["main", "app", "asgi", "wsgi", "manage", "__main__"]
LAYERS = {"shop/__init__.py": "", "shop/api/x.py": "", "shop/services/y.py": "", "shop/models/z.py": ""}


@pytest.mark.parametrize("importer", ["api", "services", "models", "db", "schemas", "utils", "config", "deps", "free"])
def test_nobody_inside_imports_the_entry_point(tmp_path: Path, importer: str) -> None:
    report = check_imports(tmp_path, {importer: "def f():\n    from {main} import app\n"})

    assert imports_reported(report, "LC105") == [f"{MODULES[importer]} -> app.main"]
    assert {each.code for each in report.findings} <= {"LC105", "LC107"}


@pytest.mark.parametrize("importer", ["tests", "migrations", "scripts"])
def test_what_stands_outside_may(tmp_path: Path, importer: str) -> None:
    assert imports_reported(check_imports(tmp_path, {importer: "from {main} import app\n"}), "LC105") == []


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_every_name_of_an_entry_point_counts(tmp_path: Path, name: str) -> None:
    files = LAYERS | {f"shop/{name}.py": "", "shop/services/y.py": f"from shop.{name} import app\n"}

    assert imports_reported(check_tree(tmp_path, files), "LC105") == [f"shop.services.y -> shop.{name}"]


@pytest.mark.parametrize(
    ("name", "many", "severity"), [("app", 10, "warning"), ("app", 9, "error"), ("main", 10, "error")]
)
def test_an_app_that_many_modules_share_may_be_no_entry_point(
    tmp_path: Path, name: str, many: int, severity: str
) -> None:
    users = {f"shop/services/y{number}.py": f"from shop.{name} import mail\n" for number in range(many)}
    found = of_rule(check_tree(tmp_path, LAYERS | users | {f"shop/{name}.py": "mail = object()\n"}), "LC105")

    assert [each.severity for each in found] == [severity] * many
    assert (
        f'10 modules import shop.{name}: if it starts nothing, roles.wiring = ["shop.{name}"]' in found[0].notes[0]
    ) == (severity == "warning")


def test_a_program_may_import_what_it_starts(tmp_path: Path) -> None:
    program = "from shop.main import app\n\nif __name__ == '__main__':\n    print(app.openapi())\n"
    files = LAYERS | {"shop/main.py": "app = object()\n", "shop/document.py": program}

    assert imports_reported(check_tree(tmp_path, files), "LC105") == []


def test_entry_points_may_import_each_other(tmp_path: Path) -> None:
    files = LAYERS | {
        "shop/app.py": "",
        "shop/asgi.py": "from shop.app import app\n",
        "shop/__main__.py": "import shop.asgi",
    }

    assert imports_reported(check_tree(tmp_path, files), "LC105") == []


@pytest.mark.parametrize("path", ["shop/services/app.py", "shop/models/main.py", "shop/api/app.py"])
def test_a_module_of_that_name_inside_a_layer_is_no_entry_point(tmp_path: Path, path: str) -> None:
    module = path.removesuffix(".py").replace("/", ".")
    importer = path.replace("app", "other").replace("main", "other")

    files = LAYERS | {path: "", importer: f"import {module}\n"}

    assert imports_reported(check_tree(tmp_path, files), "LC105") == []


def test_a_flat_project_has_entry_points_too(tmp_path: Path) -> None:
    files = {"main.py": "import routes\n", "routes.py": "import services\n", "services.py": "", "models.py": ""}
    files["models.py"] = "from main import app\n"

    assert imports_reported(check_tree(tmp_path, files), "LC105") == ["models -> main"]


def test_a_package_that_is_called_app_is_no_entry_point(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"services": "from app import config\nimport app\n"})

    assert imports_reported(report, "LC105") == []


def test_entry_points_of_the_configuration(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"db": "from {free} import start\n"}, 'roles.main = ["app.billing"]\n')

    assert imports_reported(report, "LC105") == ["app.db.session -> app.billing"]


def test_the_finding_says_what_to_do(tmp_path: Path) -> None:
    (finding,) = of_rule(check_imports(tmp_path, {"db": "from {main} import app\n"}), "LC105")

    assert finding.message == "the entry point app.main must not be imported: app.db.session imports it"
    assert len(finding.notes) == 1


@pytest.mark.parametrize("library", ["celery", "rq", "arq", "click", "typer"])
def test_tasks_and_commands_may_import_the_application_that_they_need(tmp_path: Path, library: str) -> None:
    text = f"import {library}\nfrom shop.main import app\n"
    files = LAYERS | {"shop/main.py": "", "shop/tasks/mail.py": text, "shop/services/y.py": text}

    assert imports_reported(check_tree(tmp_path, files), "LC105") == ["shop.services.y -> shop.main"]


@pytest.mark.parametrize("path", ["shop/cli.py", "shop/cli/run.py"])
def test_the_command_line_may_start_the_application(tmp_path: Path, path: str) -> None:
    files = LAYERS | {"shop/main.py": "", path: "from shop.main import app\n"}

    assert imports_reported(check_tree(tmp_path, files), "LC105") == []


@pytest.mark.parametrize("line", ["from shop.app import create_app\n", "def run():\n    import shop.app\n"])
def test_a_package_may_pass_on_its_own_entry_point(tmp_path: Path, line: str) -> None:
    files = LAYERS | {"shop/app.py": "", "shop/__init__.py": line}

    assert imports_reported(check_tree(tmp_path, files), "LC105") == []


def test_another_package_may_not(tmp_path: Path) -> None:
    files = LAYERS | {"shop/app.py": "", "shop/billing/__init__.py": "from shop.app import create_app\n"}

    assert imports_reported(check_tree(tmp_path, files), "LC105") == ["shop.billing -> shop.app"]
