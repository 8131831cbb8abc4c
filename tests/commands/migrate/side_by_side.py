"""The verdicts of `lint-imports`, and those of `check` before and after `migrate --write`, on the same project."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from layercheck.commands.migrate.foreign_files import convert_files
from tests.running import check_folder, clean_environment, run_apart

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.finding import Finding

_VERDICT = re.compile(r"^(?P<name>.+) (?P<verdict>KEPT|BROKEN)\b", re.MULTILINE)
_RUN = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def verdicts_of_lint_imports(root: Path) -> dict[str, bool]:
    """Run the real tool; gives for each contract whether it is kept."""
    process = subprocess.run(
        [sys.executable, "-c", _RUN, "--no-cache"],
        cwd=root,
        env=clean_environment() | {"PYTHONPATH": str(root), "COLUMNS": "300"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    found = {each["name"].strip(): each["verdict"] == "KEPT" for each in _VERDICT.finditer(process.stdout)}
    assert found, process.stdout + process.stderr
    return found


def verdicts_as_they_are(root: Path) -> dict[str, bool]:
    """Check with the contracts where they stand; gives for each of them whether it is kept."""
    names = {name.split(": ")[0] for name in _list_names(root)}
    report = check_folder(root, select=["LC12"])
    broken = {_name_of(finding).split(": ")[0] for finding in report.findings}
    assert broken <= names
    return {name: name not in broken for name in names}


def _list_names(root: Path) -> list[str]:
    return [contract.table["name"] for conversion in convert_files(None, root) for contract in conversion.contracts]


def _name_of(finding: Finding) -> str:
    return finding.notes[0].removeprefix("contract: ").rpartition(" (")[0]


def verdicts_after_migration(root: Path) -> dict[str, bool]:
    """Migrate and check; gives for each contract of the other tool whether it is kept."""
    names = {name: name.split(": ")[0] for name in _list_names(root)}
    migrated = run_apart("migrate", "--write", folder=root)
    assert migrated.code == 0, migrated.err
    report = check_folder(root, select=["LC12"])
    broken = set(map(_name_of, report.findings))
    assert broken <= names.keys()
    return {name: not any(part in broken for part, whole in names.items() if whole == name) for name in names.values()}
