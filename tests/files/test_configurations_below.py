from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.files.configurations_below import list_configurations
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path


def test_configurations_are_found_in_folders_that_may_hold_projects(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "layercheck.toml": "",
            "a/pyproject.toml": "[tool.layercheck]\n",
            "b/pyproject.toml": "[tool.other]\n",
            "c/pyproject.toml": "broken [",
            ".hidden/layercheck.toml": "",
            "node_modules/x/layercheck.toml": "",
            "env/pyvenv.cfg": "",
            "env/lib/layercheck.toml": "",
            "conda/conda-meta/history": "",
            "conda/lib/layercheck.toml": "",
        },
    )

    found = {path.relative_to(tmp_path).as_posix() for path in list_configurations(tmp_path)}

    assert found == {"layercheck.toml", "a/pyproject.toml"}
