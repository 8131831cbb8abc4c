"""Every backend in `fixtures/` is reported exactly as its `expected.json` says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parents[1] / "fixtures"
BACKENDS = sorted(path.parent for path in FIXTURES.glob("*/expected.json"))
FIELDS = ("code", "path", "line", "importer", "imported")


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda backend: backend.name)
def test_a_backend_is_reported_as_expected(backend: Path, tmp_path: Path) -> None:
    expected = json.loads((backend / "expected.json").read_text("utf-8"))

    exit_code, report, problems = _check(backend, tmp_path)

    assert problems == ""
    assert _findings(report, expected["findings"]) == expected["findings"]
    assert [root["path"] for root in report["coverage"]["applications"]] == expected["applications"]
    assert report["coverage"]["layout"] == expected["layout"]
    assert exit_code == expected["exit_code"]


def test_every_backend_says_what_it_shows() -> None:
    index = (FIXTURES / "README.md").read_text("utf-8")

    assert [backend.name for backend in BACKENDS if not (backend / "README.md").is_file()] == []
    assert [backend.name for backend in BACKENDS if f"[{backend.name}]({backend.name}/)" not in index] == []


def _check(backend: Path, elsewhere: Path) -> tuple[int, dict[str, Any], str]:
    """Run the command from another folder; return exit code, report and what was written to stderr."""
    command = [sys.executable, "-m", "layercheck", "check", "--output-format", "json", "--no-cache", str(backend)]
    process = subprocess.run(command, cwd=elsewhere, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert process.stdout, process.stderr
    return process.returncode, json.loads(process.stdout), process.stderr


def _findings(report: dict[str, Any], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what `expected.json` holds of each finding; no line where it expects none (the whole file)."""
    whole_file = {(finding["code"], finding["path"]) for finding in expected if finding["line"] is None}
    found = [{field: finding[field] for field in FIELDS} for finding in report["findings"]]
    for finding in found:
        if (finding["code"], finding["path"]) in whole_file:
            finding["line"] = None
    return sorted(found, key=lambda finding: (finding["path"], finding["line"] or 0, finding["code"]))
