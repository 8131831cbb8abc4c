"""Rules by what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.rule_guess import guess_rules
from layercheck.errors import UsageError
from layercheck.plugins import builtin_rules
from layercheck.rule.rule_names import list_rule_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layercheck.rule.rule import Rule


def find_rule_at_need(word: str, load: Callable[[], Sequence[type[Rule]]]) -> type[Rule]:
    """Find a rule like `find_rule`; `load` gives those of plugins as well, and is not asked for one of our own."""
    try:
        return find_rule(word, builtin_rules())
    except UsageError:
        return find_rule(word, load())


def find_rule(word: str, rules: Sequence[type[Rule]]) -> type[Rule]:
    """Find a rule by its code, in any case, or its name. Raises UsageError with a guess."""
    wanted = word.strip().lower()
    for rule in rules:
        if wanted in (rule.code.lower(), rule.name.lower()):
            return rule
    hint = guess_rules(word, list_rule_names(rules), may_be_prefix=False) or "; `layercheck rule` lists them all"
    raise UsageError(f"there is no rule {word!r}{hint}")
