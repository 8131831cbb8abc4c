"""Who may import whom under the preset: the whole matrix, and which rule speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.layers.shop import MODULES, check_imports

if TYPE_CHECKING:
    from pathlib import Path

# One line for each importer; columns are what it imports. `.` is fine, otherwise the last digit of the rule's code.
_COLUMNS = ["main", "api", "services", "models", "db", "schemas", "utils", "config", "deps", "free"]
_MATRIX = """
main        .  .  .  .  .  .  .  .  .  .
api         5  .  .  2  2  .  .  .  .  .
services    5  1  .  .  .  .  .  .  1  .
models      5  1  1  .  .  9  .  .  1  .
db          5  1  1  .  .  9  .  .  1  .
schemas     5  3  3  3  3  .  .  .  .  .
utils       5  4  4  4  4  4  .  .  .  .
config      5  .  .  .  .  .  .  .  .  .
deps        5  .  .  .  .  .  .  .  .  .
free        5  .  .  .  .  .  .  .  .  .
tests       .  .  .  .  .  .  .  .  .  .
migrations  .  .  .  .  .  .  .  .  .  .
scripts     .  .  .  .  .  .  .  .  .  .
"""
_LINES = [line.split() for line in _MATRIX.strip().splitlines()]
_CASES = [
    (importer, imported, "" if verdict == "." else f"LC10{verdict}")
    for importer, *verdicts in _LINES
    for imported, verdict in zip(_COLUMNS, verdicts, strict=True)
    if importer != imported
]


@pytest.mark.parametrize("importer", [line[0] for line in _LINES])
def test_each_import_is_judged_by_one_rule(tmp_path: Path, importer: str) -> None:
    for number, (_, imported, code) in enumerate(case for case in _CASES if case[0] == importer):
        text = f"from {MODULES[imported]} import x\n"
        report = check_imports(tmp_path / str(number), {importer: text})

        found = [(each.code, each.importer, each.imported) for each in report.findings if each.code != "LC107"]
        expected = [(code, MODULES[importer], MODULES[imported])] if code else []
        assert found == expected, (importer, imported)
