from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, strategies as st

from layercheck.baseline.entry import Entry, Notes
from layercheck.baseline.entry_line import describe, find_note, format_entry, parse_day, parse_entry, parse_lines

# Any text at all: paths hold spaces, arrows, quotation marks, bytes that are no UTF-8.
names = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["->", "in", "cut", "#", '"', "a -> b", "a\n", "\udcff", "é"]
)
words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
reasons = st.lists(words, max_size=4).map(" ".join).filter(lambda text: not find_note(text) and text[:1] != "#")
notes = st.builds(
    Notes,
    reason=reasons,
    owner=st.just("") | words,
    until=st.none() | st.dates(min_value=dt.date(1000, 1, 1)),
    ticket=st.just("") | words,
)
codes = st.from_regex(r"[A-Z]{2}[0-9]{3}", fullmatch=True)
applications = st.none() | names
entries = st.builds(Entry, codes, names, st.just("") | names, applications, st.none(), notes)
modules = st.text(st.characters(exclude_characters=" "), min_size=1, max_size=8)
tangles = st.builds(
    Entry,
    codes,
    st.lists(modules, min_size=2, max_size=4, unique=True).map(lambda found: " ".join(sorted(found))),
    st.just(""),
    applications,
    st.integers(0, 999_999_999),
    notes,
)


@given(entries | tangles)
def test_what_is_written_is_read_again(entry: Entry) -> None:
    line = format_entry(entry)

    assert parse_entry(line) == entry
    assert line.isprintable()
    assert line == line.strip()


@given(entries | tangles)
def test_a_description_is_the_identity_alone(entry: Entry) -> None:
    assert parse_entry(describe(entry)).identity == entry.identity
    assert parse_entry(describe(entry)).notes == Notes()


@given(names | words, names | words)
def test_a_usual_line_means_what_it_means_to_those_who_read_it_word_by_word(subject: str, imported: str) -> None:
    for _, found in parse_lines(f"LC101 {subject} -> {imported}"):
        assert isinstance(found, str) or found == _read(f"LC101 {subject} -> {imported}")


def test_the_lines_of_a_file_are_numbered_as_editors_do() -> None:
    text = "# x\r\n\r\nLC101 a -> b\r\n  LC102 a -> b \nLC103 a -> b  # c\nLC104 in -> b\nLC105 é -> b\n\nLC106 a\x0b -> b\rx\nLC107 a -> b"

    assert list(parse_lines(text)) == [
        (1, "# x"),
        (3, Entry("LC101", "a", "b")),
        (4, "LC102 a -> b"),
        (5, "LC103 a -> b  # c"),
        (6, "LC104 in -> b"),
        (7, "LC105 é -> b"),
        (9, "LC106 a\x0b -> b\rx"),
        (10, Entry("LC107", "a", "b")),
    ]


def _read(line: str) -> Entry | None:
    try:
        return parse_entry(line)
    except ValueError:
        return None


@given(st.text())
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        entry = parse_entry(f"LC101 {line}")
    except ValueError:
        return
    assert parse_entry(format_entry(entry)) == entry


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (Entry("LC101", "app.models.user", "app.services.mail"), "LC101 app.models.user -> app.services.mail"),
        (Entry("LC001", "app/old.py"), "LC001 app/old.py"),
        (Entry("LC001", "my app/old.py"), 'LC001 "my app/old.py"'),
        (Entry("LC107", "", application="shop/app"), 'LC107 "" in shop/app'),
        (Entry("LC101", "a", "b", "shop/app"), "LC101 a -> b in shop/app"),
        (Entry("LC201", "app.a app.b app.c", cut=2), "LC201 app.a app.b app.c cut 2"),
        (
            Entry(
                "LC101", "a", "b", notes=Notes("until mail has a queue", "mail-team", dt.date(2027, 3, 1), "SHOP-12")
            ),
            "LC101 a -> b  # owner=mail-team until=2027-03-01 ticket=SHOP-12 until mail has a queue",
        ),
        (Entry("LC101", "a", "b", notes=Notes(owner="Mail Team")), 'LC101 a -> b  # owner="Mail Team"'),
    ],
)
def test_a_line_reads_like_a_sentence(entry: Entry, line: str) -> None:
    assert format_entry(entry) == line
    assert parse_entry(line) == entry


def test_people_may_write_the_notes_in_any_order_and_spacing() -> None:
    entry = parse_entry("LC101   a  ->\tb #   no queue yet  until=2027-03-01  really  owner=me ")

    assert entry == Entry("LC101", "a", "b", notes=Notes("no queue yet really", "me", dt.date(2027, 3, 1)))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("app.models.user -> app.services.mail", "expected a line such as"),
        ("layer-order a -> b", "expected a line such as"),
        ("LC101", "expected one module or file after LC101, found 0"),
        ("LC101 -> b", "expected one module or file after LC101, found 0"),
        ("LC101 a b", "expected one module or file after LC101, found 2"),
        ("LC101 a ->", "nothing follows `->`"),
        ("LC101 a -> in b", "nothing follows `->`"),
        ("LC101 a -> b c", "`c` is one word too many"),
        ("LC101 a in shop -> b", "`->` is one word too many"),
        ("LC201 a b cut two", "expected a number after `cut`, found 'two'"),
        ('LC101 "a -> b', "a quotation mark is out of place"),
        ('LC101 "a"b', "a quotation mark is out of place"),
        (r'LC101 "\q"', "is not a quoted text"),
        ("LC101 a -> b # until=2027-02-30", "expected a day such as 2027-03-01"),
        ("LC101 a -> b # until=soon", "expected a day such as 2027-03-01"),
        ("LC101 a -> b # untill=2027-03-01 x", "there is no `untill=`; did you mean `until=2027-03-01`?"),
        ("LC101 a -> b # until = 2027-03-01", "did you mean `until=2027-03-01`?"),
        ("LC101 a -> b # x until 2027-03-01", "write `until=2027-03-01`"),
        ("LC101 a -> b # owner=me owner=you", "`owner=` is given twice"),
    ],
)
def test_what_is_no_entry_is_refused(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse_entry(line)


@pytest.mark.parametrize("text", ["2027-3-1", "20270301", "2027-W09-1", "", "2027-03-01T00:00"])
def test_a_day_has_one_form(text: str) -> None:
    with pytest.raises(ValueError, match="expected a day"):
        parse_day(text)
