"""The module rules at work: which of them look at which files, in one parse, and what that means for the project."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from layercheck.engine.finding_checks import require_module_results
from layercheck.engine.rule_runner import Outcome
from layercheck.facts.examiner import Looked
from layercheck.facts.file_facts import digest_of
from layercheck.model.failure import Failure
from layercheck.plugins.rule_classes import find_problem_of_libraries, find_problem_of_needles
from layercheck.python.tree.deep_stack import is_stack_deep
from layercheck.rule.module_rule import Found, Located, LocatedFact, ModuleRule
from layercheck.rule.source_module import SourceModule
from layercheck.trusted_code.raised import CAUGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.engine.rule_runner import RuleRunner
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.examination import Fact, ModuleFinding
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.python.imports.scan import Scan
    from layercheck.python.tree.parser import Parsed
    from layercheck.rule.rule import Rule


def examine_modules(examiner: ModuleExaminer, project: Project, store: SourceStore, runner: RuleRunner) -> Outcome:
    """Let all module rules look at the modules of a project."""
    modules = examiner.select(project.modules, store)
    store.examine(modules, examiner)
    found: dict[str, Found] = defaultdict(Found)
    # A rule that fails in one file is likely to fail in many; one report is enough.
    failures = dict(examiner.failures)
    for module in modules:
        examination = store.facts[module.path].examination
        if examination is not None:
            for code, finding in examination.findings:
                found[code].append(Located(module, finding))
            for code, fact in examination.facts:
                found[code].facts.append(LocatedFact(module, fact))
            for failure in examination.failures:
                failures.setdefault(failure.code, failure)
    outcome = Outcome([], [])
    for rule in examiner.rules:
        given = found[rule.code]
        concluded = failures.get(rule.code) or runner.run(rule, partial(_conclude, rule, project, given), given)
        if isinstance(concluded, Failure):
            outcome.failures.append(concluded)
        else:
            outcome.findings.extend(concluded)
    return outcome


def _conclude(rule: ModuleRule, project: Project, found: Found) -> Iterable[Finding]:
    project.kinds.forget_helpers()
    return rule.report(rule.conclude(project, found)) if found or found.facts else ()


class ModuleExaminer:
    """Shows each file to the rules that look at it."""

    def __init__(self, rules: Iterable[Rule], runner: RuleRunner, *, with_imports: bool = False) -> None:
        """`with_imports`: the imports of all files are wanted besides, and can be had from the same parse."""
        self._with_imports = with_imports
        self.rules = [rule for rule in rules if isinstance(rule, ModuleRule)]
        self.identity = digest_of(runner.plugins.fingerprint(self.rules).encode())
        """Identifies the rules and their options."""
        self._runner = runner
        self.failures: dict[str, Failure] = {}
        """By code; a rule that failed in one file is not asked again, as nothing it finds would be reported."""
        self._lookers: dict[str, list[ModuleRule]] = {}
        self._selected: tuple[Sequence[Module], Sequence[Module]] | None = None
        """All modules, and those of them at which a rule looks."""
        self._needles: dict[str, tuple[bytes, ...]] = {}
        self._libraries = _Libraries({library for rule in self.rules for library in self._read_filters(rule)})

    def _read_filters(self, rule: ModuleRule) -> frozenset[str]:
        """Read what a rule says of the files that it looks at, which may take code of its own; return its libraries."""
        try:
            needles, libraries = rule.needles, rule.libraries
            if problem := find_problem_of_needles(needles) or find_problem_of_libraries(libraries):
                raise TypeError(f"the rule has {problem}")
        except CAUGHT as error:
            self.failures[rule.code] = self._runner.blame(rule, error)
            return frozenset()
        self._needles[rule.code] = needles
        return libraries

    def select(self, modules: Sequence[Module], store: SourceStore) -> Sequence[Module]:
        """Select the modules at which at least one rule looks; chosen once for as long as nothing is forgotten."""
        if self._selected is None or self._selected[0] is not modules:
            chosen = [module for module in modules if self.applies_to(module, store.facts[module.path].scan)]
            self._selected = modules, chosen
        return self._selected[1]

    def forget(self, modules: Iterable[Module], store: SourceStore) -> None:
        """Decide again which rules look at modules that have changed, or whose files have."""
        for module in modules:
            before = self._lookers.pop(module.path, [])
            if self.applies_to(module, store.facts[module.path].scan) != bool(before):
                self._selected = None

    def drop(self, paths: Iterable[str]) -> None:
        """Forget modules that are gone."""
        for path in paths:
            self._lookers.pop(path, None)

    def applies_to(self, module: Module, scan: Scan) -> bool:
        """Tell whether at least one rule looks at a module, by what is known without reading it."""
        return bool(self.find_lookers(module, scan))

    def choose_rules(self, module: Module, scan: Scan, data: bytes) -> Sequence[ModuleRule]:
        """Choose the rules that may find something in a file."""
        held: dict[bytes, bool] = {}
        return [rule for rule in self.find_lookers(module, scan) if self._may_find(rule, data, held)]

    def choose_by_text(self, scan: Scan, data: bytes) -> list[ModuleRule]:
        """Choose the rules that may find something in a file, whatever module it is."""
        imported = set(map(self._libraries.__getitem__, scan.imports))
        held: dict[bytes, bool] = {}
        return [
            rule
            for rule in self.rules
            if (not rule.libraries or not rule.libraries.isdisjoint(imported)) and self._may_find(rule, data, held)
        ]

    def _may_find(self, rule: ModuleRule, data: bytes, held: dict[bytes, bool]) -> bool:
        if not _holds_any(data, self._needles[rule.code], held):
            return False
        if type(rule).may_find is ModuleRule.may_find:
            return True
        try:
            return bool(rule.may_find(data))
        except CAUGHT as error:
            # Who looks at the file tells of the failure.
            self.failures[rule.code] = self._runner.blame(rule, error)
            return True

    def find_lookers(self, module: Module, scan: Scan) -> list[ModuleRule]:
        """Find the rules that look at a module, by what is known without reading it."""
        known = self._lookers.get(module.path)
        if known is None:
            imported = set(map(self._libraries.__getitem__, scan.imports)) if self.rules else set()
            known = self._lookers[module.path] = [
                rule for rule in self.rules if self._is_interested(rule, module, imported)
            ]
        return known

    def _is_interested(self, rule: ModuleRule, module: Module, imported: set[str | None]) -> bool:
        has_choice = type(rule).libraries_for is not ModuleRule.libraries_for
        # Most rules ask for libraries that most files do not import, and to ask the rule itself takes longer.
        if rule.libraries and not has_choice and rule.libraries.isdisjoint(imported):
            return False
        try:
            if rule.code in self.failures or not rule.applies_to(module):
                return False
            wanted = rule.libraries_for(module)
        except CAUGHT as error:
            self.failures[rule.code] = self._runner.blame(rule, error)
            return False
        return not wanted or not wanted.isdisjoint(imported)

    def look(self, rules: Sequence[ModuleRule], module: Module, parsed: Parsed) -> Looked:
        """Let rules look at a parsed file; what they find comes in the order of the text."""
        seen = SourceModule(module, parsed.tree, parsed.source)
        findings: list[tuple[str, ModuleFinding]] = []
        facts: list[tuple[str, Fact]] = []
        is_builtin = {rule.code: self._runner.plugins.plugin_of(rule).origin.is_builtin for rule in rules}
        # All rules of a file see one tree, and a foreign one may change it: ours look first, and what is kept of the
        # file is read before.
        if not all(is_builtin.values()):
            _ = seen.imports
        for rule in sorted(rules, key=lambda each: not is_builtin[each.code]):
            if rule.code in self.failures:
                continue
            try:
                with self._runner.plugins.plugin_of(rule).in_use():
                    found = require_module_results(rule.check(seen), seen.text, is_builtin=is_builtin[rule.code])
            except CAUGHT as error:
                if isinstance(error, RecursionError) and not is_stack_deep():
                    raise  # the nesting of the file may be to blame, and a deeper stack help
                self.failures[rule.code] = self._runner.blame(rule, error)
            else:
                findings += ((rule.code, each) for each in found.findings)
                facts += ((rule.code, each) for each in found.facts)
        failures = tuple(self.failures[rule.code] for rule in rules if rule.code in self.failures)
        imports = seen.imports if self._with_imports else seen.imports_so_far
        return Looked(tuple(findings), failures, imports, tuple(facts))


class _Libraries(dict[str, str | None]):
    """The library that each import text names, of those that rules ask for; each text is read once."""

    def __init__(self, libraries: Iterable[str]) -> None:
        self._wanted = frozenset(libraries)

    def __missing__(self, text: str) -> str | None:
        library = text.partition(":")[0].partition(".")[0]
        found = self[text] = library if library in self._wanted else None
        return found


def _holds_any(data: bytes, needles: Sequence[bytes], held: dict[bytes, bool]) -> bool:
    """Say whether a file contains one of some texts; each is looked for once, however many rules want it."""
    for needle in needles:
        if needle not in held:
            held[needle] = needle in data
        if held[needle]:
            return True
    return not needles
