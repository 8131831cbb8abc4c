from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.migrate.comments import find_comments
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path


def test_comments_of_a_tool_are_listed_by_line(tmp_path: Path) -> None:
    text = "import a\nimport b  # tach-ignore(reason) b\nimport c  # deply:ignore-file\nimport d  #inwards: ignore[INW001]\n"
    write_tree(tmp_path, {"app/x.py": text, "app/y.py": "tach_ignore = 1\n"})
    files = ["app/gone.py", "app/x.py", "app/y.py"]

    found = {tool: list(find_comments(tool, tmp_path, files)) for tool in ("tach", "deply", "inwards", "arborescent")}

    assert {
        tool: [(each.path.name, [line for line, _ in each.remarks]) for each in of_tool]
        for tool, of_tool in found.items()
    } == {
        "tach": [("x.py", [2])],
        "deply": [("x.py", [3])],
        "inwards": [("x.py", [4])],
        "arborescent": [],
    }
    assert found["deply"][0].remarks[0].message.startswith("`# deply:ignore-file` is not converted")
