"""The module rules at work: which of them look at which files, in one parse, and what that means for the project."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.module_rule import Located, ModuleRule
from layercheck.sources.facts import digest_of
from layercheck.syntax.source_module import SourceModule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.model.finding import Finding
    from layercheck.model.imports import FileImports
    from layercheck.model.module import Module
    from layercheck.model.violation import Violation
    from layercheck.project.project import Project
    from layercheck.rule import Rule
    from layercheck.sources.parsing import Parsed
    from layercheck.sources.scan import Scan
    from layercheck.sources.store import SourceStore


def examine_modules(rules: Iterable[Rule], project: Project, store: SourceStore) -> list[Violation]:
    """Let all module rules look at the modules of a project."""
    examiner = ModuleExaminer(rules)
    modules = [module for module in project.modules if examiner.looks_at(module, store.facts[module.path].scan)]
    store.examine(modules, examiner)
    found: dict[str, list[Located]] = defaultdict(list)
    for module in modules:
        examination = store.facts[module.path].examination
        for code, finding in examination.findings if examination is not None else ():
            found[code].append(Located(module, finding))
    return [
        violation
        for rule in examiner.rules
        if rule.code in found
        for violation in rule.report(rule.conclude(project, found[rule.code]))
    ]


class ModuleExaminer:
    """Shows each file to the rules that look at it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = [rule for rule in rules if isinstance(rule, ModuleRule)]
        self.identity = _identify(self.rules)
        """Tells apart examiners with other rules or options."""
        libraries = sorted({library for rule in self.rules for library in rule.libraries})
        self._libraries = re.compile(rf"^(?:{'|'.join(map(re.escape, libraries))})(?![^.:])", re.MULTILINE)

    def looks_at(self, module: Module, scan: Scan) -> bool:
        """Tell whether at least one rule looks at a module, by what is known without reading it."""
        rules = [rule for rule in self.rules if rule.looks_at(module)]
        return any(not rule.libraries for rule in rules) or any(
            not rule.libraries.isdisjoint(self._imported(scan)) for rule in rules
        )

    def choose_rules(self, module: Module, scan: Scan, data: bytes) -> Sequence[ModuleRule]:
        """Choose the rules that may find something in a file."""
        imported = self._imported(scan)
        return [
            rule
            for rule in self.rules
            if (not rule.libraries or not rule.libraries.isdisjoint(imported))
            and (not rule.needles or any(needle in data for needle in rule.needles))
            and rule.looks_at(module)
        ]

    def look(
        self, rules: Sequence[ModuleRule], module: Module, parsed: Parsed, imports: FileImports
    ) -> tuple[tuple[str, Finding], ...]:
        """Let rules look at a parsed file; what they find comes in the order of the text."""
        seen = SourceModule(module, parsed.tree, parsed.source, imports)
        return tuple(
            (rule.code, finding)
            for rule in rules
            for finding in sorted(rule.check(seen), key=lambda finding: finding.span)
        )

    def _imported(self, scan: Scan) -> set[str]:
        return set(self._libraries.findall("\n".join(scan.imports)))


def _identify(rules: Iterable[ModuleRule]) -> bytes:
    return digest_of(ascii([(rule.code, rule.__class__.__module__, rule.options) for rule in rules]).encode())
