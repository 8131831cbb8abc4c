"""What a report says that it has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
    "crawler/spider.py": "",
    "crawler/deep/queue.py": "",
    "load.py": "",
    "tests/test_users.py": "",
}


def test_what_lies_outside_of_applications_is_counted(tmp_path: Path) -> None:
    coverage = check_tree(tmp_path, FILES).coverage

    assert [each.path for each in coverage.applications] == ["app"]
    assert coverage.outside == {"crawler/": 2, "load.py": 1}


def test_the_verdict_does_not_speak_for_it(tmp_path: Path) -> None:
    out = run_here("check", "--no-cache", write_project(tmp_path, FILES)).out

    assert "not judged, in no application: 3 modules" in out
    assert "; not judged: 3 in no application" in out
