from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.init.concessions import as_pattern, find_concessions
from layercheck.model.severity import Severity
from tests.running import check_folder, check_tree, write_tree

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {"app/api/a.py": "", "app/services/a.py": "", "app/models/a.py": ""}
BROKEN = {"app/models/b.py": "def (\n"}
UP = {"app/models/c.py": "import app.services.a\n", "app/models/d.py": "import app.api.a\n"}
WARNS = {"app/utils/a.py": "import app.models.a\n"}


def test_only_errors_need_a_concession(tmp_path: Path) -> None:
    report = check_tree(tmp_path, LAYERED | WARNS | UP | BROKEN)

    conceded = find_concessions(report)

    assert conceded.lowered == {"LC101": 2}
    assert list(conceded.unreadable) == ["app/models/b.py"]


def test_nothing_is_added_to_a_table_that_needs_nothing(tmp_path: Path) -> None:
    conceded = find_concessions(check_tree(tmp_path, LAYERED | WARNS))

    assert conceded.apply_to({"exhaustive": True}) == {"exhaustive": True}


def test_a_setting_keeps_what_it_says_of_other_rules(tmp_path: Path) -> None:
    conceded = find_concessions(check_tree(tmp_path, LAYERED | UP))

    table = conceded.apply_to({"severity": {"LC104": "error", "LC101": "error"}})

    assert table == {"severity": {"LC104": "error", "LC101": "warning"}}


def test_many_unreadable_files_make_the_rule_warn(tmp_path: Path) -> None:
    report = check_tree(tmp_path, LAYERED | {f"app/models/b{number}.py": "def (\n" for number in range(21)})

    assert find_concessions(report)[:3] == ({"LC001": 21}, {}, ())


def test_where_warnings_fail_they_become_infos(tmp_path: Path) -> None:
    conceded = find_concessions(check_tree(tmp_path, LAYERED | WARNS | UP), Severity.WARNING)

    assert conceded.lowered == {"LC101": 2, "LC104": 1}
    assert conceded.apply_to({}) == {"severity": {"LC101": "info", "LC104": "info"}}


@pytest.mark.parametrize("name", ["b.py", "[b].py", "b*.py", "!b.py", "#b.py", "b b.py", "b?.py", "bä.py"])
def test_a_pattern_matches_its_file_and_no_other(tmp_path: Path, name: str) -> None:
    others = {"app/models/bb.py": "def (\n", "app/models/deep/app/models/x.py": ""}
    write_tree(tmp_path, LAYERED | others | {f"app/models/{name}": "def (\n"})
    (tmp_path / "layercheck.toml").write_text(
        f"per-path-ignores = {{ '{as_pattern(f'app/models/{name}')}' = ['LC001'] }}\n", "utf-8"
    )

    report = check_folder(tmp_path)

    assert [each.location.path for each in report.findings if each.code == "LC001"] == ["app/models/bb.py"]
