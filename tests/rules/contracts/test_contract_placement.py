from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

from tests.repositories import make_repository
from tests.rules.contracts.shop import find_broken
from tests.running import run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = 'kind = "placement"\nwithin = ["app"]\nplaces = ["app/services/*_service.py", "app/{x}/{x}_models.py"]\n'


def test_modules_elsewhere_are_found(tmp_path: Path) -> None:
    files = {
        "app.services.cart_service": "",
        "app.services.cart": "",
        "app.cart.cart_models": "",
        "app.cart.user_models": "",
        "tools": "",
    }

    found = find_broken(tmp_path, "LC130", files, CONTRACT)

    assert [each.subject for each in found] == ["app.cart.user_models", "app.services.cart"]


def test_a_change_is_judged_by_what_it_adds(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"app/old.py": "", "app/services/a_service.py": ""}, f'[[contracts]]\nname = "a"\n{CONTRACT}'
    )
    make_repository(tmp_path)
    write_tree(tmp_path, {"app/new.py": ""})

    with chdir(tmp_path):
        outcome = run_here("check", "--since", "HEAD", "--no-cache", "--output-format", "json")

    assert [(code, path) for code, path, _ in outcome.findings if code == "LC130"] == [("LC130", "app/new.py")]
