from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.model.finding import Finding, Related, Suppressed
from layercheck.model.imports import ImportKind
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span
from layercheck.suppressions.matches import apply_suppressions
from layercheck.suppressions.policy import SuppressionPolicy
from layercheck.suppressions.reader import read_suppressions

PATH = "app/service.py"
KNOWN = {"LC101": "layer-order", "LC102": "skipped-layer", "LC104": "leaf-layer"}


def make_span(first: int, last: int | None = None, column: int = 0) -> Span:
    return Span(Position(first, column), Position(last or first, column + 5))


def find(code: str = "LC101", line: int = 1, *, statement: Span | None = None, again: tuple[int, ...] = ()) -> Finding:
    return Finding(
        code=code,
        name=KNOWN[code],
        severity=Severity.ERROR,
        message="breaks the rule",
        location=Location(PATH, make_span(line)),
        subject="app.service",
        object="app.api",
        importer="app.service",
        imported="app.api",
        import_kind=ImportKind.RUNTIME,
        statement=statement,
        related=tuple(Related("imported again", Location(PATH, make_span(each))) for each in again),
    )


def apply(
    source: str,
    *findings: Finding,
    active: tuple[str, ...] = tuple(KNOWN),
    policy: SuppressionPolicy | None = None,
    today: str = "2027-03-01",
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], tuple[Finding, ...]]:
    by_path = {PATH: read_suppressions(source.encode())}
    return apply_suppressions(
        findings, by_path, known=KNOWN, active=active, policy=policy or SuppressionPolicy(), today=today
    )


@pytest.mark.parametrize("rule", ["LC101", "layer-order"])
@pytest.mark.parametrize("directive", ["ignore", "ignore-file"])
def test_puts_a_finding_aside_by_code_or_name(rule: str, directive: str) -> None:
    finding = find()
    assert apply(f"import a  # layercheck: {directive}[{rule}] why\n", finding) == (
        (),
        (Suppressed(finding, "why"),),
        (),
    )


def test_leaves_other_rules_files_and_lines() -> None:
    elsewhere = Finding("LC101", "layer-order", Severity.ERROR, "m", Location("b.py", make_span(1)), subject="b")
    others = (find("LC102"), find(line=2), elsewhere)
    kept, suppressed, _ = apply("import a  # layercheck: ignore[LC101]\nimport b\n", *others)
    assert kept == others
    assert suppressed == ()


@pytest.mark.parametrize("comment_line", [1, 2, 3, 4])
@pytest.mark.parametrize("name_line", [2, 3])
def test_holds_on_every_line_of_a_statement(comment_line: int, name_line: int) -> None:
    lines = ["from a import (", "    b,", "    c,", ")", "import d"]
    lines[comment_line - 1] += "  # layercheck: ignore[LC101]"
    kept, suppressed, findings = apply("\n".join(lines), find(line=name_line, statement=make_span(1, 4)), find(line=5))
    assert [finding.location for finding in kept] == [Location(PATH, make_span(5))]
    assert len(suppressed) == 1
    assert findings == ()


def test_only_a_comment_for_the_whole_file_holds_for_a_finding_about_the_whole_file() -> None:
    finding = Finding("LC101", "layer-order", Severity.ERROR, "m", Location(PATH), subject="app.service")
    assert apply("import a  # layercheck: ignore[LC101]\n", finding)[0] == (finding,)
    assert apply("import a  # layercheck: ignore-file[LC101]\n", finding)[0] == ()


def test_a_comment_at_one_import_leaves_the_same_import_elsewhere() -> None:
    source = "import a  # layercheck: ignore[LC101]\nimport a\nimport a\n"
    kept, suppressed, findings = apply(source, find(line=1, again=(2, 3)))
    (finding,) = kept
    assert finding.location == Location(PATH, make_span(2))
    assert [place.location for place in finding.related] == [Location(PATH, make_span(3))]
    assert (suppressed, findings) == ((), ())


def test_a_comment_at_a_further_place_takes_that_place_away() -> None:
    source = "import a\nimport a  # layercheck: ignore[LC101]\nimport a\n"
    kept, _, findings = apply(source, find(line=1, again=(2, 3)))
    (finding,) = kept
    assert finding.location == Location(PATH, make_span(1))
    assert [place.location for place in finding.related] == [Location(PATH, make_span(3))]
    assert findings == ()


def test_comments_at_all_places_put_the_finding_aside() -> None:
    finding = find(line=1, again=(2,))
    source = "import a  # layercheck: ignore[LC101] one\nimport a  # layercheck: ignore[LC101] two\n"
    assert apply(source, finding) == ((), (Suppressed(finding, "one"),), ())


def test_places_in_other_files_need_no_comment() -> None:
    finding = find(line=1)
    related = (Related("the layer is set here", Location("pyproject.toml", make_span(7))),)
    finding = Finding(**{name: getattr(finding, name) for name in finding.__struct_fields__} | {"related": related})
    assert apply("import a  # layercheck: ignore[LC101]\n", finding)[1] == (Suppressed(finding, ""),)


def test_reports_what_finds_nothing() -> None:
    _, _, findings = apply(
        "import a  # layercheck: ignore[LC101, skipped-layer]\n# layercheck: ignore-file[LC104]\n", find()
    )
    assert [(each.code, each.name, each.severity, each.message, each.object) for each in findings] == [
        (
            "LC002",
            "unused-suppression",
            Severity.WARNING,
            "unused suppression: skipped-layer suppresses nothing in this statement",
            "LC102",
        ),
        (
            "LC002",
            "unused-suppression",
            Severity.WARNING,
            "unused suppression: LC104 suppresses nothing in this file",
            "LC104",
        ),
    ]
    assert findings[0].location == Location(PATH, Span(Position(1, 10), Position(1, 52)))
    assert findings[0].statement == findings[0].location.span


def test_a_rule_that_did_not_run_cannot_make_a_comment_unused() -> None:
    assert apply("import a  # layercheck: ignore[LC101]\n", active=("LC102",)) == ((), (), ())


def test_of_two_comments_for_one_finding_the_wider_one_is_unused() -> None:
    source = "# layercheck: ignore-file[LC101]\nimport a  # layercheck: ignore[LC101]\n"
    _, suppressed, findings = apply(source, find(line=2))
    assert len(suppressed) == 1
    (finding,) = findings
    assert (finding.code, finding.location.span and finding.location.span.start.line) == ("LC002", 1)
    assert finding.message == "unused suppression: LC101 suppresses nothing in this file, other comments do"


def test_a_comment_is_unused_where_a_wider_one_is_needed_anyway() -> None:
    source = "# layercheck: ignore-file[LC101]\nimport a  # layercheck: ignore[LC101]\nimport b\n"
    _, suppressed, findings = apply(source, find(line=2), find(line=3))
    assert len(suppressed) == 2
    (finding,) = findings
    assert finding.location.span is not None
    assert finding.location.span.start.line == 2


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(
    st.lists(st.sampled_from(["", "ignore[LC101]", "ignore[LC101, LC102]", "ignore-file[LC101]"]), max_size=6),
    st.data(),
)
def test_a_comment_is_reported_where_nothing_changes_without_it(comments: list[str], data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.integers(1, max(1, len(comments))), max_size=4, unique=True))

    def judge(written: list[str]) -> tuple[set[int], set[int]]:
        source = "".join(f"import a  # layercheck: {each}\n" if each else "import a\n" for each in written)
        kept, _, about = apply(source, *(find(line=line) for line in lines))
        reported = {each.location.span.start.line for each in about if each.location.span and each.object == "LC101"}
        return {each.location.span.start.line for each in kept if each.location.span}, reported

    kept, unneeded = judge(comments)
    without = ["" if line in unneeded else each for line, each in enumerate(comments, 1)]
    assert judge(without)[0] == kept
    for line, each in enumerate(without, 1):
        if each:
            assert judge([*without[: line - 1], "", *without[line:]])[0] != kept


@pytest.mark.parametrize(
    ("rule", "note"),
    [
        ("LC1O1", "did you mean LC101?"),
        ("lc101", "did you mean LC101?"),
        ("LC1", "a comment names its rules one by one: LC101, LC102, LC104"),
        ("layer_order", "did you mean layer-order?"),
        ("skiped-layer", "did you mean skipped-layer?"),
        ("E501", "`layercheck rule` lists the rules"),
    ],
)
def test_reports_a_rule_that_does_not_exist(rule: str, note: str) -> None:
    finding = find()
    kept, suppressed, findings = apply(f"import a  # layercheck: ignore[{rule}]\n", finding)
    assert (kept, suppressed) == ((finding,), ())
    (finding,) = findings
    assert (finding.code, finding.name, finding.severity) == ("LC003", "unknown-suppression", Severity.ERROR)
    assert finding.message == f"suppression without effect: there is no rule {rule}"
    assert finding.notes == (note,)


def test_the_known_rules_beside_an_unknown_one_still_count() -> None:
    kept, suppressed, findings = apply("import a  # layercheck: ignore[XY1, LC101]\n", find())
    assert (kept, len(suppressed), [each.object for each in findings]) == ((), 1, ["XY1"])


@pytest.mark.parametrize("directive", ["ignore", "ignore[]", "ignore-file", "disable[LC101]"])
def test_there_is_no_blanket_form(directive: str) -> None:
    finding = find()
    kept, suppressed, findings = apply(f"import a  # layercheck: {directive}\n", finding)
    assert (kept, suppressed) == ((finding,), ())
    assert [(each.code, each.severity) for each in findings] == [("LC003", Severity.ERROR)]
    assert findings[0].notes == ("write `# layercheck: ignore[LC101] reason`",)


def test_the_order_of_files_does_not_matter() -> None:
    comments = {path: read_suppressions(b"x  # layercheck: ignore[LC101, NO]\n") for path in ("a.py", "b.py", "c.py")}
    results = {
        apply_suppressions((), dict(order), known=KNOWN, active=KNOWN)
        for order in itertools.permutations(comments.items())
    }
    assert len(results) == 1


@pytest.mark.parametrize("directive", ["ignore", "ignore-file"])
def test_holds_to_the_end_of_its_last_day(directive: str) -> None:
    finding = find()
    source = f"import a  # layercheck: {directive}[LC101] until=2027-03-01 the move\n"
    assert apply(source, finding, today="2027-03-01") == ((), (Suppressed(finding, "the move"),), ())
    kept, suppressed, findings = apply(source, finding, today="2027-03-02")
    assert (kept, suppressed) == ((finding,), ())
    (finding,) = findings
    assert (finding.code, finding.name, finding.severity) == ("LC006", "expired-suppression", Severity.ERROR)
    assert finding.message == "expired suppression: LC101 was suppressed until 2027-03-01 (the move)"
    assert finding.object == "LC101"


def test_an_expired_comment_with_nothing_to_put_aside_is_only_unused() -> None:
    _, _, findings = apply("import a  # layercheck: ignore[LC101] until=2027-03-01\n", today="2028-01-01")
    assert [each.code for each in findings] == ["LC002"]


def test_an_expired_comment_beside_one_that_holds_is_unused() -> None:
    source = "# layercheck: ignore[LC101] until=2026-03-01 old\nimport a  # layercheck: ignore[LC101] new\n"
    finding = find(line=2)
    kept, suppressed, findings = apply(source, finding)
    assert (kept, suppressed) == ((), (Suppressed(finding, "new"),))
    assert [(each.code, each.location.span and each.location.span.start.line) for each in findings] == [("LC002", 1)]


@pytest.mark.parametrize(
    ("tail", "message"),
    [
        ("until=2027-05-30 why", ""),
        ("until=2027-05-31 why", "it holds for more than 90 days: until=2027-05-30 at most"),
        ("until=2027-05-30", "it gives no reason"),
        ("why", "it does not say until when (`until=2027-03-01`)"),
        ("", "it gives no reason, and does not say until when (`until=2027-03-01`)"),
    ],
)
def test_reports_what_the_policy_misses(tail: str, message: str) -> None:
    finding = find()
    policy = SuppressionPolicy(require_reason=True, require_until=True, max_days=90)
    kept, suppressed, findings = apply(f"import a  # layercheck: ignore[LC101] {tail}\n", finding, policy=policy)
    assert (kept, len(suppressed)) == ((), 1)
    expected = [("LC007", Severity.ERROR, f"undisciplined suppression: {message}")] if message else []
    assert [(each.code, each.severity, each.message) for each in findings] == expected


def test_the_policy_asks_nothing_of_comments_that_do_nothing() -> None:
    policy = SuppressionPolicy(require_reason=True)
    _, _, findings = apply("import a  # layercheck: ignore[LC101, XX]\n", policy=policy)
    assert {each.code for each in findings} == {"LC002", "LC003"}


def test_a_noqa_counts_only_where_the_policy_says_so() -> None:
    finding, source = find(), "import a  # noqa: LC101\n"
    assert apply(source, finding) == ((finding,), (), ())
    assert apply(source, finding, policy=SuppressionPolicy(noqa=True)) == ((), (Suppressed(finding, ""),), ())
    _, _, findings = apply("import a  # noqa: LC101, LC999\n", policy=SuppressionPolicy(noqa=True))
    assert [each.code for each in findings] == ["LC002", "LC003"]
