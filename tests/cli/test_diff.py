"""`layercheck diff` and `layercheck check --since`, as they are called."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests.repositories import SHOP, UPWARD, GitRepository
from tests.running import run_apart, run_here

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

BROKEN = {**SHOP, "app/services/users.py": UPWARD}
WARNING = {**SHOP, "app/utils/tools.py": "from app.services import users\n"}
"""Breaks LC104, a warning."""


def _run(folder: Path, *arguments: str) -> Outcome:
    with chdir(folder):
        return run_here(*arguments)


@pytest.mark.parametrize(
    ("before", "after", "arguments", "code"),
    [
        (SHOP, SHOP, [], 0),
        (SHOP, BROKEN, [], 1),
        (BROKEN, BROKEN, [], 0),
        (BROKEN, SHOP, [], 0),
        (SHOP, WARNING, [], 0),
        (SHOP, WARNING, ["--fail-on", "warning"], 1),
        (SHOP, BROKEN, ["--fail-on", "never"], 0),
        (BROKEN, BROKEN, ["--fail-on", "carried"], 1),
        (BROKEN, BROKEN, ["--fail-on", "introduced,moved"], 0),
        (WARNING, WARNING, ["--fail-on", "carried", "--fail-on", "warning"], 1),
        (SHOP, {**SHOP, "app/models/user.py": "from app.models import more\n"}, ["--fail-on", "tangles"], 0),
        (
            SHOP,
            {
                **SHOP,
                "app/models/user.py": "from app.models import more\n",
                "app/models/more.py": "from app.models import user\n",
            },
            ["--fail-on", "tangles"],
            1,
        ),
        ({**BROKEN, "layercheck.toml": 'ignore = ["LC101", "LC150"]'}, BROKEN, [], 0),
        ({**BROKEN, "layercheck.toml": 'ignore = ["LC101", "LC150"]'}, BROKEN, ["--fail-on", "introduced,exposed"], 1),
    ],
)
def test_the_exit_code(
    tmp_path: Path, before: dict[str, str | bytes], after: dict[str, str | bytes], arguments: list[str], code: int
) -> None:
    repository = GitRepository.make(tmp_path, before)
    repository.write(after)

    outcome = _run(tmp_path, "diff", "HEAD", *arguments)

    assert (outcome.code, outcome.err) == (code, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["main..HEAD"],
        ["--head", "nonsense"],
        ["--fail-on", "luck"],
        ["--fail-on", "never,introduced"],
        ["HEAD", "nowhere/"],
        ["--output-file", "nowhere/file"],
        ["--output-format", "xml"],
    ],
)
def test_what_cannot_be_compared_is_exit_2(tmp_path: Path, arguments: list[str]) -> None:
    GitRepository.make(tmp_path)

    outcome = _run(tmp_path, "diff", *arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err


def test_it_tells_what_became_of_everything(tmp_path: Path) -> None:
    moved = "from app.api import users\n\n\nclass Stock:\n    count = 1\n    price = 2\n    name = ''\n"
    before = {**SHOP, "app/services/stock.py": moved, "app/services/old.py": UPWARD, "app/models/user.py": UPWARD}
    repository = GitRepository.make(tmp_path, before)
    repository.git("mv", "app/services/stock.py", "app/services/goods.py")
    repository.write({"app/services/old.py": "x = 1\n", "app/models/new.py": UPWARD})

    outcome = run_apart("diff", "HEAD", folder=tmp_path)

    assert outcome.code == 1, outcome.err
    assert "Introduced (1)\n\napp/models/new.py:1:21: error[LC101]" in outcome.out
    assert "  1 | from app.api import users\n" in outcome.out
    assert (
        "Moved (1)\n  app/services/goods.py:1:21  LC101 app.services.goods -> app.api.users, "
        "was app.services.stock -> app.api.users\n" in outcome.out
    )
    assert "Resolved (1)\n  app/services/old.py:1:21  LC101 app.services.old -> app.api.users\n" in outcome.out
    assert "  models -> api: +1\n    + app/models/new.py:1:21  app.models.new -> app.api.users\n" in outcome.out
    assert ": 1 introduced, 1 moved, 1 carried, 1 resolved.\n" in outcome.out


def test_quiet_is_only_what_was_introduced(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.write({"app/models/user.py": UPWARD})

    outcome = _run(tmp_path, "diff", "HEAD", "-q")

    assert outcome.out.count("LC101") == 1
    assert "Introduced" not in outcome.out
    assert _run(tmp_path, "diff", "HEAD", "-q", "app/services").out == ""


def test_verbose_lists_what_was_there_before(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, BROKEN)

    assert "Carried (1)\n  app/services/users.py:1:21  LC101" in _run(tmp_path, "diff", "HEAD", "-v").out


def test_paths_narrow_what_is_told(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({**BROKEN, "app/models/user.py": UPWARD})

    outcome = _run(tmp_path, "diff", "HEAD", "app/models")

    assert "1 introduced" in outcome.out
    assert outcome.code == 1
    assert _run(tmp_path, "diff", "HEAD", "app/api").code == 0


def test_another_commit_is_told_without_the_lines_on_disk(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.commit(BROKEN)
    repository.commit({"app/services/users.py": "something_else = 1\n"})

    outcome = _run(tmp_path, "diff", "HEAD~2", "--head", "HEAD~1")

    assert outcome.code == 1
    assert "app/services/users.py:1:21: error[LC101]" in outcome.out
    assert "something_else" not in outcome.out


def test_the_verdict_can_be_written_to_a_file(tmp_path: Path) -> None:
    GitRepository.make(tmp_path)

    outcome = _run(tmp_path, "diff", "HEAD", "-o", "verdict.md", "--output-format", "markdown")

    assert (outcome.code, outcome.out) == (0, "")
    assert (tmp_path / "verdict.md").read_text("utf-8").startswith("### layercheck: Against HEAD")


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    GitRepository.make(tmp_path)

    outcome = _run(tmp_path, "diff", "HEAD", "-o", "-")

    assert outcome.out == _run(tmp_path, "diff", "HEAD").out != ""
    assert not (tmp_path / "-").exists()


def test_timings_tell_what_had_to_be_read(tmp_path: Path) -> None:
    GitRepository.make(tmp_path)
    first, second = (_run(tmp_path, "diff", "HEAD", "--timings").err for _ in range(2))

    assert first == "contents read from commits: 7; files of the base parsed: 0\n"
    assert second == "contents read from commits: 0; files of the base parsed: 0\n"


def test_check_since_reports_only_what_was_introduced(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.write({"app/models/user.py": UPWARD})

    outcome = _run(tmp_path, "check", "--since", "HEAD", "--output-format", "json")

    assert outcome.code == 1
    assert outcome.findings == [("LC101", "app/models/user.py", 1)]


def test_check_since_is_clean_where_nothing_came(tmp_path: Path) -> None:
    GitRepository.make(tmp_path, BROKEN)

    outcome = _run(tmp_path, "check", "--since", "HEAD", ".")

    assert outcome.code == 0
    assert outcome.err.startswith("layercheck: reports what is new, not 1 that were there at HEAD (")
    assert _run(tmp_path, "check", ".").code == 1


def test_check_since_still_narrows_to_paths(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({**BROKEN, "app/models/user.py": UPWARD})

    outcome = _run(tmp_path, "check", "--since", "HEAD", "app/services", "--output-format", "json")

    assert [path for _, path, _ in outcome.findings] == ["app/services/users.py"]


def test_check_since_an_unknown_revision_is_exit_2(tmp_path: Path) -> None:
    GitRepository.make(tmp_path)

    outcome = _run(tmp_path, "check", "--since", "nonsense")

    assert (outcome.code, outcome.out) == (2, "")
    assert "git knows no revision 'nonsense' here" in outcome.err


def test_check_after_diff_says_the_same_as_before(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.git("checkout", "-q", "-b", "feature")
    before = _run(tmp_path, "check", "--output-format", "json").out
    _run(tmp_path, "diff", "HEAD")

    assert _run(tmp_path, "check", "--output-format", "json").out == before
