"""Which rules run, how grave they are and with which options; rules are named by code, by prefix or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.model.severity import Severity

Options = TypeVar("Options", bound=msgspec.Struct)


class RuleInfo(msgspec.Struct, frozen=True):
    """What the configuration has to know of a rule."""

    code: str
    """`LC102`"""
    name: str
    """`skipped-layer`"""
    set: str
    """The folder of a rule of ours, the package of another's."""
    options: type[msgspec.Struct]
    """`as_struct` of the rule's options: what may stand in `[tool.layercheck.rules.LC102]`."""
    contract: type[msgspec.Struct] | None = None
    """The record of the kind of contract that the rule judges; None for other rules."""


def is_known(selector: str, rules: Iterable[RuleInfo]) -> bool:
    """Whether a selector means at least one of the rules."""
    return any(_weight(selector, rule.code, rule.name) for rule in rules)


def is_selected(
    code: str,
    name: str,
    *,
    select: Sequence[str],
    ignore: Sequence[str],
    extend_select: Sequence[str] = (),
    is_default: bool = True,
) -> bool:
    """Whether a rule runs: the longest fitting selector decides, `ignore` where both are as long.

    An empty `select` means the default set, to which `is_default` says whether the rule belongs; `extend_select` adds
    to either. A code or a name in full is longer than any prefix.
    """
    by_default = 1 if is_default and not select else 0
    chosen = max((_weight(selector, code, name) for selector in (*select, *extend_select)), default=0)
    chosen = max(chosen, by_default)
    ignored = max((_weight(selector, code, name) for selector in ignore), default=0)
    return chosen > ignored


def severity_of(code: str, name: str, *, severity: Mapping[str, Severity], default: Severity) -> Severity:
    """Look up the severity that the configuration gives to a rule: the longest fitting selector decides.

    A code or a name in full is longer than any prefix; the default holds where nothing fits.
    """
    fitting = [selector for selector in severity if _weight(selector, code, name)]
    # Of a code and a name, the code.
    best = max(fitting, key=lambda selector: (_weight(selector, code, name), selector == code), default=None)
    return default if best is None else severity[best]


def is_named(code: str, name: str, selectors: Iterable[str]) -> bool:
    """Return whether one of the selectors means the rule."""
    return any(_weight(selector, code, name) for selector in selectors)


def options_of(code: str, name: str, options: type[Options], *, rules: Mapping[str, Mapping[str, Any]]) -> Options:
    """Look up the options that the configuration gives to a rule, by code or name, typed.

    Raises msgspec.ValidationError for options that were not checked when the configuration was loaded.
    """
    return msgspec.convert(rules[code] if code in rules else rules.get(name, {}), options)


def _weight(selector: str, code: str, name: str) -> int:
    """Find how exactly a selector means the rule; 0: not at all."""
    if selector in {code, name}:
        return len(code) + 1
    return len(selector) if code.startswith(selector) else 0
