"""Rules by what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.rule_guess import guess_rules
from layercheck.engine.project_target import find_document
from layercheck.errors import UsageError
from layercheck.plugins.built_in import builtin_rules
from layercheck.plugins.load import load_plugins
from layercheck.rule.rule_names import list_rule_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layercheck.rule.rule import Rule


def find_rule_at_need(word: str, configuration: Path | None, *, with_plugins: bool) -> type[Rule]:
    """Find a rule like `find_rule`, and run the plugins of the configuration only for one that is not ours.

    Raises ConfigurationError and PluginError as well.
    """
    document = find_document(configuration)
    try:
        return find_rule(word, builtin_rules())
    except UsageError:
        return find_rule(word, load_plugins(document, with_foreign=with_plugins).rules)


def find_rule(word: str, rules: Sequence[type[Rule]]) -> type[Rule]:
    """Find a rule by its code, in any case, or its name. Raises UsageError with a guess."""
    wanted = word.strip().lower()
    for rule in rules:
        if wanted in (rule.code.lower(), rule.name.lower()):
            return rule
    hint = guess_rules(word, list_rule_names(rules), may_be_prefix=False) or "; `layercheck rule` lists them all"
    raise UsageError(f"there is no rule {word!r}{hint}")
