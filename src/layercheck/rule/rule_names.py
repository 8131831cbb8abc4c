"""What rules are called: code, name and set."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.config.rule_guess import RuleName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.rule.rule import Rule

OUR_PREFIX = "LC"
"""How the codes of our own rules begin."""
_OURS = "layercheck.rules."


def list_rule_names(rules: Iterable[type[Rule]]) -> list[RuleName]:
    """List what each of some rules is called."""
    return [RuleName(rule.code, rule.name, name_set(rule)) for rule in rules]


def is_ours(rule: type[Rule]) -> bool:
    """Return whether a rule is one of layercheck's own."""
    return rule.__module__.startswith(_OURS)


def may_be_foreign(word: str) -> bool:
    """Whether a word may be the code or the name of a rule of a foreign plugin."""
    return not re.fullmatch(rf"{OUR_PREFIX}[0-9]*", word)


def name_set(rule: type[Rule]) -> str:
    """Name the folder of a rule of ours, the package of another's; the file of one that is run under a made-up name."""
    module = rule.__module__
    file = Path(getattr(sys.modules.get(module), "__file__", None) or f"{module.rpartition('.')[2]}.py")
    is_made_up = "." not in module and file.stem not in {module, "__init__"}
    return file.stem if is_made_up else module.removeprefix(_OURS).partition(".")[0]
