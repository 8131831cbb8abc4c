from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomli
from hypothesis import given, strategies as st

from layercheck.config.keys import as_string, quoted
from layercheck.config.toml_lines import find_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.config.keys import KeyPath

TEXT = """\
# [not.a.table]
top = 1 # top = 2
[tool.layercheck]  # ours
"layers" = [ # the order
    "main",   # "no"
    'api',

    "a", "b",
]
text = \"\"\"
[tool.other]
x = "\\"\"\"\"
raw = '''
[a] = 3'''
when = 1979-05-27 07:32:32
inline = { a = [1,
  2], "b.c" = { d = true } }
severity.LC101 = "info"
severity . "LC1 02" = "info"

[ tool . layercheck . roles ]
api = ["]", "#", "}"]
[[jobs]]
name = "x"
[[jobs]]
[jobs.sub]
name = "y"
"""


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths(item, (*path, index))


def test_keys_tables_and_items() -> None:
    lines = find_lines(TEXT)
    ours: KeyPath = ("tool", "layercheck")
    assert lines["top",] == 2
    assert lines[ours] == 3
    assert [lines[(*ours, "layers", index)] for index in range(4)] == [5, 6, 8, 8]
    assert lines[(*ours, "text")] == 10
    assert lines[(*ours, "raw")] == 13
    assert lines[(*ours, "inline", "a", 1)] == 17
    assert lines[(*ours, "inline", "b.c", "d")] == 17
    assert lines[(*ours, "severity")] == lines[(*ours, "severity", "LC101")] == 18
    assert lines[(*ours, "severity", "LC1 02")] == 19
    assert lines[(*ours, "roles", "api")] == 22
    assert lines["jobs", 0, "name"] == 24
    assert lines["jobs", 1] == 25
    assert lines["jobs", 1, "sub", "name"] == 27


def test_every_key_and_no_other_has_a_line() -> None:
    assert set(find_lines(TEXT)) == set(paths(tomli.loads(TEXT)))


def test_line_ends_of_windows() -> None:
    text = TEXT.replace("\n", "\r\n")
    assert find_lines(text) == find_lines(TEXT)
    assert set(find_lines(text)) == set(paths(tomli.loads(text)))


keys = st.text("ab.#=\"'[]{}, \\\n\r\x00\x7fé\U0001f600", max_size=4)
scalars = st.one_of(st.booleans().map(str).map(str.lower), st.integers().map(str), keys.map(as_string))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ", # [x]\n ".join(items) + "\n]"),
        st.dictionaries(keys, inner, max_size=3).map(
            lambda table: "{ " + ", ".join(f"{quoted(key)} = {value}" for key, value in table.items()) + " }"
        ),
    ),
    max_leaves=8,
)


@given(st.dictionaries(keys, values, max_size=4), st.lists(keys, min_size=1, max_size=3))
def test_any_document_is_walked_to_its_end(pairs: dict[str, str], header: list[str]) -> None:
    text = f"[{'.'.join(map(quoted, header))}]\n" + "".join(
        f"{quoted(key)} = {value}\n" for key, value in pairs.items()
    )
    assert set(find_lines(text)) == set(paths(tomli.loads(text)))
