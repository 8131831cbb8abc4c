from __future__ import annotations

import pytest

from layercheck.reporters.finding_writer import find_own_words


@pytest.mark.parametrize(
    ("messages", "own"),
    [
        (["`api` must not ask: `f` uses `x`", "`api` must not ask: `g` uses `y`"], ["`f` uses `x`", "`g` uses `y`"]),
        (["a.b has no test", "a.c has no test"], ["a.b", "a.c"]),
        (["the schema `A` stands here", "the schema `B` stands here"], ["`A`", "`B`"]),
        (["all the same", "all the same"], ["all the same", "all the same"]),
        (["one", "one two"], ["one", "one two"]),
        (["", "x"], ["", "x"]),
    ],
)
def test_what_messages_share_is_left_out(messages: list[str], own: list[str]) -> None:
    assert find_own_words(messages) == own
