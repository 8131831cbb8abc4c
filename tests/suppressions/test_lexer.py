from __future__ import annotations

import io
import sysconfig
import tokenize
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from layercheck.python.text.round_trip import decode_leniently
from layercheck.suppressions.lexer import read_tokens

STANDARD_LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))[::4]


def read_comments(text: str) -> list[str]:
    return [text[token.start : token.end] for token in read_tokens(text) if token.kind == "comment"]


def count_statements(text: str) -> int:
    """The logical lines that hold code."""
    kinds = [token.kind for token in read_tokens(text) if token.kind != "comment"]
    return sum(kind == "code" and following != "code" for kind, following in zip(kinds, [*kinds[1:], ""], strict=True))


@pytest.mark.parametrize("path", STANDARD_LIBRARY, ids=lambda path: path.name)
def test_agrees_with_tokenize_on_the_standard_library(path: Path) -> None:
    text = decode_leniently(path.read_bytes())
    tokens = list(tokenize.generate_tokens(io.StringIO(text, newline="").readline))
    assert read_comments(text) == [token.string for token in tokens if token.type == tokenize.COMMENT]
    assert count_statements(text) == sum(token.type == tokenize.NEWLINE for token in tokens)


@pytest.mark.parametrize(
    "line",
    [
        '''x = "# no comment"''',
        """x = '# no comment'""",
        r'''x = "\"# no comment"''',
        r'''x = r"\"# no comment"''',
        r'''x = rb"\"# no comment"''',
        r'''x = Rb"\\" "# no comment"''',
        '''x = """"# no comment"""''',
        '''x = """a\n# no comment\n"b" """''',
        '''x = "a\\\n# no comment"''',
        '''x = ""''',
        '''x = f"{{# no comment"''',
        '''x = f"{a:#x}"''',
        '''x = f"{a:{b}#x}"''',
        '''x = f"{a:%H:%M}# no comment"''',
        '''x = f"{a['#']}"''',
        '''x = f"{a["# no comment"]}"''',
        '''x = f"{f"{f"{1}# no comment"}"}# no comment"''',
        '''x = f"{ {'a': '#'}['a'] }# no comment"''',
        '''x = f"{a!r:>{width}}# no comment"''',
        '''x = f"{(lambda: '#')()}"''',
        r'''x = f"\N{NUMBER SIGN}# no comment"''',
        r'''x = f"\{a}# no comment"''',
        r'''x = rf"\{a["#"]}"''',
        r'''x = f"\\{a["#"]}"''',
        '''x = f"""\n{\na["#"]\n}# no comment\n"""''',
        '''x = f"{\n    a\n}"''',
        '''x = t"{a["# no comment"]}"''',
        '''x = u"#" b"#" B"#" br"#" F"#" fR"#" Rf"#"''',
        """x = (\n"#"\n)""",
        """x = [\n\n1,\n\n]""",
        """x = 1 + \\\n    2""",
        """lazy import a""",
        """if 1if"#"else 2: x = 1; y = 2""",
    ],
)
def test_tells_strings_from_comments(line: str) -> None:
    text = f"{line}  # a comment\nx = 1\n"
    assert read_comments(text) == ["# a comment"]
    assert count_statements(text) == 2


def test_reads_the_comments_inside_a_field_of_an_f_string() -> None:
    assert read_comments('x = f"""{\n    a  # a comment\n}# no comment"""\n') == ["# a comment"]


@pytest.mark.parametrize(
    "text",
    [
        'x = "never ends\ny = 1  # a comment\n',
        "x = 1)\ny = 1  # a comment\n",
        'x = f"{a:"\ny = 1  # a comment\n',
        "x = \x00\ny = 1  # a comment",
    ],
)
def test_makes_the_best_of_a_broken_file(text: str) -> None:
    assert read_comments(text) == ["# a comment"]


@given(st.text(alphabet="abfrt\"'#{}[]():\\\n\r !N", max_size=40))
def test_reads_anything_in_order_to_its_end(text: str) -> None:
    last = 0
    for token in read_tokens(text):
        assert last <= token.start < token.end <= len(text)
        last = token.end


@pytest.mark.parametrize("quote", ['"', '"""'])
@pytest.mark.parametrize("prefix", ["", "r", "f"])
def test_a_long_string_without_end_costs_no_more_than_its_length(prefix: str, quote: str) -> None:
    assert read_comments(prefix + quote + "\\a\"'{{a" * 20_000) == []
