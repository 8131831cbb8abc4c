from __future__ import annotations

import ast

import pytest

from layercheck.edits.fixes import apply_edits
from layercheck.rule.import_edits import add_import


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
    changed = apply_edits(before, add_import(ast.parse(before), before, "datetime", "UTC"))

    assert changed == after
    ast.parse(changed)
