"""Findings and entries made by hand."""

from __future__ import annotations

from layercheck.baseline.entry import Known
from layercheck.baseline.entry_line import describe, parse_entry
from layercheck.model.finding import Finding
from layercheck.model.severity import Severity
from layercheck.model.source import Location

FILE = "layercheck-baseline.txt"


def find(line: str, path: str = "") -> Finding:
    """Make the finding that a line of a baseline stands for: `LC101 a -> b in shop`."""
    entry = parse_entry(line)
    return Finding(
        code=entry.code,
        name="some-rule",
        severity=Severity.ERROR,
        message="message",
        location=Location(path or f"{entry.subject.replace('.', '/')}.py"),
        subject=entry.subject,
        object=entry.object,
        application=entry.application or "",
        cut=entry.cut,
    )


def know(*lines: str, path: str = FILE) -> list[Known]:
    """Make the entries of a file."""
    return [Known(parse_entry(line), path, number) for number, line in enumerate(lines, 1)]


def write(known: Known) -> str:
    """Write what an entry is known by."""
    return describe(known.entry)
