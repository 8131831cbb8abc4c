"""From a plugin to a test function with a case for everything that it promises."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.plugins.configured import open_file
from layercheck.plugins.plugin import Origin
from layercheck.plugins.plugin_checks import open_plugin
from layercheck.rule.hookspecs import hookimpl
from layercheck.testing.case_checker import judge
from layercheck.testing.cases import cases_of_folder, cases_of_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from layercheck.plugins.plugin import Plugin
    from layercheck.rule.rule import Rule
    from layercheck.testing.cases import Case


def rule_tests(
    plugin: ModuleType | str | Path | Sequence[type[Rule]], *, cases: str | Path | None = None
) -> Callable[..., None]:
    """Make a test of the rules of a plugin; give it a name that begins with `test` in a module of tests.

    `plugin` is the module with the hooks, its name, the file of it, or just a list of rules. For each rule the example in its docstring
    must be reported exactly where a line says `# error: CODE`, and what stands below *Use instead* must not be. `cases`
    is a folder, or a file in it (`__file__`): every section of a Markdown file in or below it that shows files is one
    more case, judged by all rules of the plugin.

    Raises PluginError for what is no plugin.
    """
    import pytest  # noqa: PLC0415  (only whoever tests has it)

    opened = _open(plugin)
    found = [case for rule in opened.rules for case in cases_of_rule(rule)]
    if cases is not None:
        folder = Path(cases) if Path(cases).is_dir() else Path(cases).parent
        found += cases_of_folder(folder, [rule.code for rule in opened.rules])

    @pytest.mark.parametrize("case", found, ids=lambda case: case.title)
    def test(case: Case, tmp_path: Path) -> None:
        __tracebackhide__ = True
        difference = judge(case, opened, tmp_path)
        if difference:
            pytest.fail(difference, pytrace=False)

    return test


def _open(plugin: ModuleType | str | Path | Sequence[type[Rule]]) -> Plugin:
    if isinstance(plugin, Path):
        return open_file(plugin, Origin(plugin.name, "Fix it."))
    if isinstance(plugin, str):
        plugin = importlib.import_module(plugin)
    if inspect.ismodule(plugin):
        return open_plugin(Origin(plugin.__name__, "Fix it."), plugin, "")
    return open_plugin(Origin("under test", "Fix it."), _ListOfRules(plugin), "")


class _ListOfRules:
    """Rules without a plugin around them."""

    def __init__(self, rules: Sequence[type[Rule]]) -> None:
        self._rules = list(rules)

    @hookimpl
    def layercheck_rules(self) -> list[type[Rule]]:
        """Give the rules."""
        return self._rules
