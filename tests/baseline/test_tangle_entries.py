from __future__ import annotations

import pytest

from layercheck.baseline.matching import match_entries
from layercheck.baseline.tangle_entries import is_larger
from tests.baseline.findings import find, know, write


@pytest.mark.parametrize(
    ("finding", "is_known"),
    [
        ("LC201 a b c cut 2", True),
        ("LC201 a b cut 2", True),
        ("LC201 a b c cut 1", True),
        ("LC201 a b c d cut 2", False),
        ("LC201 a b d cut 1", False),
        ("LC201 a b c cut 3", False),
        ("LC202 a b c cut 2", False),
    ],
)
def test_a_tangle_may_only_become_smaller(finding: str, is_known: bool) -> None:
    matching = match_entries(know("LC201 a b c cut 2"), [find(finding)])

    assert bool(matching.matches) is is_known
    assert bool(matching.unmatched) is bool(matching.new) is not is_known


def test_a_tangle_that_fell_apart_stays_within_its_cut() -> None:
    known = know("LC201 a b c d cut 2")

    assert match_entries(known, [find("LC201 a b cut 1"), find("LC201 c d cut 1")]).new == ()
    matching = match_entries(known, [find("LC201 a b cut 1"), find("LC201 c d cut 2")])
    assert [each.subject for each in matching.new] == ["c d"]


def test_of_the_entries_of_two_branches_the_tighter_one_is_needed() -> None:
    matching = match_entries(know("LC201 a b c cut 2", "LC201 a b cut 1"), [find("LC201 a b cut 1")])

    assert [write(each.known) for each in matching.matches] == ["LC201 a b cut 1"]
    assert list(map(write, matching.unmatched)) == ["LC201 a b c cut 2"]


def test_an_entry_is_larger_while_anything_could_come_back() -> None:
    (entry,) = (known.entry for known in know("LC201 a b c cut 2"))

    assert not is_larger(entry, find("LC201 a b c cut 2"))
    assert is_larger(entry, find("LC201 a b c cut 1"))
    assert is_larger(entry, find("LC201 a b cut 2"))
