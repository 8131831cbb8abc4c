"""What a check makes of a baseline: known, stale, expired, moved, strict."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.model.report import BaselineSummary
from tests.baseline.backends import FILE, TODAY, baseline, check_on, known_in, path_of, problems, write_backend
from tests.repositories import commit_all, git, make_repository
from tests.running import run_apart, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report

A, B = ("app.models.m1", "app.services.m1"), ("app.models.m2", "app.services.m2")
LINE_A, LINE_B = (f"LC101 {importer} -> {imported}" for importer, imported in (A, B))


def about_entries(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.code in {"LC004", "LC005"}]


def write_baseline(root: Path, *lines: str) -> Path:
    return write_tree(root, {FILE: "".join(f"{line}\n" for line in lines)})


def test_what_is_known_is_hidden_and_counted(tmp_path: Path) -> None:
    write_baseline(write_backend(tmp_path, {A, B}), f"{LINE_A}  # no queue yet")

    report = check_on(tmp_path)

    assert problems(report) == [LINE_B]
    assert [(each.finding.subject, each.reason) for each in report.baselined] == [(A[0], "no queue yet")]
    assert report.baseline_summary == BaselineSummary(known=1)


def test_a_stale_entry_is_an_error_in_ci_and_a_hint_elsewhere(tmp_path: Path) -> None:
    write_baseline(write_backend(tmp_path, {A}), LINE_A, LINE_B)

    (stale,) = about_entries(check_on(tmp_path, is_ci=True))

    assert (stale.severity, stale.location.path, stale.location.span and stale.location.span.start.line) == (
        "error",
        FILE,
        2,
    )
    assert stale.notes == ("help: run `layercheck baseline --prune`",)
    assert LINE_B in stale.message
    assert [each.severity for each in about_entries(check_on(tmp_path))] == ["info"]
    assert check_on(tmp_path).baseline_summary == BaselineSummary(known=1, stale=1)


@pytest.mark.parametrize(("environment", "code"), [({"CI": "true"}, 1), ({"CI": "false"}, 0), ({"CI": ""}, 0)])
def test_ci_is_told_by_its_variable(tmp_path: Path, environment: dict[str, str], code: int) -> None:
    write_baseline(write_backend(tmp_path, set()), LINE_A)

    assert run_apart("check", folder=tmp_path, environment=environment).code == code


def test_the_severity_of_stale_entries_can_be_set(tmp_path: Path) -> None:
    write_baseline(write_backend(tmp_path, set(), 'severity.LC004 = "warning"\n'), LINE_A)
    assert [each.severity for each in about_entries(check_on(tmp_path, is_ci=True))] == ["warning"]

    write_backend(tmp_path, set(), 'ignore = ["LC004"]\n')
    assert about_entries(check_on(tmp_path, is_ci=True)) == []


def test_only_what_was_read_is_judged(tmp_path: Path) -> None:
    root = write_baseline(write_backend(tmp_path, set()), LINE_A, LINE_B, "LC101 app.models.gone -> app.services.m1")

    def stale(*paths: str, configuration: str = "") -> list[int]:
        (root / "layercheck.toml").write_text(configuration)
        application = find_target([root / path for path in paths] or [root])
        report = check(application, CheckOptions(today=TODAY))
        return [each.location.span.start.line for each in about_entries(report) if each.location.span]

    assert stale() == [1, 2, 3]
    assert stale("app/models/m1.py") == [1]
    assert stale("app/models/m1.py", "app/models/m2.py") == [1, 2]
    assert stale("app/models") == [1, 2, 3]
    assert stale("app/services") == []
    assert stale(configuration='ignore = ["LC101"]') == []
    assert stale(configuration='select = ["LC102", "LC004"]') == []
    assert stale(configuration='exclude = ["m1.py"]') == [2, 3]
    (root / path_of(B[0])).write_text("def broken(:\n")
    assert stale() == [1, 3]


def test_a_part_knows_the_whole(tmp_path: Path) -> None:
    root = write_baseline(write_backend(tmp_path, {A, B}), LINE_A, LINE_B)

    report = check(find_target([root / path_of(A[0])]), CheckOptions(today=TODAY))

    assert report.baseline_summary == BaselineSummary(known=1)
    assert about_entries(report) == []


def test_a_chain_is_not_judged_while_a_file_cannot_be_read(tmp_path: Path) -> None:
    files = {
        "app/services/mail.py": "",
        "app/registry.py": "from app.services import mail\n",
        "app/models/user.py": "import app.registry\n",
    }
    root = write_project(tmp_path, files)
    baseline(root, "--all")
    assert known_in(root) == {"LC106 app.registry -> app.services.mail"}

    write_tree(root, {"app/registry.py": "def broken(:\n"})
    assert about_entries(check_on(root)) == []
    write_tree(root, {"app/registry.py": ""})
    assert len(about_entries(check_on(root))) == 1


def test_a_file_that_could_not_be_read_can_be_accepted(tmp_path: Path) -> None:
    root = write_tree(write_backend(tmp_path, set()), {"app/models/old.py": "print 'two'\n"})
    baseline(root, "--all")

    assert known_in(root) == {"LC001 app/models/old.py"}
    assert problems(check_on(root, is_ci=True)) == []
    write_tree(root, {"app/models/old.py": "print('three')\n"})
    assert [each.code for each in about_entries(check_on(root))] == ["LC004"]


@pytest.mark.parametrize(
    ("until", "severities", "summary"),
    [
        ("2026-06-14", ["error", "error"], BaselineSummary(expired=1)),
        ("2026-06-15", ["warning"], BaselineSummary(known=1, expiring=1)),
        ("2026-07-16", ["warning"], BaselineSummary(known=1, expiring=1)),
        ("2026-07-17", [], BaselineSummary(known=1)),
    ],
)
def test_an_entry_has_a_last_day(tmp_path: Path, until: str, severities: list[str], summary: BaselineSummary) -> None:
    root = write_baseline(write_backend(tmp_path, {A}), f"{LINE_A}  # owner=mail-team until={until} no queue yet")

    report = check_on(root)

    assert [each.severity for each in report.findings if each.severity != "info"] == severities
    assert report.baseline_summary == summary
    for each in about_entries(report):
        assert each.code == "LC005"
        assert each.notes[0] == "reason: no queue yet, owner: mail-team"


def test_what_has_expired_comes_back_and_says_why(tmp_path: Path) -> None:
    root = write_baseline(write_backend(tmp_path, {A}), f"{LINE_A}  # until=2020-01-31")

    (back,) = (each for each in check_on(root).findings if each.code == "LC101")

    assert back.notes[-1] == "its baseline entry expired after 2020-01-31"


def test_an_expired_entry_fails_even_for_a_warning(tmp_path: Path) -> None:
    root = write_backend(tmp_path, {A}, 'severity.LC101 = "warning"\n')
    write_baseline(root, f"{LINE_A}  # until=2020-01-31")

    assert [(each.code, each.severity) for each in check_on(root).findings if each.severity != "info"] == [
        ("LC101", "warning"),
        ("LC005", "error"),
    ]


def test_a_strict_package_takes_no_entries(tmp_path: Path) -> None:
    root = write_backend(tmp_path, {A, ("app.services.m1", "app.api.m1")}, 'strict = ["app.models"]\n')
    write_baseline(root, LINE_A, "LC101 app.services.m1 -> app.api.m1")

    report = check_on(root, is_ci=True)

    assert [each.code for each in report.findings if each.severity == "error"] == ["LC101", "LC004"]
    assert "`app.models` is strict and allows no entries" in about_entries(report)[0].message
    assert report.baseline_summary == BaselineSummary(known=1, stale=1)


def test_a_strict_package_that_is_none_is_told(tmp_path: Path) -> None:
    report = check_on(write_backend(tmp_path, set(), 'strict = ["app.model"]\n'))

    assert [each.code for each in report.findings if each.severity == "error"] == ["LC108"]


def test_a_comment_in_the_code_goes_first(tmp_path: Path) -> None:
    root = write_baseline(write_backend(tmp_path, set()), LINE_A)
    write_tree(root, {path_of(A[0]): f"import {A[1]}  # layercheck: ignore[LC101] known\n"})

    report = check_on(root)

    assert len(report.suppressed) == 1
    assert report.baseline_summary == BaselineSummary(stale=1)


def test_two_applications_are_told_apart(tmp_path: Path) -> None:
    files = {
        f"{shop}/app/{path}": text
        for shop in ("shop", "billing")
        for path, text in {
            "main.py": "from app.api import users\n",
            "api/users.py": "from app.services import users\n",
            "services/users.py": "from app.models import user\n",
            "models/user.py": "import app.services.users\n",
        }.items()
    }
    root = write_project(tmp_path, files, 'ignore = ["LC150"]')
    baseline(root, "--all")
    assert known_in(root) == {
        f"LC101 app.models.user -> app.services.users in {shop}/app" for shop in ("shop", "billing")
    }

    write_tree(root, {"shop/app/models/user.py": ""})
    assert [each.object for each in about_entries(check_on(root))] == [
        "LC101 app.models.user -> app.services.users in shop/app"
    ]


def test_the_cache_knows_the_baseline_and_the_day(tmp_path: Path) -> None:
    root, cache = write_backend(tmp_path, {A}), tmp_path / "cache"

    def seen(today: dt.date = TODAY, *, is_ci: bool = False) -> list[str]:
        return [
            each.code for each in check_on(root, today, is_ci=is_ci, cache=cache).findings if each.severity != "info"
        ]

    assert seen() == ["LC101"]
    write_baseline(root, f"{LINE_A}  # until=2026-12-31")
    assert seen() == []
    assert seen(dt.date(2026, 12, 15)) == ["LC005"]
    assert seen(dt.date(2027, 1, 1)) == ["LC101", "LC005"]
    assert seen() == []
    write_baseline(root, LINE_A, LINE_B)
    assert seen() == []
    assert seen(is_ci=True) == ["LC004"]
    assert seen() == []


def test_a_rename_is_seen_in_the_work_tree_before_git_knows_of_it(tmp_path: Path) -> None:
    root = write_backend(tmp_path, {A})
    baseline(root, "--all")
    make_repository(root)
    (root / "app/models/m1.py").rename(root / "app/models/renamed.py")

    report = check_on(root, is_ci=True)

    assert problems(report) == []
    assert report.baseline_summary == BaselineSummary(known=1, moved=1)
    (moved,) = about_entries(report)
    assert moved.severity == "info"
    assert f"{LINE_A} is now LC101 app.models.renamed -> app.services.m1" in moved.message


def test_where_git_is_not_a_rename_is_new_and_stale(tmp_path: Path) -> None:
    root = write_backend(tmp_path, {A})
    baseline(root, "--all")
    (root / "app/models/m1.py").rename(root / "app/models/renamed.py")

    assert problems(check_on(root, is_ci=True)) == [
        "LC101 app.models.renamed -> app.services.m1",
        f"LC004 {FILE} -> {LINE_A}",
    ]


def test_a_deleted_module_whose_place_another_takes_is_a_swap(tmp_path: Path) -> None:
    root = write_backend(tmp_path, {A})
    baseline(root, "--all")
    make_repository(root)
    (root / "app/models/m1.py").unlink()
    write_tree(root, {"app/models/other.py": f"import {A[1]}\n\n\ndef quite_another() -> None: ...\n"})

    assert [each.split()[0] for each in problems(check_on(root, is_ci=True))] == ["LC101", "LC004"]


def test_a_shallow_clone_says_that_it_sees_no_renames(tmp_path: Path) -> None:
    root = write_backend(tmp_path / "origin", {A})
    baseline(root, "--all")
    make_repository(root)
    (root / "app/models/m1.py").rename(root / "app/models/renamed.py")
    commit_all(root, "rename")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "clone")

    (stale,) = about_entries(check_on(tmp_path / "clone", is_ci=True))

    assert stale.notes[1].startswith("the clone is shallow")
    assert problems(check_on(root, is_ci=True)) == []


def test_a_part_of_a_repository_is_a_project_like_any_other(tmp_path: Path) -> None:
    root = write_backend(tmp_path / "backend", {A})
    baseline(root, "--all")
    make_repository(tmp_path)
    (root / "app/models/m1.py").rename(root / "app/models/renamed.py")
    commit_all(tmp_path, "rename")

    assert check_on(root, is_ci=True).baseline_summary == BaselineSummary(known=1, moved=1)


def test_what_git_said_is_asked_again(tmp_path: Path) -> None:
    root, cache = write_backend(tmp_path / "project", {A}), tmp_path / "cache"
    baseline(root, "--all")
    (root / "app/models/m1.py").rename(root / "app/models/renamed.py")
    assert problems(check_on(root, cache=cache)) == ["LC101 app.models.renamed -> app.services.m1"]

    (root / "app/models/renamed.py").rename(root / "app/models/m1.py")
    make_repository(root)
    (root / "app/models/m1.py").rename(root / "app/models/renamed.py")

    assert problems(check_on(root, cache=cache)) == []
