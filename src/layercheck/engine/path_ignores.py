"""What the configuration ignores for the files that match a pattern, and which of its entries hide nothing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.selection import is_named
from layercheck.files.linear_patterns import compile_patterns
from layercheck.rules.files.unneeded_exception import UnneededException
from layercheck.suppressions.weight import find_needed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pathspec import GitIgnoreSpec

    from layercheck.model.finding import Finding
    from layercheck.plugins.registry import Plugins
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


class PathIgnore(NamedTuple):
    """One rule, or prefix of rules, that is ignored for one pattern."""

    pattern: str
    selector: str


class PathIgnores:
    """The table `per-path-ignores` at work: it hides findings, and keeps account of which entry hides which."""

    def __init__(self, per_path_ignores: Mapping[str, Sequence[str]]) -> None:
        self._table = per_path_ignores
        self._covers: list[frozenset[PathIgnore]] = []

    @property
    def count(self) -> int:
        """How many findings were hidden so far."""
        return len(self._covers)

    def drop(self, findings: Iterable[Finding]) -> list[Finding]:
        """Leave out what is ignored for its path (.gitignore syntax)."""
        if not self._table:
            return list(findings)
        kept = []
        for finding in findings:
            cover = frozenset(self._find_cover(finding))
            if cover:
                self._covers.append(cover)
            else:
                kept.append(finding)
        return kept

    def find_idle(
        self, rules: Collection[type[Rule]], ran: Collection[str], paths: Collection[str]
    ) -> list[PathIgnore]:
        """Find the entries that can be removed, all at once, without a finding more; in the order of the table.

        `rules` are all there are, `ran` the codes of those that ran to their end: of others, nobody knows what they would
        find. A pattern that matches none of `paths` is left to those who report it.
        """
        entries = [PathIgnore(pattern, each) for pattern, selectors in self._table.items() for each in selectors]
        needed = find_needed(self._covers, reversed(entries))
        return [
            entry
            for entry in entries
            if entry not in needed
            and _did_run(entry.selector, rules, ran)
            and any(map(self._specs[entry.pattern].match_file, paths))
        ]

    def _find_cover(self, finding: Finding) -> Iterable[PathIgnore]:
        for pattern, selectors in self._table.items():
            named = [each for each in selectors if is_named(finding.code, finding.name, [each])]
            if named and self._specs[pattern].match_file(finding.location.path):
                yield from (PathIgnore(pattern, each) for each in named)

    @cached_property
    def _specs(self) -> Mapping[str, GitIgnoreSpec]:
        return {pattern: compile_patterns([pattern]) for pattern in self._table}


def report_idle_ignores(
    ignores: PathIgnores, project: Project, rules: Collection[Rule], plugins: Plugins
) -> Iterator[Finding]:
    """Report the entries that hide nothing, if the rule about them is one of `rules`, which ran to their end."""
    reporter = next((rule for rule in rules if isinstance(rule, UnneededException)), None)
    if reporter is None:
        return
    paths = [module.path for module in project.modules]
    for pattern, selector in ignores.find_idle(plugins.rules, {rule.code for rule in rules}, paths):
        yield reporter.report_entry(
            project,
            ("per-path-ignores", pattern),
            f"{pattern} {selector}",
            f"{selector} for `{pattern}` (per-path-ignores) hides no finding",
        )


def _did_run(selector: str, rules: Collection[type[Rule]], ran: Collection[str]) -> bool:
    """Tell whether all rules that are meant ran, apart from those that run only where somebody selects them."""
    meant = [rule for rule in rules if is_named(rule.code, rule.name, [selector])]
    return any(rule.code in ran for rule in meant) and all(rule.code in ran for rule in meant if rule.is_default)
