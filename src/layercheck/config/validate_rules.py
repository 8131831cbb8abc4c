"""Mistakes in what is said of rules: codes and names that no rule has, options that a rule does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.config.problems import shape_problems, subtable, texts
from layercheck.config.rule_guess import RuleName, guess_rules
from layercheck.config.selection import is_known
from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck.config.keys import KeyPath
    from layercheck.config.problems import KeyProblem
    from layercheck.config.selection import RuleInfo


_OUR_CODE = compile_later(r"LC[0-9]*")


_NAMING = frozenset({"select", "extend-select", "ignore", "severity", "rules", "per-path-ignores"})
"""The keys that name rules."""


def names_rules(table: Mapping[str, Any]) -> bool:
    """Return whether a table names rules, so that the existing rules must be known."""
    return not _NAMING.isdisjoint(table)


def validate_rules(
    table: Mapping[str, Any], rules: Sequence[RuleInfo], *, are_all: bool = True
) -> Iterator[KeyProblem]:
    """Hold everything that names a rule against the rules there are.

    Where these are not all, as plugins were left out, a word that could name a rule of theirs is no mistake.
    """
    for path, message in _of_words(table, rules):
        if are_all or _OUR_CODE.fullmatch(_word_at(table, path)):
            yield path, message
    by_name = {word: rule for rule in rules for word in (rule.code, rule.name)}
    for word, options in subtable(table, "rules").items():
        if word in by_name and isinstance(options, dict):
            yield from shape_problems(options, by_name[word].options, ("rules", word))


def _of_words(table: Mapping[str, Any], rules: Sequence[RuleInfo]) -> Iterator[KeyProblem]:
    for key in ("select", "extend-select", "ignore"):
        yield from _of_selectors(table.get(key), (key,), rules)
    for pattern, selectors in subtable(table, "per-path-ignores").items():
        yield from _of_selectors(selectors, ("per-path-ignores", pattern), rules)
    for key in ("severity", "rules"):
        yield from _of_rule_keys(subtable(table, key), key, rules, may_be_prefix=key == "severity")


def _word_at(table: Any, path: KeyPath) -> str:
    """Look up the word that a complaint is about: an item of an array, or the key of a table."""
    last = path[-1]
    for part in path:
        table = table[part]
    return str(table if isinstance(last, int) else last)


def _of_selectors(selectors: Any, path: KeyPath, rules: Sequence[RuleInfo]) -> Iterator[KeyProblem]:
    for index, selector in texts(selectors):
        if not is_known(selector, rules):
            yield (*path, index), _expected(selector, rules, may_be_prefix=True)


def _of_rule_keys(
    table: Mapping[str, Any], key: str, rules: Sequence[RuleInfo], *, may_be_prefix: bool
) -> Iterator[KeyProblem]:
    codes = {word: rule.code for rule in rules for word in (rule.code, rule.name)}
    seen: dict[str, str] = {}
    for word in table:
        if word not in codes:
            if word.strip() and not (may_be_prefix and is_known(word, rules)):
                yield (key, word), _expected(word, rules, may_be_prefix=may_be_prefix)
        elif codes[word] in seen:
            yield (key, word), f"{word!r} and {seen[codes[word]]!r} are the same rule: keep one of them"
        else:
            seen[codes[word]] = word


def _expected(word: str, rules: Sequence[RuleInfo], *, may_be_prefix: bool) -> str:
    expected = "the code, the beginning of a code or the name" if may_be_prefix else "the code or the name"
    names = [RuleName(rule.code, rule.name, rule.set) for rule in rules]
    return f"expected {expected} of a rule, found {word!r}{guess_rules(word, names, may_be_prefix=may_be_prefix)}"
