from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.engine.check import check
from layercheck.engine.checking import Checking, DeclinedError, KeptChecking
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.files.file_source import DiskSource
from layercheck.files.overlay_source import OverlaySource
from tests.running import PROJECT_FILES, without_timings, write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.report import Report

FILES = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
}
UPWARD = b"import app.services.users\n"


def _cold(root: Path, texts: Mapping[str, bytes] | None) -> Report:
    source = OverlaySource(root, DiskSource(root), texts or {})
    return check(find_target([root]), CheckOptions(source=source))


EDITS: list[tuple[dict[str, str], dict[str, bytes] | None]] = [
    ({}, None),
    ({}, {"app/models/user.py": UPWARD}),
    ({}, {"app/models/user.py": UPWARD + b"# more\n"}),
    ({}, {}),
    ({"app/models/user.py": "import app.api.users\n"}, None),
    ({}, {"app/models/user.py": b""}),
    ({"app/models/new.py": "import app.services.users\n"}, {"app/services/users.py": b"import app.models.new\n"}),
    ({"layercheck.toml": 'ignore = ["LC101"]\n'}, None),
    ({"layercheck.toml": "", "app/models/user.py": ""}, None),
    ({}, {"app/models/none_yet.py": UPWARD}),
]


def test_what_is_kept_changes_no_report(tmp_path: Path) -> None:
    root, kept = write_project(tmp_path, FILES), KeptChecking()
    for files, texts in EDITS:
        write_tree(root, files)

        report = kept.check(find_target([root]), CheckOptions(), texts)

        assert without_timings(report) == without_timings(_cold(root, texts)), (files, texts)


def test_texts_are_written_nowhere(tmp_path: Path) -> None:
    root = write_project(tmp_path, FILES)
    options = CheckOptions(cache_folder=root / ".layercheck_cache")
    for checking in (Checking(), KeptChecking()):
        found = checking.check(find_target([root]), options, {"app/models/user.py": UPWARD})
        clean = checking.check(find_target([root]), options)

        assert [finding.code for finding in found.findings] == ["LC101"]
        assert not clean.findings
        assert not check(find_target([root]), options).findings
        assert (root / "app/models/user.py").read_bytes() == b""


def test_more_projects_than_are_kept_are_checked_as_well(tmp_path: Path) -> None:
    kept = KeptChecking()
    roots = [write_project(tmp_path / str(number), FILES) for number in range(6)]

    for root in roots * 2:
        report = kept.check(find_target([root]), CheckOptions(), {"app/models/user.py": UPWARD})
        assert [finding.code for finding in report.findings] == ["LC101"]


def test_what_is_bound_to_a_project_checks_no_other(tmp_path: Path) -> None:
    kept = KeptChecking()
    one, other = (find_target([write_project(tmp_path / name, FILES)]) for name in ("one", "other"))
    kept.check(one, CheckOptions())
    kept.bind()

    kept.check(one, CheckOptions())
    with pytest.raises(DeclinedError):
        kept.check(other, CheckOptions())


def test_what_was_checked_is_not_put_together_again_for_questions(tmp_path: Path) -> None:
    root, kept = write_project(tmp_path, FILES), KeptChecking()
    target, texts = find_target([root]), {"app/models/user.py": UPWARD}
    kept.check(target, CheckOptions(), texts)

    opened = kept.open(target, CheckOptions(), texts)
    elsewhere = kept.open(target, CheckOptions(), {})

    assert opened.project is kept.open(target, CheckOptions(), texts).project
    assert opened.project.suspects_by("app/models/user.py")
    assert not elsewhere.project.suspects_by("app/models/user.py")
    assert elsewhere.project.modules == Checking().open(target, CheckOptions(), {}).project.modules
