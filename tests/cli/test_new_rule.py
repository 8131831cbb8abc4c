from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests.running import clean_environment, run_here, write_tree

if TYPE_CHECKING:
    from pathlib import Path

BACKEND = {"app/services/a.py": "def f():\n    print(1)\n", "app/models/b.py": ""}


def test_a_new_rule_passes_its_test_and_finds_what_it_says(tmp_path: Path) -> None:
    write_tree(tmp_path, BACKEND | {"layercheck.toml": 'plugins = ["lint_rules/loud_service.py"]\n'})

    with chdir(tmp_path):
        outcome = run_here("new-rule", "loud-service", "--no-plugins")
        found = run_here("check", "--select", "MY001", "--output-format", "json")
        page = run_here("explain", "loud-service")
    test = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "lint_rules"],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("wrote lint_rules/loud_service.py\nwrote lint_rules/test_loud_service.py\n")
    assert 'plugins = ["lint_rules/loud_service.py"]' in outcome.out
    assert found.findings == [("MY001", "app/services/a.py", 2)]
    assert "| MY001 | warning | on | no | loud_service |" in page.out
    assert "2 passed" in test.stdout, test.stdout


def test_the_next_rule_gets_the_next_code(tmp_path: Path) -> None:
    with chdir(tmp_path):
        run_here("new-rule", "first-thing")
        write_tree(tmp_path, {"layercheck.toml": 'plugins = ["lint_rules/first_thing.py"]\n'})
        outcome = run_here("new-rule", "second-thing")

    assert "check --select MY002" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Loud"], "'Loud' is not a valid rule name"),
        (["loud", "--code", "LC999"], "'LC999' is not a valid code"),
        (["loud", "--code", "x1"], "'x1' is not a valid code"),
        (["skipped-layer"], "there is a rule skipped-layer already (LC102)"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(tmp_path: Path, arguments: list[str], told: str) -> None:
    with chdir(tmp_path):
        outcome = run_here("new-rule", *arguments)

    assert outcome.code == 2
    assert told in outcome.err
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write_tree(tmp_path, {"lint_rules/test_loud.py": "mine\n"})

    with chdir(tmp_path):
        outcome = run_here("new-rule", "loud")

    assert outcome.code == 2
    assert "test_loud.py already exists" in outcome.err
    assert [path.name for path in (tmp_path / "lint_rules").iterdir()] == ["test_loud.py"]
