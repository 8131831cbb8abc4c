from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.placement.backends import lines_in
from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

READ = "import os\nHOST = os.getenv('MAIL_HOST')\n"
SETTINGS = {"app/config.py": "import os\nA = os.environ['A']\n"}


@pytest.mark.parametrize(
    ("statement", "is_read"),
    [
        ("os.environ['A_KEY']", True),
        ("os.environ.get('A_KEY', '1')", True),
        ("environ.get('A_KEY')", True),
        ("os.getenv('A_KEY')", True),
        ("'A_KEY' in os.environ", True),
        ("load_dotenv()", True),
        ("decouple.config('A_KEY', default=1)", True),
        ("os.environ['A_KEY'] = '1'", False),
        ("del os.environ['A_KEY']", False),
        ("os.environ.setdefault('A_KEY', '1')", False),
        ("os.environ.update(A_KEY='1')", False),
        ("subprocess.run('x', env={**os.environ, 'A': '1'})", False),
        ("subprocess.run('x', env=os.environ.copy())", False),
        ("os.environ[name]", False),
        ("os.environ['HOME']", False),
        ("settings.environ.get('A_KEY')", False),
    ],
)
def test_what_a_read_is(tmp_path: Path, statement: str, is_read: bool) -> None:
    text = f"import os, subprocess, decouple\nfrom os import environ\nfrom dotenv import load_dotenv\n{statement}\n"

    assert lines_in(tmp_path, "LC309", "app/services/mail.py", text, SETTINGS) == ([4] if is_read else [])


@pytest.mark.parametrize(
    "path", ["app/settings.py", "app/main.py", "app/services/mail_config.py", "app/config/mail.py", "scripts/run.py"]
)
def test_where_the_environment_is_read(tmp_path: Path, path: str) -> None:
    assert lines_in(tmp_path, "LC309", path, READ, SETTINGS) == []


@pytest.mark.parametrize(
    ("others", "lines"),
    [
        (SETTINGS, [2]),
        ({"app/core/settings.py": "from pydantic_settings import BaseSettings\nclass S(BaseSettings): ...\n"}, [2]),
        ({"config/settings.py": "import os\nA = os.environ['A']\n"}, [2]),
        ({"app/config.py": "A = 1\n"}, []),
        ({}, []),
    ],
)
def test_only_where_there_are_settings(tmp_path: Path, others: dict[str, str], lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC309", "app/services/mail.py", READ, others) == lines


def test_a_module_is_reported_once_with_all_its_reads(tmp_path: Path) -> None:
    text = "import os\ndef host(): return os.getenv('A_KEY')\ndef port(): return os.getenv('B_KEY')\n"

    (finding,) = of_rule(
        check_tree(tmp_path, {**SETTINGS, "app/services/mail.py": text, "app/models/a.py": ""}), "LC309"
    )

    assert finding.message == "`services` reads `A_KEY` and 1 more from the environment instead of the settings"
    assert len(finding.related) == 1


def test_a_module_that_does_little_else_is_settings(tmp_path: Path) -> None:
    text = "import os\n" + "".join(f"{name} = os.environ['{name}_KEY']\n" for name in "ABC") + "def f(): ...\n"

    assert lines_in(tmp_path / "a", "LC309", "app/services/options.py", text, {}) == []
    assert lines_in(tmp_path / "b", "LC309", "app/services/mail.py", READ, {"app/services/options.py": text}) == [2]
