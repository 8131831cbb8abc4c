"""Rules by what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.rule.rule import Rule


def find_rule(word: str, rules: Sequence[type[Rule]]) -> type[Rule]:
    """Find a rule by its code, in any case, or its name. Raises UsageError with a guess."""
    wanted = word.strip().lower()
    for rule in rules:
        if wanted in (rule.code.lower(), rule.name.lower()):
            return rule
    import difflib  # noqa: PLC0415  (only for mistakes)

    words = {each.lower(): each for rule in rules for each in (rule.code, rule.name)}
    guess = difflib.get_close_matches(wanted, words, n=1)
    hint = f"did you mean {words[guess[0]]}?" if guess else "`layercheck rule` lists them all"
    raise UsageError(f"there is no rule {word!r}; {hint}")
