from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PACKAGES = {
    "app/__init__.py": "",
    "app/main.py": "",
    "app/api/__init__.py": "",
    "app/api/users.py": "",
    "app/models/__init__.py": "",
    "app/models/user.py": "",
}


def _found(folder: Path, files: Mapping[str, str]) -> list[tuple[str, str]]:
    report = check_tree(folder, files, select=["LC201"])
    return [(each.subject, each.location.path) for each in of_rule(report, "LC201")]


def test_it_stands_at_the_first_module_of_the_folder(tmp_path: Path) -> None:
    files = PACKAGES | {"app/services/users.py": "", "app/services/mails.py": ""}

    assert _found(tmp_path, files) == [("app/services", "app/services/mails.py")]


def test_a_comment_in_that_module_puts_it_aside(tmp_path: Path) -> None:
    files = PACKAGES | {"app/services/users.py": "# layercheck: ignore-file[LC201] a namespace on purpose\n"}

    report = check_tree(tmp_path, files, select=["LC201"])

    assert not report.findings
    assert [each.finding.subject for each in report.suppressed] == ["app/services"]


def test_it_is_ignored_by_the_path_of_its_folder(tmp_path: Path) -> None:
    report = check_tree(
        tmp_path,
        PACKAGES | {"app/services/users.py": ""},
        'per-path-ignores = {"app/services/" = ["LC201"]}\n',
        select=["LC201"],
    )

    assert not report.findings


def test_who_does_without_everywhere_is_left_alone(tmp_path: Path) -> None:
    files = {path: text for path, text in PACKAGES.items() if "__init__" not in path}

    assert _found(tmp_path, files | {"app/services/__init__.py": "", "app/services/users.py": ""}) == []


def test_the_custom_of_the_folders_beside_it_counts(tmp_path: Path) -> None:
    files = PACKAGES | {f"app/services/{name}/services.py": "" for name in ("github", "jira", "trello")}

    assert _found(tmp_path, files | {"app/services/__init__.py": ""}) == []


def test_of_nested_folders_the_outermost_is_reported(tmp_path: Path) -> None:
    files = PACKAGES | {"app/services/base.py": "", "app/services/mail/smtp.py": ""}

    assert _found(tmp_path, files) == [("app/services", "app/services/base.py")]


def test_tests_migrations_and_scripts_need_none(tmp_path: Path) -> None:
    files = PACKAGES | {
        "app/services/__init__.py": "",
        "app/services/users.py": "",
        "app/services/tests/test_users.py": "",
        "app/models/migrations/0001_first.py": "",
        "tests/test_users.py": "",
        "scripts/load.py": "",
    }

    assert _found(tmp_path, files) == []
