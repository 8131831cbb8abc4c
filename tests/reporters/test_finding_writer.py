from __future__ import annotations

import pytest

from layercheck.reporters.finding_writer import divide_message, find_own_words


@pytest.mark.parametrize(
    ("messages", "own"),
    [
        (["`api` must not ask: `f` uses `x`", "`api` must not ask: `g` uses `y`"], ["`f` uses `x`", "`g` uses `y`"]),
        (["a.b has no test", "a.c has no test"], ["a.b", "a.c"]),
        (["the schema `A` stands here", "the schema `B` stands here"], ["`A`", "`B`"]),
        (["`A` is here, not in `b`", "`B` is there, not in `b`"], ["`A` is here", "`B` is there"]),
        (["all the same", "all the same"], ["all the same", "all the same"]),
        (["one", "one two"], ["one", "one two"]),
        (["", "x"], ["", "x"]),
    ],
)
def test_what_messages_share_is_left_out(messages: list[str], own: list[str]) -> None:
    assert find_own_words(messages) == own


@pytest.mark.parametrize(
    ("message", "head", "detail"),
    [
        ("short: as it is", "short: as it is", ""),
        (f"`api` must not import `db`: {'x' * 90}", "`api` must not import `db`", "x" * 90),
        ("y" * 120, "y" * 120, ""),
        (f"one: two: {'z' * 99}", "one", f"two: {'z' * 99}"),
    ],
)
def test_a_long_headline_leaves_the_names_to_the_line_below(message: str, head: str, detail: str) -> None:
    assert divide_message(message) == (head, detail)
