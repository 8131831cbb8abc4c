"""From a plugin to a test function with a case for everything that it promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.errors import LayercheckError
from layercheck.testing.case_comparison import describe_difference
from layercheck.testing.cases import cases_of_folder, cases_of_rule
from layercheck.testing.open_plugin import open_given
from layercheck.testing.plugin_project import PluginProject

if TYPE_CHECKING:
    from collections.abc import Callable

    from layercheck.model.report import Report
    from layercheck.plugins.plugin import Plugin
    from layercheck.testing.cases import Case
    from layercheck.testing.open_plugin import Given


def rule_tests(plugin: Given, *, cases: str | Path | None = None) -> Callable[..., None]:
    """Make a test of the rules of a plugin; give it a name that begins with `test` in a module of tests.

    `plugin` is the module with the hooks, its name, the file of it, or just a list of rules. For each rule the example in its docstring
    must be reported exactly where a line says `# error: CODE`, and what is below *Use instead* must not be. `cases`
    is a folder, or a file in it (`__file__`): every section of a Markdown file in or below it that shows files is one
    more case, judged by all rules of the plugin.

    Raises PluginError for what is no plugin.
    """
    import pytest  # noqa: PLC0415  (only whoever tests has it)

    opened = open_given(plugin)
    found = [case for rule in opened.rules for case in cases_of_rule(rule)]
    if cases is not None:
        folder = Path(cases) if Path(cases).is_dir() else Path(cases).parent
        found += cases_of_folder(folder, [rule.code for rule in opened.rules])

    @pytest.mark.parametrize("case", found, ids=lambda case: case.title)
    def test(case: Case, tmp_path: Path) -> None:
        __tracebackhide__ = True
        difference = _judge(case, opened, tmp_path)
        if difference:
            pytest.fail(difference, pytrace=False)

    return test


def _judge(case: Case, plugin: Plugin, folder: Path) -> str:
    """Check a case in an empty folder and describe how the outcome differs; empty where it does not."""
    if case.problem:
        return f"{case.title}: {case.problem}"
    try:
        report = _check(case, plugin, folder)
    except LayercheckError as error:
        return f"{case.title}: cannot be checked: {error}"
    if report.failures:
        return f"{case.title}: {report.failures[0]}"
    return describe_difference(case, report)


def _check(case: Case, plugin: Plugin, folder: Path) -> Report:
    project = PluginProject(plugin, folder, case.tree.files, case.tree.configuration, select=case.codes)
    if case.tree.is_tracked:
        project.track()
    return project.check()
