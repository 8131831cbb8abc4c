"""What module rules find in one file, for each module that the file may turn out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from layercheck.engine.finding_checks import require_module_results
from layercheck.engine.module_examiner import ModuleExaminer
from layercheck.facts.file_facts import digest_of
from layercheck.facts.part import PartRule, Reading, Readings
from layercheck.python.text.encoding import decode_source
from layercheck.python.tree.parser import parse
from layercheck.rule.module_rule import ModuleRule
from layercheck.rule.source_module import SourceModule
from layercheck.trusted_code.raised import CAUGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.engine.rule_runner import RuleRunner
    from layercheck.facts.file_facts import FileFacts
    from layercheck.model.module import Module
    from layercheck.plugins.registry import Plugins
    from layercheck.python.tree.parser import Parsed
    from layercheck.rule.rule import Rule

_ASKED = frozenset({"role", "named", "layer"})
"""What the project says of a module besides its name, and a rule may ask about."""


class PartExaminer:
    """Runs built-in module rules on files whose modules in the project are not known yet.

    What rules of plugins ask about a module cannot be noted, so they look at files when the parts are merged.
    """

    def __init__(self, rules: Iterable[Rule], runner: RuleRunner) -> None:
        self._rules = choose_own_rules(rules, runner.plugins)
        self._examiner = ModuleExaminer(self._rules, runner)
        self.rules = describe_rules(self._rules, runner.plugins)
        """The rules, as a part has them."""

    def read(self, data: bytes, facts: FileFacts, modules: Sequence[Module]) -> Readings | None:
        """Read one file, which may be any of `modules`; None where that must be left to the merge."""
        interested = self._examiner.choose_by_text(facts.scan, data)
        possible = {
            at: [module for module in modules if self._rules[at].applies_to(module)]
            for at, rule in enumerate(self._rules)
            if rule in interested
        }
        names = tuple(dict.fromkeys(module.name for module in modules))
        if not any(possible.values()):
            return Readings(tuple(possible), names)
        try:
            return parse(decode_source(data), lambda parsed: self._look(parsed, possible, names))
        except RecursionError:
            raise
        except CAUGHT:
            return None  # a file that cannot be read, or a rule that fails in it

    def _look(self, parsed: Parsed, possible: Mapping[int, Sequence[Module]], names: Sequence[str]) -> Readings | None:
        if parsed.nested_too_deeply:
            return None  # how deep that is depends on the Python
        readings: list[Reading] = []
        for place, name in enumerate(names):
            seen: SourceModule | None = None
            for at, modules in possible.items():
                known: list[Reading] = []
                for module in modules:
                    if module.name != name or any(is_true_of(reading, module) for reading in known):
                        continue
                    asked = _AskedModule(module)
                    seen = seen or SourceModule(cast("Module", asked), parsed.tree, parsed.source)
                    seen.module = cast("Module", asked)
                    found = require_module_results(self._rules[at].check(seen), seen.text, is_builtin=True)
                    answers = tuple(sorted(asked.answers.items()))
                    known.append(Reading(at, place, answers, tuple(found.findings), tuple(found.facts)))
                readings += known
        return Readings(tuple(possible), tuple(names), tuple(readings))


class _AskedModule:
    """A module that notes what it is asked, apart from what its name and its path say."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self.name, self.path, self.is_package = module.name, module.path, module.is_package
        self.answers: dict[str, str | None] = {}

    def __getattr__(self, attribute: str) -> str | None:
        if attribute not in _ASKED:
            raise AttributeError(attribute)
        answer: str | None = getattr(self._module, attribute)
        return self.answers.setdefault(attribute, answer)


def is_true_of(reading: Reading, module: Module) -> bool:
    """Tell whether what a rule asked of a module for a reading has the same answers for this one, names aside."""
    return all(attribute in _ASKED and getattr(module, attribute) == answer for attribute, answer in reading.asked)


def choose_own_rules(rules: Iterable[Rule], plugins: Plugins) -> list[ModuleRule]:
    """Choose our own module rules."""
    return [rule for rule in rules if isinstance(rule, ModuleRule) and plugins.plugin_of(rule).origin.is_builtin]


def describe_rules(rules: Iterable[ModuleRule], plugins: Plugins) -> tuple[PartRule, ...]:
    """Describe rules as a part has them, with a digest of all that decides on what each finds besides its code."""
    return tuple(PartRule(rule.code, digest_of(plugins.fingerprint([rule]).encode())) for rule in rules)
