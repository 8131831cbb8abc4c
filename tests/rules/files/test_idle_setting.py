from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.repositories import git, make_repository
from tests.running import PROJECT_FILES, check_folder, check_tree, of_rule, run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.report import Report

CODE = {
    "app/__init__.py": "",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/__init__.py": "",
    "app/models/user.py": "",
    "app/legacy/old.py": "",
    "tests/test_users.py": "",
}


def _told(report: Report) -> list[tuple[str, str]]:
    return [(str(each.severity), each.message) for each in of_rule(report, "LC008")]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("app.legacy", ("warning", "; write its path, `app/legacy/`")),
        ("app.legacy.*", ("warning", "; write its path, `app/legacy/`")),
        ("app.models.user", ("warning", "; write its path, `app/models/user.py`")),
        ("app.models", ("warning", "; write its path, `app/models/`")),
        ("legcy/", ("info", "; did you mean 'legacy'?")),
        ("app/legacy/odl.py", ("info", "; did you mean 'app/legacy/old.py'?")),
        ("app/legcy", ("info", "; did you mean 'app/legacy'?")),
        ("/legacy/", ("info", "; it is looked for beside this file only: write `**/legacy/` for any folder")),
        (
            "models/user.py",
            ("info", "; it is looked for beside this file only: write `**/models/user.py` for any folder"),
        ),
        ("migrations/", ("info", "")),
        ("*_pb2.py", ("info", "")),
        ("!keep.py", ("info", "")),
    ],
)
def test_a_pattern_that_leaves_out_nothing(tmp_path: Path, pattern: str, told: tuple[str, str]) -> None:
    report = check_tree(tmp_path, CODE, f"\nexclude = [\n'tests/',\n'{pattern}',\n]\n")

    (finding,) = of_rule(report, "LC008")
    assert (finding.severity, finding.location.path) == (told[0], "layercheck.toml")
    assert finding.location.span is not None
    assert finding.location.span.start.line == 4
    assert finding.message.startswith(f"the pattern `{pattern}` excludes nothing by itself (exclude)")
    assert finding.message.endswith(told[1])


@pytest.mark.parametrize(
    "pattern",
    [
        "legacy/",
        "/app/legacy",
        "old.py",
        "app/**/old.py",
        ".venv/",
        "node_modules",
        "build/",
        "*.md",
        "**/__pycache__/",
        "*.pyc",
        "docs/*.rst",
        "frontend/.next/",
    ],
)
def test_a_pattern_with_effect_or_for_what_is_never_read(tmp_path: Path, pattern: str) -> None:
    assert _told(check_tree(tmp_path, CODE, f"exclude = ['{pattern}']")) == []


def test_what_another_pattern_leaves_in_and_out(tmp_path: Path) -> None:
    assert _told(check_tree(tmp_path, CODE, "exclude = ['app/legacy/*', '!app/legacy/old.py']")) == []
    assert _told(check_tree(tmp_path, CODE, "exclude = ['old.py', 'old.py']")) == [
        ("info", "the pattern `old.py` excludes nothing by itself (exclude)")
    ]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("app.models.*", ("warning", "; write its path, `app/models/`")),
        ("app/modls/*.py", ("info", "")),
        ("app/modls/", ("info", "; did you mean 'app/models'?")),
        ("migrations/**", ("info", "")),
    ],
)
def test_a_pattern_that_matches_no_file(tmp_path: Path, pattern: str, told: tuple[str, str]) -> None:
    report = check_tree(tmp_path, CODE, f"[per-path-ignores]\n'tests/**' = ['LC1']\n'{pattern}' = ['LC1']\n")

    (finding,) = of_rule(report, "LC008")
    assert finding.severity == told[0]
    assert finding.location.span is not None
    assert finding.location.span.start.line == 3
    assert finding.message.startswith(f"the pattern `{pattern}` matches no file (per-path-ignores)")
    assert finding.message.endswith(told[1])


@pytest.mark.parametrize(
    "pattern",
    [
        "tests/**",
        "*.py",
        "app/models/",
        "app/legacy",
        "README.md",
        "setup.cfg",
        "layercheck.toml",
        "broken.py",
        "*.toml",
    ],
)
def test_a_pattern_that_matches_a_file_of_any_kind(tmp_path: Path, pattern: str) -> None:
    files: dict[str, str | bytes] = {**CODE, **PROJECT_FILES, "app/broken.py": b"x = '\xff'\n"}
    assert _told(check_tree(tmp_path, files, f"[per-path-ignores]\n'{pattern}' = ['LC1']\n")) == []


def test_the_severity_that_is_chosen_holds_for_all(tmp_path: Path) -> None:
    report = check_tree(tmp_path, CODE, "exclude = ['nope/']\n[severity]\nLC00 = 'error'\n")
    assert _told(report) == [("error", "the pattern `nope/` excludes nothing by itself (exclude)")]


def test_patterns_of_the_preset_are_nobodys_mistake(tmp_path: Path) -> None:
    assert _told(check_tree(tmp_path, CODE)) == []


@pytest.mark.parametrize(
    ("weaker", "text", "what"),
    [
        ("pyproject.toml", "[tool.layercheck]\nfail-on = 'warning'\n", "`[tool.layercheck]` in pyproject.toml"),
        (".layercheck.toml", "fail-on = 'warning'\n", ".layercheck.toml"),
    ],
)
def test_a_second_configuration_is_not_read(tmp_path: Path, weaker: str, text: str, what: str) -> None:
    report = check_tree(tmp_path, {**CODE, weaker: text})

    assert _told(report) == [
        (Severity.WARNING, f"{what} is not read: layercheck.toml next to it is the configuration"),
    ]


@pytest.mark.parametrize("text", ["[project]\nname = 'x'\n", "[tool.ruff]\n", "not toml"])
def test_a_pyproject_without_our_table_is_no_second_configuration(tmp_path: Path, text: str) -> None:
    assert _told(check_tree(tmp_path, {**CODE, "pyproject.toml": text})) == []


def test_who_names_a_configuration_has_chosen(tmp_path: Path) -> None:
    write_project(tmp_path, {**CODE, "pyproject.toml": "[tool.layercheck]\n", "other.toml": ""})

    other = run_here("check", "--no-cache", "--output-format", "concise", "--config", tmp_path / "other.toml", tmp_path)

    assert "LC008" not in other.out


def test_the_cache_knows_when_a_setting_begins_to_matter(tmp_path: Path) -> None:
    write_project(tmp_path, CODE, "exclude = ['late/']")
    assert len(_told(check_folder(tmp_path, cache=True))) == 1
    assert len(_told(check_folder(tmp_path, cache=True))) == 1

    write_tree(tmp_path, {"app/late/x.py": ""})
    assert _told(check_folder(tmp_path, cache=True)) == []
    write_tree(tmp_path, {"pyproject.toml": "[tool.layercheck]\n"})
    assert len(_told(check_folder(tmp_path, cache=True))) == 1
    write_tree(tmp_path, {"pyproject.toml": "[tool.other]\n"})
    assert _told(check_folder(tmp_path, cache=True)) == []


def test_the_index_tells_the_same(tmp_path: Path) -> None:
    root = make_repository(write_project(tmp_path, CODE, "exclude = ['legacy/', 'nope/']"))
    git(root, "add", "--all")

    outcome = run_here("check", "--staged", "--output-format", "concise", root)

    assert [line.partition("LC008")[2] for line in outcome.out.splitlines() if "LC008" in line] == [
        "] the pattern `nope/` excludes nothing by itself (exclude)"
    ]
