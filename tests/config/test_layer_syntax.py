from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, strategies as st

from layercheck.config.layer_syntax import Level, Member, check_module_expression, parse_layers, parse_level

names = st.lists(st.sampled_from(["app", "web", "models", "_x", "Größe", "*"]), min_size=1, max_size=4).map(".".join)
members = st.builds(Member, name=names, optional=st.booleans())


@st.composite
def levels(draw: st.DrawFn) -> Level:
    side_by_side = draw(st.lists(members, min_size=1, max_size=4, unique_by=lambda member: member.name))
    return Level(tuple(side_by_side), independent=len(side_by_side) == 1 or draw(st.booleans()))


def written(level: Level, space: str) -> str:
    parts = [f"({space}{member.name}{space})" if member.optional else member.name for member in level.members]
    return (f"{space}|{space}" if level.independent else f"{space}:{space}").join(parts)


@given(levels(), st.sampled_from(["", " ", "\t "]))
def test_every_level_reads_back_as_it_was_written(level: Level, space: str) -> None:
    assert parse_level(written(level, space)) == level


@given(st.text(alphabet="ab.*|:() -", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert all(member.name for member in parse_level(text).members)


def test_the_order_of_the_preset() -> None:
    assert parse_layers(["main", "api", "models : db"]) == (
        Level((Member("main"),)),
        Level((Member("api"),)),
        Level((Member("models"), Member("db")), independent=False),
    )


def test_independent_and_optional_siblings() -> None:
    assert parse_level("app.web | (app.jobs)") == Level((Member("app.web"), Member("app.jobs", optional=True)))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a | b : c", "mixes '|'"),
        ("a | ", "on both sides of every '|'"),
        (": a", "on both sides of every ':'"),
        ("a : a", "names 'a' twice"),
        ("(a | b)", "stray parenthesis"),
        ("a)", "stray parenthesis"),
        ("((a))", "stray parenthesis"),
        ("()", "names no layer"),
        (" ", "names no layer"),
        ("a, b", "siblings are separated by '|' or ':'"),
        ("app/web.py", "write 'app.web'"),
        ("app..web", "not a name or a module"),
        (".web", "not a name or a module"),
        ("my-app", "not a name or a module"),
        ("app.w*b", "wildcard inside a name"),
        ("app.**.*", "next to '**'"),
        ("app.*.**", "next to '**'"),
    ],
)
def test_what_is_wrong_is_said(line: str, words: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (the words are compared as they are, without a regex)
        parse_level(line)
    assert words in str(caught.value)


def test_a_layer_stands_only_once_in_the_order() -> None:
    with pytest.raises(ValueError, match="'api' is listed twice"):
        parse_layers(["api", "services | (api)"])


@pytest.mark.parametrize(
    "text", ["app", "app.web", "app.*", "app.**", "*.models", "app.*.models", "app.*.*", "__main__"]
)
def test_modules_and_sets_of_modules(text: str) -> None:
    check_module_expression(text)
