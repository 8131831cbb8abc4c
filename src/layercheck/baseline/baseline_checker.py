"""Taking stock of one checked project: its findings held against its baseline, with all that the project knows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from layercheck.baseline.entry_location import place_in_package
from layercheck.baseline.module_renames import Changes, RenamedModules, Texts, dotted_names, trace_renames
from layercheck.baseline.moves import pair_moves
from layercheck.baseline.outcome import MatchPolicy, match_baseline
from layercheck.baseline.rename_history import History
from layercheck.baseline.staleness import StalenessJudge
from layercheck.model.target_paths import is_in_paths
from layercheck.project.layers import ModulePatterns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from layercheck.baseline.baseline_file import Baseline
    from layercheck.baseline.entry import Entry
    from layercheck.baseline.matching import Matching
    from layercheck.baseline.outcome import BaselineOutcome
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.finding import Finding
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule

_SHALLOW = "the clone is shallow, so renames cannot be seen: fetch the whole history, or prune where it is"


class BaselineChecker:
    """The baseline of one project, on one day."""

    def __init__(
        self,
        project: Project,
        store: SourceStore,
        baseline: Baseline,
        *,
        rules: Sequence[Rule],
        paths: Collection[str] = (),
    ) -> None:
        """`rules` are those that ran; `paths` the files and folders that are to be reported on."""
        self._project = project
        self._store = store
        self._baseline = baseline
        self._rules = rules
        self._paths = frozenset(paths)
        self._history = History(store.root)
        self._strict = ModulePatterns({name: [name] for name in project.loaded.configuration.strict})
        self.asked_history = False
        """Whether the outcome hangs on what git said, not on the files alone."""

    @cached_property
    def is_scoped(self) -> bool:
        """Whether there are several applications, so that entries must name theirs."""
        return len(self._scopes) > 1

    @cached_property
    def _scopes(self) -> frozenset[str]:
        return frozenset(module.application for module in self._project.modules if module.application is not None)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {module.path: module.name for module in self._project.modules}

    def _may_judge(self, entry: Entry) -> bool:
        return self._judge.may_judge(entry)

    @cached_property
    def _judge(self) -> StalenessJudge:
        return StalenessJudge(
            self._project,
            self._store,
            self._paths,
            active=self.active,
            across_files={rule.code for rule in self._rules if rule.follows_chains},
        )

    def match_baseline(self, findings: Sequence[Finding], today: dt.date, *, is_ci: bool) -> BaselineOutcome:
        """Hold all findings of the project, whatever part they stand in, against the baseline."""
        policy = MatchPolicy(
            today=today,
            is_ci=is_ci,
            severities={rule.code: rule.severity for rule in self._rules},
            scoped=self.is_scoped,
            may_judge=self._may_judge,
            is_wanted=lambda each: is_in_paths(each, self._paths, self._project.configuration_path),
            strict_package_of=self.strict_package_of,
            pair_moves=self._pair_moves,
            hint=lambda: _SHALLOW if self._history.is_shallow else "",
        )
        return match_baseline(self._baseline.known, findings, policy)

    @property
    def not_checked_out(self) -> Sequence[str]:
        """The files that a sparse checkout lacks: nobody knows whether what is accepted in them is still there."""
        return self._project.not_checked_out

    @cached_property
    def active(self) -> frozenset[str]:
        """The codes of the rules that ran."""
        return frozenset(rule.code for rule in self._rules)

    def place_in_package(self, finding: Finding) -> str:
        """Find the file of the baseline beside the code that a finding is about."""
        return place_in_package(finding, self._names)

    def strict_package_of(self, finding: Finding) -> str | None:
        """Find the package without accepted findings that a finding lies in."""
        name = finding.importer or self._names.get(finding.location.path) or finding.subject
        return self._strict.label_of(name)

    def _pair_moves(self, matching: Matching) -> Matching:
        """Ask git what was renamed since each file of the baseline was last changed."""
        self.asked_history = True
        for commit in sorted({self._history.find_acceptance(path) for path in {k.path for k in matching.unmatched}}):
            changes = self._history.changes_since(commit) if commit else Changes({})
            renamed = trace_renames(changes, self._texts(commit), *self._worth_reading(matching, changes))
            modules = RenamedModules(renamed, self._names, self._store.root.name)
            matching = pair_moves(matching, modules, self._scopes)
        return matching

    def _texts(self, commit: str) -> Texts:
        return Texts(lambda path: self._history.read(commit, path), self._read_now)

    def _read_now(self, path: str) -> bytes:
        try:
            return self._store.read(path)
        except OSError:
            return b""

    def _worth_reading(self, matching: Matching, changes: Changes) -> tuple[set[str], set[str]]:
        """Choose the files of then and now that entries and findings without a partner are about."""
        if not changes.vanished and not changes.appeared:
            return set(), set()
        old_ends = {end for each in matching.unmatched for end in _ends(each.entry.subject, each.entry.object)}
        new_ends = {end for each in matching.new for end in _ends(each.subject, each.object)}
        top = self._store.root.name
        old = {
            path for path in changes.vanished if path in old_ends or not old_ends.isdisjoint(dotted_names(path, top))
        }
        new = {path for path in changes.appeared if path in new_ends or self._names.get(path) in new_ends}
        return old, new & self._store.facts.keys()


class BaselineResult(NamedTuple):
    """What is found, held against what is accepted: all that is needed to accept more, or less."""

    baseline: Baseline
    checker: BaselineChecker
    outcome: BaselineOutcome


def _ends(subject: str, object_: str) -> set[str]:
    return {end for part in (subject, object_) for end in (part, part.partition(":")[0], *part.split(" "))}
