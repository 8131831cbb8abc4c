from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings, strategies as st

from layercheck.reporters.summary import summarise
from tests.running import check_folder, check_tree, of_rule, write_project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BACKEND = {
    "app/api/users.py": "from app.models.user import User\n",
    "app/api/orders.py": "from app.services import users\nfrom app.models.user import User\n",
    "app/services/users.py": "from app.api import users\n",
    "app/models/user.py": "class User: ...\n",
    "app/db/session.py": "",
}
TABLES = st.dictionaries(
    st.sampled_from(["app/api/", "app/services/", "app/models/", "app/", "*.py", "/app/api/users.py"]),
    st.lists(st.sampled_from(["LC101", "LC102", "LC10", "skipped-layer"]), min_size=1, max_size=3, unique=True),
    max_size=4,
)


def write(table: Mapping[str, Sequence[str]], further: str = "") -> str:
    lines = [f'"{pattern}" = [{", ".join(map(repr, rules))}]' for pattern, rules in table.items()]
    return further + "[per-path-ignores]\n" + "\n".join(lines) + "\n"


def reported(root: Path, table: Mapping[str, Sequence[str]]) -> tuple[set[str], set[tuple[str, str]]]:
    """Check with a table; give the findings about the code, and the entries that are reported."""
    (root / "layercheck.toml").write_text(write(table))
    report = check_folder(root)
    unneeded = {tuple(each.object.rsplit(" ", 1)) for each in of_rule(report, "LC009")}
    # What LC008 says of patterns is about the table, too.
    code = {each.fingerprint for each in report.findings if each.code not in {"LC008", "LC009"}}
    return code, {(pattern, rule) for pattern, rule in unneeded}


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(TABLES)
def test_an_entry_is_reported_where_nothing_changes_without_it(table: dict[str, list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder) / "backend", BACKEND)
        found, unneeded = reported(root, table)
        rest = {
            pattern: [rule for rule in rules if (pattern, rule) not in unneeded] for pattern, rules in table.items()
        }

        assert reported(root, rest) == (found, set())
        for pattern, rules in rest.items():
            for rule in rules:
                smaller = rest | {pattern: [each for each in rules if each != rule]}
                assert reported(root, smaller)[0] != found


def test_the_entry_is_reported_at_its_line(tmp_path: Path) -> None:
    report = check_tree(tmp_path, BACKEND, write({"app/api/": ["LC102"], "app/models/": ["LC101"]}))

    (finding,) = of_rule(report, "LC009")
    assert finding.message == "LC101 for `app/models/` (per-path-ignores) hides no finding"
    assert finding.location.path == "layercheck.toml"
    assert finding.location.span is not None
    assert finding.location.span.start.line == 3


def test_rules_that_did_not_run_are_no_reason(tmp_path: Path) -> None:
    table = write({"app/models/": ["LC101", "LC703"]}, 'ignore = ["LC101"]\n')

    assert of_rule(check_tree(tmp_path, BACKEND, table), "LC009") == []


def test_a_pattern_that_matches_no_file_is_reported_once(tmp_path: Path) -> None:
    report = check_tree(tmp_path, BACKEND, write({"app/gone/": ["LC101"]}))

    assert of_rule(report, "LC009") == []
    assert len(of_rule(report, "LC008")) == 1


def test_a_role_that_a_module_has_anyway_is_reported(tmp_path: Path) -> None:
    settings = 'roles.services = ["app.services.users", "app.db.session"]\nroles.api = ["app.glue"]\n'
    table = check_tree(tmp_path, BACKEND | {"app/glue.py": ""}, settings)

    assert [each.message for each in of_rule(table, "LC009")] == [
        "`app.services.users` (roles.services) changes nothing: the modules have this role anyway"
    ]


def test_what_is_hidden_is_counted_in_the_verdict(tmp_path: Path) -> None:
    table = write({"app/": ["LC101", "LC102"], "app/services/": ["LC101"]}, 'select = ["LC1"]\n')
    report = check_tree(tmp_path, BACKEND, table)
    hidden = len(check_tree(tmp_path, BACKEND, 'select = ["LC101", "LC102"]\n').findings)

    assert (report.coverage.ignored, hidden) == (3, 3)
    assert summarise(report).endswith(" (3 in per-path-ignores).")
