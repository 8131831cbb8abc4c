"""What is kept where files come and go is what it would be if it were made anew."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.facts.file_facts import scan_file
from layercheck.project.ballots import count_votes
from layercheck.project.evidence.contents import ContentsReader
from layercheck.project.module_names import SourceTree, name_modules
from layercheck.project.votes import count_again
from layercheck.python.outline import Outline
from tests.made_up_projects import projects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.facts.file_facts import FileFacts

FIXTURES = Path(__file__).parents[2] / "fixtures"
TABLES = {
    "app/base.py": "class Base(DeclarativeBase): ...\n",
    "app/user.py": "from app.base import Base\nclass User(Base): ...\n",
    "app/plain.py": "class Plain: ...\n",
    "app/late.py": "from app.user import User\nclass Late(User): ...\n",
}


def _scan(files: Mapping[str, str]) -> dict[str, FileFacts]:
    return {path: scan_file(text.encode()) for path, text in files.items()}


def _compare(facts: Mapping[str, FileFacts], before: list[str], after: list[str]) -> bool:
    """Go from some files to others; tell whether the contents could be kept."""
    then, now = ({path: facts[path].scan.imports for path in paths} for paths in (before, after))
    tree, new_tree = SourceTree(then), SourceTree(now)
    counted = count_again(name_modules(tree, then), (tree, then), (new_tree, now))
    assert counted == tuple(+counts for counts in count_votes(new_tree, now))

    outlines = ({path: facts[path].outline or Outline() for path in paths} for paths in (before, after))
    old, new = outlines
    kept = ContentsReader(old, then).moved(new, now)
    fresh = ContentsReader(new, now)
    assert kept is None or list(kept.contents.items()) == list(fresh.contents.items())
    return kept is not None


@settings(max_examples=40, deadline=None)
@given(project=projects(), seed=st.integers(0, 10_000))
def test_random_files_come_and_go(project: object, seed: int) -> None:
    facts, chance = _scan(project.files), random.Random(seed)  # type: ignore[attr-defined]  # a made-up project
    before, after = ([path for path in facts if chance.randrange(8)] for _ in range(2))

    _compare(facts, before, after)


@pytest.mark.parametrize("fixture", sorted(each.name for each in FIXTURES.iterdir() if each.is_dir()))
def test_files_of_a_fixture_come_and_go(fixture: str) -> None:
    root = FIXTURES / fixture
    facts = {path.relative_to(root).as_posix(): scan_file(path.read_bytes()) for path in sorted(root.rglob("*.py"))}
    for path in facts:
        others = [each for each in facts if each != path]

        _compare(facts, list(facts), others)
        _compare(facts, others, list(facts))


def test_what_classes_elsewhere_hang_on_is_read_anew() -> None:
    facts = _scan(TABLES)
    paths = list(TABLES)

    assert not _compare(facts, paths, [path for path in paths if path != "app/base.py"])
    assert not _compare(facts, [path for path in paths if path != "app/user.py"], paths)
    assert _compare(facts, paths, [path for path in paths if path != "app/plain.py"])
    assert _compare(facts, [path for path in paths if path != "app/late.py"], paths)
