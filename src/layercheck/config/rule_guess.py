"""Guesses what an unknown rule means: another spelling, a set, the beginning of a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.suggestion import closest, did_you_mean
from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 3
_CODE = compile_later(r"[A-Za-z]+[0-9]+")


class RuleName(NamedTuple):
    """What a rule is called."""

    code: str
    name: str
    set: str
    """The folder of a rule of ours, the package of another's."""


def guess_rules(word: str, known: Sequence[RuleName], *, may_be_prefix: bool) -> str:
    """End a message with a guess at what a word for rules meant: `"; did you mean 'LC1'?"`; empty where there is none.

    `may_be_prefix` says whether the beginning of a code would have done in its place. The guess is never the word.
    """
    begun = [rule.code for rule in known if rule.code.startswith(word.strip().upper())]
    if word.strip() and begun:
        code = word.strip().upper()
        if (may_be_prefix or code in begun) and code != word:
            return f"; did you mean {code!r}?"
        return f"; it is the beginning of {_list(begun)}: name one"
    spelt = word.strip().lower().replace("_", "-").replace(" ", "-")
    if any(spelt == rule.name for rule in known):
        return f"; did you mean {spelt!r}?"
    if codes := [rule.code for rule in known if rule.set == spelt]:
        prefix = _common_beginning(codes)
        # Only where it means the set, and nothing else.
        if may_be_prefix and [rule.code for rule in known if rule.code.startswith(prefix)] == codes:
            return f"; did you mean {prefix!r}, the rules of {spelt!r}?"
        return f"; {spelt!r} is the set of {_list(codes)}: name one"
    if _CODE.fullmatch(word):
        return _guess_code(word.upper(), known, may_be_prefix=may_be_prefix)
    near = closest(word, [each for rule in known for each in (rule.name, rule.set)])
    return guess_rules(near, known, may_be_prefix=may_be_prefix) if near else ""


def _guess_code(word: str, known: Sequence[RuleName], *, may_be_prefix: bool) -> str:
    codes = [rule.code for rule in known]
    # Where a prefix will do, a short word is more likely the beginning of a code than a code that lacks something.
    guess = did_you_mean(word, [code for code in codes if len(code) == len(word) or not may_be_prefix])
    start = word.rstrip("0123456789")
    for end in range(len(word) - 1, len(start), -1) if may_be_prefix and not guess else ():
        if any(code.startswith(word[:end]) for code in codes):
            return f"; did you mean {word[:end]!r}?"
    return guess


def _common_beginning(codes: Sequence[str]) -> str:
    first, last = min(codes), max(codes)
    same = (at for at, (left, right) in enumerate(zip(first, last, strict=False)) if left != right)
    return first[: next(same, len(first))]


def _list(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_MOST]) + (f" and {len(codes) - _MOST} more" if len(codes) > _MOST else "")
