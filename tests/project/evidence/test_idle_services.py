"""Folders inside `services` that hold something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.project.evidence.backend import modules_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_that_uses_services_only_is_none(tmp_path: Path) -> None:
    files = {
        "app/services/parsers/html.py": "from app.services.orders import place\n\ndef parse(text): ...\n",
        "app/services/parsers/css.py": "def parse(text): ...\n",
    }

    modules = modules_of(tmp_path, files)

    assert {modules[path].role for path in files} == {None}


def test_what_uses_the_models_is_a_service(tmp_path: Path) -> None:
    path = "app/services/billing/invoice.py"

    module = modules_of(tmp_path, {path: "from app.models.order import Order\n\ndef bill(): ...\n"})[path]

    assert module.role == "services"


def test_what_defines_a_service_is_one(tmp_path: Path) -> None:
    path = "app/services/mail/send.py"

    assert modules_of(tmp_path, {path: "class MailService: ...\n"})[path].role == "services"
