from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, strategies as st

from layercheck.model.source import Position, Span
from layercheck.suppressions.reader import read_suppressions
from layercheck.suppressions.suppression import Suppression


def read(text: str) -> tuple[Suppression, ...]:
    return read_suppressions(textwrap.dedent(text).lstrip("\n").encode())


def read_lines(text: str) -> list[tuple[int, int]]:
    return [(suppression.first_line, suppression.last_line) for suppression in read(text)]


def test_reads_rules_reason_and_place() -> None:
    assert read("import a  # layercheck: ignore[LC101, layer-order] until the move  \n") == (
        Suppression(
            rules=("LC101", "layer-order"),
            reason="until the move",
            span=Span(Position(1, 10), Position(1, 65)),
            first_line=1,
            last_line=1,
        ),
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("import a  # layercheck: ignore[X]", (1, 1), id="end of line"),
        pytest.param("import a; import b  # layercheck: ignore[X]\n", (1, 1), id="joined statements"),
        pytest.param("if x: import a  # layercheck: ignore[X]\n", (1, 1), id="one-line block"),
        pytest.param("import b\n# layercheck: ignore[X]\nimport a\n", (3, 3), id="own line"),
        pytest.param("# layercheck: ignore[X]\n\n# more\n\nimport a\n", (5, 5), id="own line, then a gap"),
        pytest.param(
            "# layercheck: ignore[X]\nfrom a import (\n  b,\n  c,\n)\nx = 1\n", (2, 5), id="before many lines"
        ),
        pytest.param("from a import (  # layercheck: ignore[X]\n  b,\n)\n", (1, 3), id="first of many lines"),
        pytest.param("from a import (\n  b,  # layercheck: ignore[X]\n  c,\n)\n", (1, 4), id="inside many lines"),
        pytest.param("from a import (\n  # layercheck: ignore[X]\n  b,\n)\n", (1, 4), id="own line inside many lines"),
        pytest.param("from a import (\n  b,\n)  # layercheck: ignore[X]\n", (1, 3), id="last of many lines"),
        pytest.param("from a import b, \\\n  c  # layercheck: ignore[X]\n", (1, 2), id="backslash"),
        pytest.param("def f():\n    # layercheck: ignore[X]\n    import a\n", (3, 3), id="indented"),
        pytest.param('x = """\n"""  # layercheck: ignore[X]\n', (1, 2), id="string of many lines"),
        pytest.param("import a\r\n# layercheck: ignore[X]\r\nimport b\r\n", (3, 3), id="CRLF"),
        pytest.param("import a\r# layercheck: ignore[X]\rimport b\r", (3, 3), id="CR"),
        pytest.param("import a\n\x0c\n# layercheck: ignore[X]\nimport b\n", (4, 4), id="form feed"),
        pytest.param("import a\n# layercheck: ignore[X]\n", (2, 2), id="nothing follows"),
        pytest.param("# layercheck: ignore[X]", (1, 1), id="nothing but a comment"),
        pytest.param("import a\nimport b\n# layercheck: ignore-file[X]\n", (0, 0), id="whole file"),
        pytest.param("import a  # layercheck: ignore-file[X]\n", (0, 0), id="whole file at the end of a line"),
        pytest.param('x = f"{d["a"]}"\nlazy import a  # layercheck: ignore[X]\n', (2, 2), id="newer syntax"),
        pytest.param("\ufeffimport a  # layercheck: ignore[X]\n", (1, 1), id="byte order mark"),
    ],
)
def test_covers_the_statement_it_belongs_to(text: str, lines: tuple[int, int]) -> None:
    assert read_lines(text) == [lines]


@pytest.mark.parametrize(
    "text",
    [
        'x = "# layercheck: ignore[LC101]"\n',
        '"""Write this:\n\n# layercheck: ignore[LC101] reason\n"""\n',
        "x = f'{a}# layercheck: ignore[LC101]'\n",
        "# write `# layercheck: ignore[LC101]`\n",
        "# layercheck: the rules are in pyproject.toml\n",
        "# layercheck ignores what it cannot read\n",
        "# LAYERCHECK: THE RULES ARE IN PYPROJECT.TOML\n",
        "# Layercheck: see the ignored list\n",
        "# ruff: ignore[LC101]\n",
        "# noqa: LC101\n",
        "# my-layercheck: ignore[LC101]\n",
        "",
    ],
)
def test_leaves_everything_else_alone(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# layercheck:ignore[LC101]", (("LC101",), "")),
        ("#layercheck: ignore[LC101]", (("LC101",), "")),
        ("## layercheck: ignore [ LC101 ,] why", (("LC101",), "why")),
        ("# noqa: F401  # layercheck: ignore[LC101] why", (("LC101",), "why")),
        ("# layercheck: ignore[LC101] see #12  # noqa: F401", (("LC101",), "see #12")),
        ("# layercheck: ignore[LC101]: why", (("LC101",), "why")),
        ("# layercheck: ignore[LC101] -- why", (("LC101",), "why")),
        ("# layercheck: ignore[LC101] été", (("LC101",), "été")),
    ],
)
def test_reads_every_way_to_write_it(comment: str, expected: tuple[tuple[str, ...], str]) -> None:
    (suppression,) = read(f"import a  {comment}\n")
    assert (suppression.rules, suppression.reason, suppression.problem) == (*expected, "")


def test_reads_several_in_one_comment() -> None:
    first, second = read("import a  # layercheck: ignore[A] one # layercheck: ignore-file[B] two\n")
    assert (first.rules, first.reason, first.is_file_wide) == (("A",), "one", False)
    assert (second.rules, second.reason, second.is_file_wide) == (("B",), "two", True)
    assert first.span.end.column < second.span.start.column


@pytest.mark.parametrize(
    ("directive", "problem"),
    [
        ("ignore", "it names no rules in brackets"),
        ("ignore-file", "it names no rules in brackets"),
        ("ignore LC101", "it names no rules in brackets"),
        ("ignore: LC101", "it names no rules in brackets"),
        ("Ignore", "it names no rules in brackets"),
        ("disable", "it names no rules in brackets"),
        ("ignore[LC101", "it names no rules in brackets"),
        ("ignore[]", "its brackets are empty"),
        ("ignore[ , ]", "its brackets are empty"),
        ("ignore-file[]", "its brackets are empty"),
        ("disable[LC101]", "there is no `disable`, only `ignore` and `ignore-file`"),
        ("ignore_file[LC101]", "there is no `ignore_file`, only `ignore` and `ignore-file`"),
    ],
)
def test_says_what_is_wrong_with_it(directive: str, problem: str) -> None:
    (suppression,) = read(f"import a  # layercheck: {directive}\n")
    assert suppression.problem == problem


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("# LAYERCHECK: IGNORE", "`LAYERCHECK` must be written in small letters: `layercheck: ignore`"),
        ("# LAYERCHECK: IGNORE[LC101]", "`LAYERCHECK` must be written in small letters: `layercheck: ignore`"),
        ("# Layercheck: ignore[LC101]", "`Layercheck` must be written in small letters: `layercheck: ignore`"),
        ("# layercheck: IGNORE[LC101]", "there is no `IGNORE`, only `ignore` and `ignore-file`"),
        ("# layercheck: igonre[LC101]", "there is no `igonre`, only `ignore` and `ignore-file`"),
        ("# layercheck: igonre LC101", "it names no rules in brackets"),
        ("# layercheck : ignore", "it names no rules in brackets"),
        ("# layercheck ignore[LC101]", "a colon is missing: `layercheck: ignore`"),
        ("# layercheck ignore-file [LC101]", "a colon is missing: `layercheck: ignore`"),
    ],
)
def test_says_what_is_misspelt_in_it(comment: str, problem: str) -> None:
    (suppression,) = read(f"import a  {comment}\n")
    assert suppression.problem == problem


@pytest.mark.parametrize(
    ("tail", "reason", "until"),
    [
        ("until=2027-03-01 the move", "the move", "2027-03-01"),
        ("until=2027-03-01", "", "2027-03-01"),
        ("the move until=2027-03-01", "the move", "2027-03-01"),
        ("the until = 2027-03-01, move", "the move", "2027-03-01"),
        (": until=2027-03-01 -- the move", "-- the move", "2027-03-01"),
        ("until the move of 2027-03-01", "until the move of 2027-03-01", ""),
        ("untilled land", "untilled land", ""),
        ("timeout=30 is too short", "timeout=30 is too short", ""),
    ],
)
def test_reads_until_when_it_holds(tail: str, reason: str, until: str) -> None:
    (suppression,) = read(f"import a  # layercheck: ignore[LC101] {tail}\n")
    assert (suppression.reason, suppression.until, suppression.problem) == (reason, until, "")


@pytest.mark.parametrize(
    ("tail", "problem"),
    [
        ("until=2027-02-30", "`until=2027-02-30` is not a date such as 2027-03-01"),
        ("until=20270301 x", "`until=20270301` is not a date such as 2027-03-01"),
        ("until=soon", "`until=soon` is not a date such as 2027-03-01"),
        ("until= x y", "`until=x` is not a date such as 2027-03-01"),
        ("until=2027-03-01 until=2027-04-01", "it says `until=` more than once"),
        ("untill=2027-03-01 x", "there is no `untill=`; did you mean `until=2027-03-01`?"),
        ("x util=2027-03-01", "there is no `util=`; did you mean `until=2027-03-01`?"),
        ("unitl=soon", "there is no `unitl=`; did you mean `until=soon`?"),
        ("UNTIL=2027-03-01", "there is no `UNTIL=`; did you mean `until=2027-03-01`?"),
        ("expires = 2027-03-01", "there is no `expires=`; did you mean `until=2027-03-01`?"),
        ("until 2027-03-01", "`until 2027-03-01` is part of the reason; write `until=2027-03-01`"),
        ("until: 2027-03-01", "`until: 2027-03-01` is part of the reason; write `until=2027-03-01`"),
    ],
)
def test_says_what_is_wrong_with_its_date(tail: str, problem: str) -> None:
    (suppression,) = read(f"import a  # layercheck: ignore[LC101] {tail}\n")
    assert suppression.problem == problem


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("import a  # noqa: LC101\n", ("LC101",)),
        ("import a  # NoQA:LC101 why\n", ("LC101",)),
        ("import a  #noqa: F401,LC101 LC102\n", ("LC101", "LC102")),
        ("import a  # type: ignore  # noqa: F401, LC101\n", ("LC101",)),
        ("from a import (\n  b,  # noqa: LC101\n)\n", ("LC101",)),
    ],
)
def test_reads_our_codes_in_a_noqa(text: str, rules: tuple[str, ...]) -> None:
    (suppression,) = read(text)
    assert (suppression.rules, suppression.is_noqa) == (rules, True)


@pytest.mark.parametrize(
    "text",
    [
        "import a  # noqa\n",
        "import a  # noqa: F401\n",
        "import a  # noqa LC101\n",
        "import a  # noqa: XLC101\n",
        "# noqa: LC101\nimport a\n",
        "# ruff: noqa: LC101\nimport a\n",
        'x = "# noqa: LC101"\n',
    ],
)
def test_a_noqa_means_us_only_where_it_names_us_at_its_line(text: str) -> None:
    assert read(text) == ()


def test_reads_a_noqa_beside_ours() -> None:
    ours, theirs = read("import a  # layercheck: ignore[LC101] why #noqa: LC102\n")
    assert (ours.rules, ours.reason, ours.is_noqa) == (("LC101",), "why", False)
    assert (theirs.rules, theirs.is_noqa) == (("LC102",), True)


def test_counts_columns_in_characters() -> None:
    (suppression,) = read_suppressions("# coding: latin-1\nx = 'é'  # layercheck: ignore[X]\n".encode("latin-1"))
    assert suppression.span == Span(Position(2, 9), Position(2, 32))


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_never_fails(before: bytes, after: bytes) -> None:
    read_suppressions(before + b"# layercheck: ignore[LC101]" + after)
