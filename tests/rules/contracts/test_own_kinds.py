"""A kind of contract of a plugin: the one in docs/plugins.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layercheck.errors import ConfigurationError, PluginError
from tests.running import check_tree, of_rule

PAGE = (Path(__file__).parents[3] / "docs" / "plugins.md").read_text("utf-8")
CONTRACT = '[[contracts]]\nname = "small interface"\nkind = "few-importers"\nmodules = ["app.db"]\nat-most = 1\n'
FILES = {"app/db.py": "", "app/a.py": "import app.db\n", "app/b.py": "from app import db\n"}


def _plugin() -> str:
    found = re.search(r"`tools/contract_kinds.py`:\n\n```python\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def _check(root: Path, plugin: str, contract: str = CONTRACT) -> list[str]:
    files = FILES | {"tools/contract_kinds.py": plugin}
    report = check_tree(root, files, f'plugins = ["tools/contract_kinds.py"]\n{contract}')
    assert not report.failures
    return [each.message for each in of_rule(report, "XY201")]


def test_the_kind_in_the_page_works(tmp_path: Path) -> None:
    assert _check(tmp_path, _plugin()) == ["small interface: app.db is imported by 2 modules"]
    assert not _check(tmp_path, _plugin(), CONTRACT.replace("at-most = 1", "at-most = 2"))
    assert not _check(tmp_path, _plugin(), CONTRACT + 'ignore = ["app.a -> app.db"]\n')


def test_its_keys_are_checked_like_ours(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="unknown key 'at_most'; did you mean 'at-most'"):
        _check(tmp_path, _plugin(), CONTRACT.replace("at-most", "at_most"))
    with pytest.raises(
        ConfigurationError, match="unknown kind of contract 'few-importer'; did you mean 'few-importers'"
    ):
        _check(tmp_path, _plugin(), CONTRACT.replace("importers", "importer"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    record = FewImporters\n", "", "without a record"),
        (', tag="few-importers"', "", "with a record without a kind"),
        ('tag="few-importers"', 'tag="layers"', "which is layercheck's own"),
    ],
)
def test_a_kind_that_cannot_be_used_is_an_error_of_the_plugin(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(PluginError, match=message):
        _check(tmp_path, _plugin().replace(old, new))
