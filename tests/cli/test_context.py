from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest

from tests.running import run_here, write_project, write_tree

FIXTURES = Path(__file__).parents[2] / "fixtures"
APP = {"app/main.py": "", "app/api/users.py": "", "app/services/users.py": "", "app/models/user.py": ""}


def test_it_needs_no_configuration_and_says_the_same_again(tmp_path: Path) -> None:
    write_tree(tmp_path, APP)

    with chdir(tmp_path):
        first, second = run_here("context"), run_here("context")

    assert (first.code, first.err) == (0, "")
    assert first == second
    assert "- endpoint: `app/api/NAME.py`\n" in first.out


@pytest.mark.parametrize("files", [{}, {"a.py": "", "b/c.py": ""}])
def test_where_nothing_is_recognised_there_is_nothing_to_tell(tmp_path: Path, files: dict[str, str]) -> None:
    write_project(tmp_path, files)

    outcome = run_here("context", tmp_path, "--write", tmp_path / "AGENTS.md")

    assert (outcome.code, outcome.out) == (2, "")
    assert not (tmp_path / "AGENTS.md").exists()


def test_writing_and_checking(tmp_path: Path) -> None:
    root = write_project(tmp_path, APP | {"AGENTS.md": "# Rules of the house\n"})
    with chdir(root):
        missing = run_here("context", "--check", "AGENTS.md")
        written = run_here("context", "--write", "AGENTS.md")
        current = run_here("context", "--check", "AGENTS.md")
        text = (root / "AGENTS.md").read_text()
        again = run_here("context", "--write", "AGENTS.md")
        write_tree(root, {"app/schemas/user.py": ""})
        stale = run_here("context", "--check", "AGENTS.md")

    assert [each.code for each in (missing, written, current, again, stale)] == [1, 0, 0, 0, 1]
    assert [each.out for each in (missing, written, current, again, stale)] == [""] * 5
    assert text.startswith("# Rules of the house\n\n<!-- layercheck context: begin")
    assert (root / "AGENTS.md").read_text() == text
    assert stale.err == "layercheck: AGENTS.md is out of date: run `layercheck context --write AGENTS.md`\n"
    assert again.err == "layercheck: AGENTS.md is up to date\n"


def test_a_file_that_is_not_there_is_stale_and_checking_makes_none(tmp_path: Path) -> None:
    root = write_project(tmp_path, APP)

    outcome = run_here("context", root, "--check", root / "AGENTS.md")

    assert outcome.code == 1
    assert not (root / "AGENTS.md").exists()


def test_to_write_and_to_check_at_once_makes_no_sense(tmp_path: Path) -> None:
    outcome = run_here("context", tmp_path, "--check", "a.md", "--write", "a.md")

    assert outcome.code == 2
    assert "cannot be combined" in outcome.err


def test_a_path_in_the_project_stands_for_the_project() -> None:
    whole, part = run_here("context", FIXTURES / "clean"), run_here("context", FIXTURES / "clean/app/api")

    assert whole.code == 0
    assert whole == part
