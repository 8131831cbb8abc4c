"""Services that no name tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.project.evidence.backend import modules_of

if TYPE_CHECKING:
    from pathlib import Path


PLACING = "from app.models.order import Order\n\ndef place(): ...\n"
CALLING = "from fastapi import APIRouter\nfrom app.ordering.place import place\nrouter = APIRouter()\n"


def test_what_stands_between_the_api_and_the_models_is_a_guess_at_services(tmp_path: Path) -> None:
    files = {"app/ordering/place.py": PLACING, "app/api/ordering.py": CALLING}

    module = modules_of(tmp_path, files)["app/ordering/place.py"]

    assert (module.role, module.guess, module.certainty) == (None, "services", "guess")


def test_what_the_api_does_not_use_has_no_role(tmp_path: Path) -> None:
    assert modules_of(tmp_path, {"app/ordering/place.py": PLACING})["app/ordering/place.py"].guess is None


def test_what_the_models_use_themselves_has_no_role(tmp_path: Path) -> None:
    files = {
        "app/ordering/place.py": PLACING,
        "app/api/ordering.py": CALLING,
        "app/models/item.py": "from app.ordering.place import place\nfrom app.base import Base\n\nclass Item(Base): ...\n",
    }

    assert modules_of(tmp_path, files)["app/ordering/place.py"].guess is None


def test_a_weak_name_counts_where_the_models_are_used(tmp_path: Path) -> None:
    files = {"app/logic/place.py": PLACING, "app/logic/text.py": "def slug(text): ...\n"}

    modules = modules_of(tmp_path, files)

    assert modules["app/logic/place.py"].guess == "services"
    assert modules["app/logic/text.py"].guess is None


def test_exceptions_are_no_services(tmp_path: Path) -> None:
    errors = "from app.models.order import Order\n\nclass NotFound(Exception): ...\n"
    files = {"app/ordering/place.py": errors, "app/api/ordering.py": CALLING}

    assert modules_of(tmp_path, files)["app/ordering/place.py"].guess is None
