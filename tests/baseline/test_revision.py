from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import given, strategies as st

from layercheck.baseline.entry import Notes
from layercheck.baseline.entry_line import describe, format_entry
from layercheck.baseline.outcome import MatchPolicy, match_baseline
from layercheck.baseline.revision import accept, prune
from layercheck.model.severity import Severity
from tests.baseline.findings import FILE, find, know

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from layercheck.baseline.entry import Entry
    from layercheck.baseline.matching import Matching
    from layercheck.baseline.outcome import BaselineOutcome
    from layercheck.baseline.revision import Revision

TODAY = dt.date(2026, 6, 15)


def stay(matching: Matching) -> Matching:
    return matching


def settle_lines(
    entries: Sequence[str],
    findings: Sequence[str],
    *,
    scoped: bool = False,
    may_judge: Callable[[Entry], bool] = lambda _: True,
    pair_moves: Callable[[Matching], Matching] = stay,
) -> BaselineOutcome:
    policy = MatchPolicy(
        today=TODAY,
        is_ci=True,
        severities={"LC004": Severity.ERROR, "LC005": Severity.ERROR},
        scoped=scoped,
        may_judge=may_judge,
        is_wanted=lambda _: True,
        strict_package_of=lambda _: None,
        pair_moves=pair_moves,
        hint=lambda: "",
    )
    return match_baseline(know(*entries), [find(line) for line in findings], policy)


def lines_of(revision: Revision) -> list[str]:
    return sorted(format_entry(each.entry) for each in revision.placed)


def pruned(entries: Sequence[str], findings: Sequence[str], *, scoped: bool = False) -> list[str]:
    outcome = settle_lines(entries, findings, scoped=scoped)
    return lines_of(prune(know(*entries), outcome, None, scoped=scoped))


def test_what_is_stale_goes_and_what_is_needed_stays() -> None:
    assert pruned(["LC101 a -> b  # why", "LC101 a -> c"], ["LC101 a -> b", "LC101 x -> y"]) == ["LC101 a -> b  # why"]


def test_what_cannot_be_judged_stays() -> None:
    entries = ["LC101 a -> b", "LC102 a -> b"]
    outcome = settle_lines(entries, [], may_judge=lambda entry: entry.code == "LC101")

    assert lines_of(prune(know(*entries), outcome, None, scoped=False)) == ["LC102 a -> b"]


def test_an_expired_entry_stays_for_its_finding_does() -> None:
    assert pruned(["LC101 a -> b  # until=2020-01-01"], ["LC101 a -> b"]) == ["LC101 a -> b  # until=2020-01-01"]


def test_the_application_is_written_down_once_there_are_several() -> None:
    assert pruned(["LC101 a -> b"], ["LC101 a -> b in shop"], scoped=True) == ["LC101 a -> b in shop"]
    assert pruned(["LC101 a -> b in shop"], ["LC101 a -> b in shop"]) == ["LC101 a -> b in shop"]


def test_a_tangle_is_written_down_as_small_as_it_is() -> None:
    entries = ["LC201 a b c d cut 3  # owner=me"]

    assert pruned(entries, ["LC201 a b cut 1", "LC201 c d cut 1"]) == [
        "LC201 a b cut 1  # owner=me",
        "LC201 c d cut 1  # owner=me",
    ]
    assert [each.code for each in settle_lines(entries, ["LC201 a b c cut 2"]).about_entries] == ["LC004"]
    assert settle_lines(["LC201 a b cut 1"], ["LC201 a b cut 1"]).about_entries == ()


def test_tangles_of_two_branches_become_one() -> None:
    assert pruned(["LC201 a b c cut 2", "LC201 a b c cut 1"], ["LC201 a b c cut 1"]) == ["LC201 a b c cut 1"]


def test_accepting_adds_and_renews() -> None:
    entries = ["LC101 a -> b  # owner=me until=2020-01-01"]
    outcome = settle_lines(entries, ["LC101 a -> b", "LC101 c -> d"])
    revision = prune(know(*entries), outcome, None, scoped=False)
    found = [*outcome.new, *(match.finding for match in outcome.expired)]

    accepted = accept(revision, found, Notes(until=dt.date(2027, 1, 1)), lambda _: FILE, scoped=False)

    assert lines_of(accepted) == ["LC101 a -> b  # owner=me until=2027-01-01", "LC101 c -> d  # until=2027-01-01"]


names = st.sampled_from("abcd")
pairs = st.builds("LC101 {} -> {}".format, names, names)
tangled = st.builds(
    lambda found, cut: f"LC201 {' '.join(sorted(found))} cut {cut}",
    st.sets(names, min_size=2),
    st.integers(1, 3),
)
lines = st.lists(pairs | tangled, unique=True)
# No module is in two tangles of one day.
apart = st.sampled_from([[], ["a b"], ["a b", "c d"], ["a c", "b d"], ["a b c"], ["a b c d"]])
tangles_of_today = apart.flatmap(
    lambda groups: st.tuples(*(st.integers(1, 3).map(f"LC201 {group} cut {{}}".format) for group in groups)).map(list)
)
findings_of_today = st.builds(list.__add__, st.lists(pairs, unique=True), tangles_of_today)


def size(entries: Collection[str]) -> int:
    """Add up what entries accept: one for a line, the cut for a tangle."""
    return sum(int(line.rpartition(" cut ")[2]) if " cut " in line else 1 for line in entries)


@given(lines, findings_of_today)
def test_prune_never_accepts_more_and_has_nothing_left_to_do(entries: list[str], findings: list[str]) -> None:
    once = pruned(entries, findings)

    assert size(once) <= size(entries)
    assert pruned(once, findings) == once
    before, after = settle_lines(entries, findings), settle_lines(once, findings)
    assert after.about_entries == ()
    assert {each.subject for each in after.new} == {each.subject for each in before.new}
    assert [describe(match.known.entry) for match in after.known] == [
        describe(entry) for entry in (match.known.entry for match in after.matches)
    ]
