from __future__ import annotations

from layercheck import hookimpl
from layercheck.plugins.built_in import builtin_plugins, builtin_rules
from layercheck.plugins.plugin_checks import open_plugin


class _Given:
    def __init__(self, rules: object) -> None:
        self._rules = rules

    @hookimpl
    def layercheck_rules(self) -> object:
        return self._rules


def test_our_own_rule_sets_would_do_as_plugins() -> None:
    for plugin in builtin_plugins():
        assert plugin.rules
        assert open_plugin(plugin.origin, _Given(list(plugin.rules)), plugin.version) == plugin


def test_no_two_rules_have_a_code_or_a_name_in_common() -> None:
    rules = [rule for plugin in builtin_plugins() for rule in plugin.rules]

    assert (
        len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules) == len(builtin_rules())
    )
