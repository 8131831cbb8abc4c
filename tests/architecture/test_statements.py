from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from typing import TYPE_CHECKING, Any

import pytest

from layercheck.architecture import Project, layers, modules
from layercheck.errors import LayercheckError
from tests.running import PROJECT_FILES, clean_environment, write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/api/__init__.py": "",
    "app/api/users.py": "import app.services.users\n",
    "app/services/__init__.py": "",
    "app/services/users.py": "import app.models.user\nimport sqlalchemy\n",
    "app/services/orders.py": "import app.services.users\n",
    "app/models/__init__.py": "",
    "app/models/user.py": "class User: ...\n\n\nclass _Row: ...\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(write_project(tmp_path, FILES))


HOLDING: list[Callable[[Project], None]] = [
    lambda it: it.layers("app.api", "app.services", "app.models"),
    lambda it: it.layers("api", "services", "models", containers=["app"], exhaustive=True),
    lambda it: it.modules("app.models.**").should_not_import("app.api.**", "app.services.**"),
    lambda it: it.modules("app.api").should_not_import("app.models", indirect=False),
    lambda it: it.modules("app.api").should_only_import("app.services"),
    lambda it: it.modules("app.api.users").should_import("app.services"),
    lambda it: it.modules("app.models").should_only_be_imported_by("app.services"),
    lambda it: it.modules("app.api.*", "app.services.orders").should_be_independent(),
    lambda it: it.modules("app").should_have_no_cycles(),
    lambda it: it.modules("app.models").should_only_be_used_through("user"),
    lambda it: it.modules("role:models").should_not_import("sqlalchemy"),
]


@pytest.mark.parametrize("state", HOLDING)
def test_what_holds_passes(project: Project, state: Callable[[Project], None]) -> None:
    state(project)


BROKEN: list[tuple[Callable[[Project], None], str, str]] = [
    (
        lambda it: it.layers("app.models", "app.services", "app.api"),
        "app/api/users.py:1:8: error[LC121]",
        "`app.api` must not import `app.services`, a higher layer",
    ),
    (
        lambda it: it.modules("app.api").should_not_import("app.models"),
        "app/services/users.py:1:8: error[LC122]",
        "`app.api` must not import `app.models`, not even indirectly",
    ),
    (
        lambda it: it.modules("app.services").should_not_import("sqlalchemy"),
        "app/services/users.py:2:8: error[LC122]",
        "`app.services` must not import `sqlalchemy`",
    ),
    (
        lambda it: it.modules("app.services").should_only_import("app.api"),
        "app/services/users.py:1:8: error[LC123]",
        "app.models.user",
    ),
    (
        lambda it: it.modules("app.models.user").should_import("sqlalchemy"),
        "app/models/user.py:1:1: error[LC129]",
        "must import `sqlalchemy`",
    ),
    (
        lambda it: it.modules("app.models").should_only_be_imported_by("app.api"),
        "app/services/users.py:1:8: error[LC125]",
        "app.models",
    ),
    (
        lambda it: it.modules("app.services.*").should_be_independent(),
        "app/services/orders.py:1:8: error[LC124]",
        "app.services.users",
    ),
    (
        lambda it: it.modules("app.models").should_only_be_used_through("orders"),
        "app/services/users.py:1:8: error[LC126]",
        "app.models",
    ),
]


@pytest.mark.parametrize(("state", "place", "message"), BROKEN)
def test_what_does_not_hold_fails_with_the_place(
    project: Project, state: Callable[[Project], None], place: str, message: str
) -> None:
    with pytest.raises(AssertionError) as failure:
        state(project)

    assert place in str(failure.value)
    assert message in str(failure.value)


def test_a_failure_shows_the_line_the_reason_and_the_statement(project: Project) -> None:
    with pytest.raises(AssertionError) as failure:
        project.modules("app.api").should_not_import("app.services", because="we said so")

    text = str(failure.value)
    assert text.startswith("1 finding at ")
    assert "  1 | import app.services.users\n    |        ^^^^^^^^^^^^^^^^^^\n" in text
    assert "    = reason: we said so\n" in text
    assert "test_statements.py:" in text


def test_an_import_may_be_ignored_and_an_ignore_that_nothing_needs_fails(project: Project) -> None:
    project.modules("app.api").should_not_import("app.services", ignore=["app.api.users -> app.services.users"])
    with pytest.raises(AssertionError, match="LC132"):
        project.modules("app.models").should_not_import("app.api", ignore=["app.api.users -> app.services.users"])


def test_a_suppression_comment_counts(tmp_path: Path) -> None:
    comment = "import app.services.users  # layercheck: ignore[LC122] moves in June\n"
    project = Project(write_project(tmp_path, FILES | {"app/api/users.py": comment}))

    project.modules("app.api").should_not_import("app.services")


@pytest.mark.parametrize(
    "state",
    [
        lambda it: it.modules("app.servises.**").should_not_import("app.api"),
        lambda it: it.modules("app.api").should_not_import("app.modles.**"),
        lambda it: it.modules("app.api").should_only_be_imported_by("app.nobody"),
        lambda it: it.layers("app.api", "app.nothing"),
    ],
)
def test_a_statement_about_nothing_fails(project: Project, state: Callable[[Project], None]) -> None:
    with pytest.raises(AssertionError, match="LC131"):
        state(project)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (lambda it: it.modules("app..api").should_not_import("app.models"), "'app..api' is not a module"),
        (lambda it: it.modules().should_not_import("app.models"), "sources"),
        (lambda it: it.modules("app.api").should_not_import(), "targets"),
        (lambda it: it.layers(), "layers"),
        (lambda it: it.modules("app").should_have_no_cycles(between="friends"), "between"),
    ],
)
def test_a_statement_that_makes_no_sense_is_an_error(
    project: Project, state: Callable[[Project], Any], message: str
) -> None:
    with pytest.raises(LayercheckError, match=message):
        state(project)


def test_a_file_that_cannot_be_read_fails(tmp_path: Path) -> None:
    project = Project(write_project(tmp_path, FILES | {"app/api/users.py": b"# \xff\nimport app.services.users\n"}))

    with pytest.raises(AssertionError, match=r"app/api/users\.py cannot be read"):
        project.modules("app.api").should_not_import("app.services")


def test_the_project_of_the_current_folder(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)

    with chdir(tmp_path):
        layers("app.api", "app.services", "app.models")
        with pytest.raises(AssertionError, match=r"1 finding at app/services/users\.py:1:8"):
            modules("app.services").should_not_import("app.models")


def test_pytest_shows_the_statement_and_nothing_of_ours(tmp_path: Path) -> None:
    write_tree(
        write_project(tmp_path, FILES),
        {
            "tests/test_architecture.py": """
                from layercheck.architecture import modules


                def test_services():
                    modules("app.services").should_not_import("app.models")
                """
        },
    )

    process = subprocess.run(
        [sys.executable, "-m", "pytest", "-pno:cacheprovider"],
        cwd=tmp_path,
        env=clean_environment() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )

    assert process.returncode == 1
    assert (
        '>       modules("app.services").should_not_import("app.models")\nE       AssertionError: 1 finding at'
        in process.stdout
    )
    assert (
        "FAILED tests/test_architecture.py::test_services - AssertionError: 1 finding at app/services" in process.stdout
    )
    assert "statements.py" not in process.stdout
