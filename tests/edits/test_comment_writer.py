from __future__ import annotations

import ast

import pytest
from hypothesis import given, strategies as st

from layercheck.edits.comment_writer import WHOLE_FILE, insert_comments
from layercheck.errors import UnreadableSourceError
from layercheck.suppressions.reader import read_suppressions

NAMES = {"LC101": "layer-order", "LC102": "skipped-layer"}
NOTE = "# layercheck: ignore[LC101] why"


def add(text: str, *wanted: tuple[int, str], reason: str = "why") -> str:
    data = text.encode()
    return insert_comments(data, wanted or [(1, "LC101")], reason, NAMES).decode()


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        pytest.param("import a\n", 1, f"import a  {NOTE}\n", id="end of line"),
        pytest.param("import a", 1, f"import a  {NOTE}", id="no line end"),
        pytest.param("import a   \nx\n", 1, f"import a  {NOTE}   \nx\n", id="trailing space stays"),
        pytest.param("import a  # noqa: F401\n", 1, f"import a  # noqa: F401  {NOTE}\n", id="another comment"),
        pytest.param("x = 1\nimport a; import b\n", 2, f"x = 1\nimport a; import b  {NOTE}\n", id="joined"),
        pytest.param("if x: import a\n", 1, f"if x: import a  {NOTE}\n", id="one-line block"),
        pytest.param("if x:\n\timport a\n", 2, f"if x:\n\timport a  {NOTE}\n", id="tabs"),
        pytest.param("from a import (\n    b,\n)\n", 2, f"{NOTE}\nfrom a import (\n    b,\n)\n", id="many lines"),
        pytest.param(
            "def f():\n    from a import (\n        b,\n    )\n",
            2,
            f"def f():\n    {NOTE}\n    from a import (\n        b,\n    )\n",
            id="many lines, indented",
        ),
        pytest.param("from a import b, \\\n    c\n", 2, f"{NOTE}\nfrom a import b, \\\n    c\n", id="continued"),
        pytest.param("\\\nimport a, \\\n  b\n", 2, f"{NOTE}\n\\\nimport a, \\\n  b\n", id="after a continuation"),
        pytest.param("import a\r\nimport b\r\n", 2, f"import a\r\nimport b  {NOTE}\r\n", id="CRLF"),
        pytest.param(
            "import b\r\nfrom a import (\r\n b)\r\n",
            2,
            f"import b\r\n{NOTE}\r\nfrom a import (\r\n b)\r\n",
            id="CRLF above",
        ),
        pytest.param("import b\rfrom a import (\r b)\r", 2, f"import b\r{NOTE}\rfrom a import (\r b)\r", id="CR above"),
        pytest.param("\ufefffrom a import (\n b)\n", 1, f"\ufeff{NOTE}\nfrom a import (\n b)\n", id="byte order mark"),
        pytest.param('x = """\n""" + a.b\n', 2, f'{NOTE}\nx = """\n""" + a.b\n', id="string of many lines"),
        pytest.param("@f(a.b)\ndef g(): ...\n", 1, f"@f(a.b)  {NOTE}\ndef g(): ...\n", id="decorator"),
        pytest.param("lazy import a\n", 1, f"lazy import a  {NOTE}\n", id="newer syntax"),
    ],
)
def test_writes_at_the_statement(before: str, line: int, after: str) -> None:
    assert add(before, (line, "LC101")) == after


def test_writes_above_where_the_line_would_be_too_long() -> None:
    width = 120 - len(f"import   {NOTE}")
    fits, too_long = f"import {'a' * width}\n", f"import {'a' * (width + 1)}\n"
    assert add(fits) == f"{fits[:-1]}  {NOTE}\n"
    assert len(add(fits)) == 120 + 1
    assert add(too_long) == f"{NOTE}\n{too_long}"


def test_puts_several_rules_in_one_comment() -> None:
    assert add("import a\n", (1, "LC102"), (1, "LC101")) == "import a  # layercheck: ignore[LC101, LC102] why\n"


def test_places_of_one_statement_share_a_comment() -> None:
    assert add("from a import (\n b,\n c,\n)\n", (2, "LC101"), (3, "LC101")).count("layercheck") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import a  # layercheck: ignore[LC102] why\n", "import a  # layercheck: ignore[LC102, LC101] why\n"),
        ("import a  # layercheck: ignore[LC102] old\n", "import a  # layercheck: ignore[LC102, LC101] old; why\n"),
        ("import a  # layercheck: ignore[LC102]\n", "import a  # layercheck: ignore[LC102, LC101] why\n"),
        ("# layercheck: ignore[LC102] x\nimport a\n", "# layercheck: ignore[LC102, LC101] x; why\nimport a\n"),
        (
            "import a  # x  # layercheck: ignore[skipped-layer] old  # y\n",
            "import a  # x  # layercheck: ignore[skipped-layer, LC101] old; why  # y\n",
        ),
        (
            "import a  # layercheck: ignore[LC102] until=2027-03-01 old\n",
            f"import a  # layercheck: ignore[LC102] until=2027-03-01 old  {NOTE}\n",
        ),
        (
            f"import a  # layercheck: ignore[LC102] {'x' * 80}\n",
            f"{NOTE}\nimport a  # layercheck: ignore[LC102] {'x' * 80}\n",
        ),
        ("import a  # layercheck: ignore[]\n", f"import a  # layercheck: ignore[]  {NOTE}\n"),
        ("import a  # noqa: LC102\n", f"import a  # noqa: LC102  {NOTE}\n"),
    ],
)
def test_merges_with_a_comment_that_is_there(before: str, after: str) -> None:
    line = before.count("\n")
    assert add(before, (line, "LC101")) == after


@pytest.mark.parametrize("rule", ["LC101", "layer-order"])
def test_renews_a_comment_whose_time_is_over(rule: str) -> None:
    before = f"import a  # layercheck: ignore[{rule}] until=2020-01-01 old\n"
    assert add(before) == f"import a  # layercheck: ignore[{rule}] why\n"
    assert add(before, reason="until=2030-01-01 new").endswith(f"ignore[{rule}] until=2030-01-01 new\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "# layercheck: ignore-file[LC101] why\n"),
        ('"""Doc."""\n', '# layercheck: ignore-file[LC101] why\n"""Doc."""\n'),
        (
            "#!/bin/python\n# coding: utf-8\nx = 1\n",
            "#!/bin/python\n# coding: utf-8\n# layercheck: ignore-file[LC101] why\nx = 1\n",
        ),
        ("# licence", "# licence\n# layercheck: ignore-file[LC101] why\n"),
        ("# licence\r\n\r\nx\r\n", "# licence\r\n# layercheck: ignore-file[LC101] why\r\n\r\nx\r\n"),
        ("x\n# layercheck: ignore-file[LC102] y\n", "x\n# layercheck: ignore-file[LC102, LC101] y; why\n"),
    ],
)
def test_writes_at_the_top_for_a_whole_file(before: str, after: str) -> None:
    assert add(before, (WHOLE_FILE, "LC101")) == after


def test_a_cookie_is_kept_and_obeyed() -> None:
    before = "# coding: latin-1\nx = 'é'\nimport a\n".encode("latin-1")
    after = insert_comments(before, [(3, "LC101")], "été", NAMES)
    assert after == "# coding: latin-1\nx = 'é'\nimport a  # layercheck: ignore[LC101] été\n".encode("latin-1")


@pytest.mark.parametrize(
    ("data", "reason", "why"),
    [
        (b"# coding: ascii\nimport a\n", "été", "its encoding, ascii, has no 'é'"),
        (b"x = '\xff'\n", "why", "cannot be decoded"),
        (b"import a\n", "why", "has changed since it was checked"),
    ],
)
def test_what_cannot_be_written_is_refused(data: bytes, reason: str, why: str) -> None:
    line = 9 if why.startswith("has changed") else 2 if b"coding" in data else 1
    with pytest.raises(UnreadableSourceError) as caught:
        insert_comments(data, [(line, "LC101")], reason, NAMES)
    assert caught.value.reason.startswith(why)


_LINES = st.sampled_from(
    [
        "import a",
        "import a; import b",
        "from a import (\n    b,  # b\n    c,\n)",
        "from a import b, \\\n    c",
        "if x: import a",
        "def f():\n    import a\n    from b import (\n        c)",
        "x = '''\n# layercheck: ignore[LC101]\n'''",
        "# layercheck: ignore[LC102] old",
        "import a  # layercheck: ignore[LC102]",
        "import " + "a" * 105,
        "",
    ]
)


@given(st.lists(_LINES, max_size=6), st.sampled_from(["\n", "\r\n"]), st.data())
def test_covers_what_was_wanted_and_changes_nothing_but_comments(
    parts: list[str], line_end: str, data: st.DataObject
) -> None:
    text = line_end.join("\n".join(parts).split("\n")) + line_end
    tree = ast.parse(text)
    lines = sorted({node.lineno for node in ast.walk(tree) if isinstance(node, ast.alias)})
    wanted = [(line, "LC101") for line in lines if data.draw(st.booleans())]
    after = insert_comments(text.encode(), wanted, "why", NAMES)
    assert ast.dump(ast.parse(after)) == ast.dump(tree)
    before_lines, after_text = text.split(line_end), after.decode()
    assert after_text.count(line_end) == after_text.count("\n")
    # Whatever was added or changed is a comment: without comments of ours, both texts hold the same lines.
    covered = sum("LC101" in each.rules for each in read_suppressions(after))
    assert bool(covered) == bool(wanted)
    assert len(after_text.split(line_end)) - len(before_lines) <= covered
