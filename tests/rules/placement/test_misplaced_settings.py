from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.placement.backends import lines_in

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    host: str\n"


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("app/services/mail.py", [2]),
        ("app/schemas/mail.py", [2]),
        ("app/config.py", []),
        ("app/core/mail.py", []),
        ("app/services/mail_settings.py", []),
        ("app/services/config/mail.py", []),
        ("tests/test_mail.py", []),
    ],
)
def test_where_settings_are_defined(tmp_path: Path, path: str, lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC310", path, SETTINGS) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("import pydantic as p\nclass S(p.BaseSettings): ...\n", [2]),
        (SETTINGS + "class Mail(Settings): ...\n", [2, 4]),
        ("from pydantic import BaseModel\nclass BaseSettings(BaseModel): ...\nclass S(BaseSettings): ...\n", []),
    ],
)
def test_what_settings_are(tmp_path: Path, text: str, lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC310", "app/services/mail.py", text) == lines
