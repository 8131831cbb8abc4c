from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, strategies as st

from layercheck.baseline.matching import match_entries
from layercheck.baseline.moves import pair_moves
from tests.baseline.findings import find, know, write

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layercheck.baseline.matching import Matching


def pair(
    entries: Sequence[str],
    findings: Sequence[str],
    renamed: Mapping[str, str],
    applications: Collection[str] = ("app",),
) -> Matching:
    matching = match_entries(know(*entries), [find(line) for line in findings])
    return pair_moves(matching, lambda end, _scope: renamed.get(end), applications)


def moved(matching: Matching) -> list[tuple[str, str, str]]:
    return [
        (write(each.known), each.finding.subject, each.finding.object) for each in matching.matches if each.is_moved
    ]


def test_an_entry_follows_the_module_that_was_renamed() -> None:
    matching = pair(["LC101 app.old -> app.b"], ["LC101 app.new -> app.b"], {"app.old": "app.new"})

    assert moved(matching) == [("LC101 app.old -> app.b", "app.new", "app.b")]
    assert (matching.new, matching.unmatched) == ((), ())


def test_an_entry_follows_both_of_its_ends() -> None:
    renamed = {"app.a": "shop.a", "app.b": "shop.b"}

    assert moved(pair(["LC101 app.a -> app.b"], ["LC101 shop.a -> shop.b"], renamed))


def test_an_entry_follows_the_end_that_was_really_moved() -> None:
    # `app.a` became a package: what it did is done in `app.a.core` now, and others still import `app.a`.
    matching = pair(
        ["LC101 app.a -> app.b", "LC101 app.c -> app.a"],
        ["LC101 app.a.core -> app.b", "LC101 app.c -> app.a"],
        {"app.a": "app.a.core"},
    )

    assert moved(matching) == [("LC101 app.a -> app.b", "app.a.core", "app.b")]
    assert matching.unmatched == ()


def test_names_that_look_alike_prove_nothing() -> None:
    matching = pair(["LC101 app.models.user -> app.b"], ["LC101 app.entities.user -> app.b"], {})

    assert not moved(matching)
    assert len(matching.new) == len(matching.unmatched) == 1


def test_rule_and_other_end_must_agree() -> None:
    renamed = {"app.old": "app.new"}

    assert not moved(pair(["LC101 app.old -> app.b"], ["LC102 app.new -> app.b"], renamed))
    assert not moved(pair(["LC101 app.old -> app.b"], ["LC101 app.new -> app.c"], renamed))


def test_one_entry_accepts_one_finding() -> None:
    renamed = {"app.old": "app.new", "app.older": "app.new"}
    matching = pair(["LC101 app.old -> app.b", "LC101 app.older -> app.b"], ["LC101 app.new -> app.b"], renamed)

    assert len(moved(matching)) == 1
    assert len(matching.unmatched) == 1


def test_paths_and_places_inside_a_module_move_as_well() -> None:
    renamed = {"app/old.py": "app/new.py", "app.old": "app.new"}

    assert moved(pair(["LC001 app/old.py"], ["LC001 app/new.py"], renamed))
    assert moved(pair(["LC301 app.old:Worker.run"], ["LC301 app.new:Worker.run"], renamed))


def test_an_application_that_has_another_folder_is_the_same() -> None:
    entries, findings = ["LC101 app.a -> app.b in backend/app"], ["LC101 app.a -> app.b in server/app"]

    assert moved(pair(entries, findings, {}, applications=["server/app"]))
    assert not moved(pair(entries, findings, {}, applications=["server/app", "backend/app"]))


def test_a_tangle_moves_with_its_modules() -> None:
    matching = pair(["LC201 app.a app.b cut 1"], ["LC201 app.a app.c cut 1"], {"app.b": "app.c"})

    assert moved(matching) == [("LC201 app.a app.b cut 1", "app.a app.c", "")]
    assert not moved(pair(["LC201 app.a app.b cut 1"], ["LC201 app.a app.c cut 2"], {"app.b": "app.c"}))


ends = st.sampled_from("abcd")
lines = st.builds("LC101 {} -> {}".format, ends, ends)


@given(st.lists(lines, unique=True), st.lists(lines), st.dictionaries(ends, ends))
def test_nothing_is_lost_and_nothing_accepted_twice(
    entries: list[str], findings: list[str], renamed: dict[str, str]
) -> None:
    matching = pair(entries, findings, renamed)

    assert len(matching.matches) + len(matching.new) == len(findings)
    assert sorted([*{write(each.known) for each in matching.matches}, *map(write, matching.unmatched)]) == sorted(
        entries
    )
    accepted: dict[str, set[str]] = {}
    for each in matching.matches:
        accepted.setdefault(write(each.known), set()).add(each.finding.fingerprint)
    assert all(len(identities) == 1 for identities in accepted.values())
