"""What is known of a content is given to every file that holds it, and stays its own there."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

from layercheck.facts.blob_cache import BlobCache, CommitCache
from layercheck.facts.file_facts import scan_file
from layercheck.facts.signature import Signature
from tests.repositories import SHOP, GitRepository
from tests.running import run_here

if TYPE_CHECKING:
    from pathlib import Path

ROUTER = (
    "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.get('/')\ndef show() -> int:\n    return 1\n"
)
APPLICATION = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def test_what_becomes_of_one_file_is_nothing_to_another_that_holds_the_same() -> None:
    cache = BlobCache(None)
    cache.keep("first.py", "a blob", scan_file(b"import os\n"))
    commit = CommitCache(lambda _: "a blob", cache, {})

    known, _ = commit.known(dict.fromkeys(("first.py", "second.py"), Signature(0, 0, 0, 0)))
    known["first.py"].deferrable = frozenset({1})

    assert known["second.py"].deferrable is None
    assert known["first.py"].scan == known["second.py"].scan


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
