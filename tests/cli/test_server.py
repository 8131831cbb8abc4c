from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import clean_environment, run_apart, write_tree

if TYPE_CHECKING:
    from pathlib import Path


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    write_tree(tmp_path, {"none/sitecustomize.py": "import sys\nsys.modules['pygls'] = None\n"})
    path = {"PYTHONPATH": f"{tmp_path / 'none'}:{clean_environment()['PYTHONPATH']}"}

    outcome = run_apart("server", folder=tmp_path, environment=path)

    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err == "layercheck: `layercheck server` needs one more package: pip install 'layercheck[lsp]'\n"


def test_it_ends_when_nobody_speaks_with_it_any_more(tmp_path: Path) -> None:
    outcome = run_apart("server", "--stdio", folder=tmp_path)

    assert (outcome.code, outcome.out) == (0, "")
