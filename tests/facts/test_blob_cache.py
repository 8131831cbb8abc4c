"""What is known of a content is given to every file that holds it, and stays its own there."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

from tests.repositories import SHOP, GitRepository
from tests.running import run_here

if TYPE_CHECKING:
    from pathlib import Path

ROUTER = (
    "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.get('/')\ndef show() -> int:\n    return 1\n"
)
APPLICATION = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def test_a_comparison_names_each_module_where_two_files_hold_the_same(tmp_path: Path) -> None:
    places = {"app/api/first.py": ROUTER, "app/api/second.py": ROUTER}
    repository = GitRepository.make(tmp_path, {**SHOP, "app/main.py": APPLICATION})
    repository.commit(places)
    with chdir(tmp_path):
        # The second time, everything is known already.
        for _ in range(2):
            report = run_here("diff", "HEAD~1", "--head", "HEAD", "--output-format", "json", "--no-plugins").report
            messages = {each["path"]: each["message"] for each in report["introduced"] if each["code"] == "LC506"}
            assert {path: message.rpartition(" ")[2] for path, message in messages.items()} == {
                "app/api/first.py": "app.api.first",
                "app/api/second.py": "app.api.second",
            }
