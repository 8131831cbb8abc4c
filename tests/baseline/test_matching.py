from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, strategies as st

from layercheck.baseline.matching import match_entries
from tests.baseline.findings import find, know, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.baseline.matching import Matching


def match(entries: Sequence[str], findings: Sequence[str]) -> Matching:
    return match_entries(know(*entries), [find(line) for line in findings])


def pairs(matching: Matching) -> list[tuple[str, str, str]]:
    return [(write(each.known), each.finding.subject, each.finding.application) for each in matching.matches]


def test_the_same_identity_is_known() -> None:
    matching = match(["LC101 a -> b", "LC101 a -> c", "LC102 a -> b"], ["LC101 a -> b", "LC101 x -> b"])

    assert pairs(matching) == [("LC101 a -> b", "a", "")]
    assert [each.subject for each in matching.new] == ["x"]
    assert list(map(write, matching.unmatched)) == ["LC101 a -> c", "LC102 a -> b"]


def test_findings_that_share_an_identity_share_the_entry() -> None:
    matching = match(["LC003 app/x.py -> LC999"], ["LC003 app/x.py -> LC999"] * 2)

    assert len(matching.matches) == 2
    assert (matching.new, matching.unmatched) == ((), ())


def test_an_entry_without_an_application_means_the_only_one() -> None:
    assert pairs(match(["LC101 a -> b"], ["LC101 a -> b in shop/app"])) == [("LC101 a -> b", "a", "shop/app")]


def test_an_entry_without_an_application_never_accepts_a_second_one() -> None:
    matching = match(["LC101 a -> b"], ["LC101 a -> b in shop", "LC101 a -> b in billing"])

    assert pairs(matching) == [("LC101 a -> b", "a", "billing")]
    assert [each.application for each in matching.new] == ["shop"]


def test_an_application_that_is_written_decides() -> None:
    matching = match(["LC101 a -> b", "LC101 a -> b in billing"], ["LC101 a -> b in shop", "LC101 a -> b in billing"])

    assert pairs(matching) == [("LC101 a -> b", "a", "shop"), ("LC101 a -> b in billing", "a", "billing")]
    assert match(["LC101 a -> b in shop"], ["LC101 a -> b in billing"]).matches == ()


lines = st.builds(
    "LC10{} {} -> {}{}".format,
    st.integers(1, 2),
    st.sampled_from("ab"),
    st.sampled_from("ab"),
    st.sampled_from(["", " in x", " in y"]),
)


@given(st.lists(lines, unique=True), st.lists(lines))
def test_every_finding_and_every_entry_is_somewhere_once(entries: list[str], findings: list[str]) -> None:
    matching = match(entries, findings)

    matched = {write(each.known) for each in matching.matches}
    assert len(matching.matches) + len(matching.new) == len(findings)
    assert sorted([*matched, *map(write, matching.unmatched)]) == sorted(entries)
    for each in matching.matches:
        entry = each.known.entry
        assert (entry.code, entry.subject, entry.object) == (
            each.finding.code,
            each.finding.subject,
            each.finding.object,
        )
        assert entry.application in {None, each.finding.application}


@given(st.lists(lines, unique=True), st.lists(lines))
def test_an_entry_accepts_one_identity_at_most(entries: list[str], findings: list[str]) -> None:
    accepted: dict[str, set[str]] = {}
    for each in match(entries, findings).matches:
        accepted.setdefault(write(each.known), set()).add(each.finding.fingerprint)

    assert all(len(identities) == 1 for identities in accepted.values())
