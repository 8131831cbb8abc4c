"""The tests that a change can reach, as lines for pytest and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.plurals import count
from layercheck.reporters.display import join_path
from layercheck.reporters.json_document import encode_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.commands.affected.selection import AffectedTests

_SCHEMA_VERSION = 1


def write_text(affected: AffectedTests, prefix: str) -> str:
    """Write one path per line, as seen from where the user stands."""
    # For pytest and not for a terminal: an escaped path would name no file.
    return "".join(f"{join_path(path, prefix)}\n" for path in affected.tests)


def write_json(affected: AffectedTests) -> str:
    """Write the tests and what could not be known; paths are relative to the project root."""
    return encode_document({"schema_version": _SCHEMA_VERSION, **msgspec.to_builtins(affected)})


def summarise(affected: AffectedTests) -> Iterator[str]:
    """Say for stderr how many tests there are, and why there are more than the imports explain."""
    yield from affected.notes
    if affected.left_out:
        load = "loads" if len(affected.left_out) == 1 else "load"
        yield (
            f"left out: {count(len(affected.left_out), 'test file')}, which {load} the change only through a conftest.py of which"
            " they use no name; `--output-format json` lists them"
        )
    yield f"{len(affected.tests)} of {affected.all_tests} test files; {count(affected.changed, 'file')} changed since {affected.base}"
    if not affected.tests:
        yield "no test is affected; pytest without arguments would run all of them"
