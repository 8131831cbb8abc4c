from __future__ import annotations

import pytest

from layercheck.baseline.entry_location import is_per_package, place_in_package
from tests.baseline.findings import FILE, find


@pytest.mark.parametrize(
    ("path", "name", "application", "folder"),
    [
        ("app/services/mail/smtp.py", "app.services.mail.smtp", "app", "app/services/"),
        ("app/services/__init__.py", "app.services", "app", "app/services/"),
        ("app/main.py", "app.main", "app", "app/"),
        ("src/shop/orders/views.py", "shop.orders.views", "src/shop", "src/shop/orders/"),
        ("api/users.py", "api.users", "", "api/"),
        # Layers that are declared as modules: no application is known, but the package is.
        ("src/app/web/pages/home.py", "app.web.pages.home", "", "src/app/web/"),
        ("src/app/web/__init__.py", "app.web", "", "src/app/web/"),
        ("src/app/__init__.py", "app", "", "src/app/"),
        ("src/single.py", "single", "", "src/"),
        # A project that is a package itself.
        ("models/user.py", "app.models.user", "", "models/"),
        # What is no module.
        ("tools/broken.py", "", "", "tools/"),
        ("pyproject.toml", "", "", ""),
        ("../pyproject.toml", "", "", ""),
        ("elsewhere/x.py", "elsewhere.x", "app", ""),
    ],
)
def test_an_entry_lies_beside_the_code_it_is_about(path: str, name: str, application: str, folder: str) -> None:
    finding = find(f"LC101 a -> b{f' in {application}' if application else ''}", path)

    assert place_in_package(finding, {path: name}) == f"{folder}{FILE}"


@pytest.mark.parametrize(
    ("paths", "expected"), [([], False), ([FILE], False), ([f"app/{FILE}"], True), ([FILE, f"app/{FILE}"], False)]
)
def test_a_file_at_the_root_takes_all(paths: list[str], expected: bool) -> None:
    assert is_per_package(paths) is expected
