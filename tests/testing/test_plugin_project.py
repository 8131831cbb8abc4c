"""A project to test a plugin with: what it reports, fixes, configures and writes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from layercheck import Applicability, Edit, Fix, ModuleRule, Severity
from layercheck.errors import LayercheckError, UsageError
from layercheck.testing import PluginProject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layercheck import ModuleFinding, SourceModule

FILES = {"app/services/a.py": "LOUD = 1\n", "app/models/b.py": ""}


class Shout(ModuleRule):
    """A name in capitals."""

    code = "XY001"
    name = "shout"
    severity = Severity.WARNING
    fixable = True

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        for node in module.nodes(ast.Name):
            if node.id.isupper():
                edits = (Edit(module.whole_span(node), self.quiet(node.id)),)
                yield module.finding(node, f"`{node.id}` is loud", fix=Fix("Whisper", edits, Applicability.UNSAFE))

    def quiet(self, name: str) -> str:
        return name.lower()


class EndlessShout(Shout):
    """A name in capitals that is fixed in vain."""

    def quiet(self, name: str) -> str:
        return f"{name}{name}"


class BrokenShout(Shout):
    """A name in capitals that is replaced by what is no name."""

    def quiet(self, name: str) -> str:
        return f"{name} {name}"


def test_only_the_rules_of_the_plugin_run_unless_others_are_selected(tmp_path: Path) -> None:
    files = {**FILES, "app/models/b.py": "from app.services import a\n"}

    alone = PluginProject([Shout], tmp_path / "alone", files).check()
    both = PluginProject([Shout], tmp_path / "both", files, select=["XY001", "LC101"]).check()

    assert [finding.code for finding in alone.findings] == ["XY001"]
    assert [finding.code for finding in both.findings] == ["LC101", "XY001"]


def test_fixes_that_are_not_safe_are_applied_on_demand(tmp_path: Path) -> None:
    project = PluginProject([Shout], tmp_path, FILES)

    assert project.fix() == {}
    assert project.fix(unsafe=True) == {"app/services/a.py": "loud = 1\n"}
    assert project.check().findings == ()


@pytest.mark.parametrize(
    ("rule", "why"),
    [(EndlessShout, "XY001: its fixes of app/services/a.py come to no end"), (BrokenShout, "app/services/a.py: ")],
)
def test_fixes_that_cannot_be_applied_are_errors(rule: type[Shout], why: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=why):
        PluginProject([rule], tmp_path, FILES).fix(unsafe=True)

    assert (tmp_path / "app/services/a.py").read_text() == "LOUD = 1\n"


def test_a_pyproject_among_the_files_is_the_configuration(tmp_path: Path) -> None:
    files = {**FILES, "pyproject.toml": '[tool.layercheck]\nexclude = ["app/services/a.py"]\n'}

    assert PluginProject([Shout], tmp_path, files).configuration.exclude == ("app/services/a.py",)


def test_the_formats_of_layercheck_can_be_rendered(tmp_path: Path) -> None:
    project = PluginProject([Shout], tmp_path, FILES)

    assert "app/services/a.py:1:1: warning[XY001] `LOUD` is loud" in project.render("concise")
    with pytest.raises(UsageError, match="unknown output format 'loud'"):
        project.render("loud")


def test_no_file_is_written_outside_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(LayercheckError, match="leads out of the project"):
        PluginProject([Shout], tmp_path / "project", {"../a.py": ""})
