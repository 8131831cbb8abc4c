from __future__ import annotations

import ast

import pytest

from layercheck.edits.fixes import apply_edits
from tests.python.names.seeing import see


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = UTC\n", "from datetime import UTC\nx = UTC\n"),
        ("# !/bin/sh\n\nx = UTC\n", "# !/bin/sh\n\nfrom datetime import UTC\nx = UTC\n"),
        ('"""Doc."""\nx = UTC\n', '"""Doc."""\nfrom datetime import UTC\nx = UTC\n'),
        ("import os\n\nx = UTC\n", "import os\nfrom datetime import UTC\n\nx = UTC\n"),
        ("from a import (\n    b,\n)\nx = 1\n", "from a import (\n    b,\n)\nfrom datetime import UTC\nx = 1\n"),
        ("import os\r\nx = UTC\r\n", "import os\r\nfrom datetime import UTC\r\nx = UTC\r\n"),
        ("@a\ndef f(): ...\n", "from datetime import UTC\n@a\ndef f(): ...\n"),
        ("x = UTC\nimport os", "x = UTC\nimport os\nfrom datetime import UTC"),
        ("from datetime import UTC as Z\nx = 1\n", "from datetime import UTC as Z\nfrom datetime import UTC\nx = 1\n"),
        # It is there.
        ("from datetime import UTC, datetime\nx = UTC\n", "from datetime import UTC, datetime\nx = UTC\n"),
    ],
)
def test_a_name_is_imported_behind_the_other_imports(before: str, after: str) -> None:
    changed = apply_edits(before, see(before).add_import("datetime", "UTC"))

    assert changed == after
    ast.parse(changed)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\nfrom datetime import UTC\nx = 1\n", "import os\nx = 1\n"),
        ("from datetime import UTC  # for now\nx = 1\n", "x = 1\n"),
        ("from datetime import UTC\r\nx = 1\r\n", "x = 1\r\n"),
        ("from datetime import UTC", ""),
        ("from datetime import UTC, date\n", "from datetime import date\n"),
        ("from datetime import date, UTC\n", "from datetime import date\n"),
        ("from datetime import date, UTC, time\n", "from datetime import date, time\n"),
        ("from datetime import (\n    date,\n    UTC,\n)\n", "from datetime import (\n    date,\n)\n"),
        ("from datetime import (\n    UTC,\n    date,\n)\n", "from datetime import (\n    date,\n)\n"),
        ("from datetime import (\n    UTC,\n)\nx = 1\n", "x = 1\n"),
        ("x = 1; from datetime import UTC\n", "x = 1; pass\n"),
        ("from datetime import UTC; x = 1\n", "pass; x = 1\n"),
        ("é = 1; from datetime import date, UTC\n", "é = 1; from datetime import date\n"),
        ("from datetime import UTC as UTC\nfrom datetime import UTC\n", ""),
        # Under another name, from elsewhere, or not at the top.
        ("from datetime import UTC as Z\n", "from datetime import UTC as Z\n"),
        ("from .datetime import UTC\n", "from .datetime import UTC\n"),
        ("def f():\n    from datetime import UTC\n", "def f():\n    from datetime import UTC\n"),
    ],
)
def test_a_name_is_no_longer_imported(before: str, after: str) -> None:
    changed = apply_edits(before, see(before).remove_import("datetime", "UTC"))

    assert changed == after
    ast.parse(changed)


def test_separators_that_end_no_line_of_python_are_not_counted() -> None:
    text = "x = '\u2028'\nimport os"

    changed = apply_edits(text, see(text).add_import("datetime", "UTC"))

    assert changed == f"{text}\nfrom datetime import UTC"


def test_columns_are_right_in_a_file_that_only_libcst_can_read() -> None:
    newer = "try: ...\nexcept KeyError, ValueError: ...\n"

    changed = see(f"é = 'ü'; from datetime import UTC, date\n{newer}").remove_import("datetime", "UTC")

    assert apply_edits(f"é = 'ü'; from datetime import UTC, date\n{newer}", changed) == (
        f"é = 'ü'; from datetime import date\n{newer}"
    )
