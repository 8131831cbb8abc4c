from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.contracts.shop import find_broken

if TYPE_CHECKING:
    from pathlib import Path


def test_a_module_without_the_import_is_found(tmp_path: Path) -> None:
    files = {
        "app.cart_router": "import app.permissions\n",
        "app.user_router": '"""\nimport app.permissions\n"""\n',
        "app.mail_router": "from app import permissions\n",
        "app.permissions": "",
    }
    contract = 'kind = "required"\nsources = ["app.*_router"]\ntargets = ["app.permissions"]\n'

    (found,) = find_broken(tmp_path, "LC129", files, contract)

    assert (found.location.path, found.subject) == ("app/user_router.py", "app.user_router")
    assert found.message == "The rule: app.user_router must import `app.permissions`"


def test_a_package_needs_one_module_with_the_import(tmp_path: Path) -> None:
    files = {
        "app.cart.api": "from structlog import get_logger\n",
        "app.cart.db": "",
        "app.user.api": "",
    }
    contract = 'kind = "required"\nsources = ["app.*"]\ntargets = ["structlog"]\n'

    assert [each.subject for each in find_broken(tmp_path, "LC129", files, contract)] == ["app.user"]


def test_braces_bind_source_and_target(tmp_path: Path) -> None:
    files = {
        "app.cart_service": "import app.cart_repo\n",
        "app.user_service": "import app.cart_repo\n",
        "app.cart_repo": "",
        "app.user_repo": "",
    }
    contract = 'kind = "required"\nsources = ["app.{x}_service"]\ntargets = ["app.{x}_repo"]\n'

    assert [each.subject for each in find_broken(tmp_path, "LC129", files, contract)] == ["app.user_service"]
