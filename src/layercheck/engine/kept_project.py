"""One project as it was last checked, and what an edit changes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.apply_baseline import read_baseline
from layercheck.engine.build import build_parts
from layercheck.engine.check import judge
from layercheck.engine.open_files import named_files
from layercheck.engine.options import SMALL_PROJECT
from layercheck.engine.preconditions import require_paths
from layercheck.engine.report import for_paths
from layercheck.engine.report_cache import save_examination
from layercheck.engine.rule_runner import RememberingRunner
from layercheck.engine.run_rules import choose_rules, require_verdict
from layercheck.engine.timings import timed
from layercheck.errors import NothingCheckedError
from layercheck.facts.file_facts import digest_of, scan_file
from layercheck.model.imports import Depth
from layercheck.project.asked_project import asked_makers
from layercheck.project.journal import Journal
from layercheck.project.reassembly import Reassembly
from layercheck.rule.rule_names import is_ours

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from layercheck.engine.check import Examination
    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.fact_store import SourceStore
    from layercheck.facts.file_facts import FileFacts
    from layercheck.facts.signature import Signature
    from layercheck.files.discovery import Discovery
    from layercheck.model.report import Report
    from layercheck.model.unreadable import Unreadable
    from layercheck.project.journal import Question
    from layercheck.project.project import Project


class _Moves(NamedTuple):
    """The files that came and went; a renamed one did both."""

    gone: frozenset[str]
    new: frozenset[str]

    @classmethod
    def between(cls, before: Discovery, after: Discovery) -> _Moves:
        """Compare two listings."""
        then, now = before.files.keys(), after.files.keys()
        return cls(*((frozenset(then - now), frozenset(now - then)) if then != now else (frozenset(), frozenset())))

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.gone | self.new


class KeptProject:
    """A project, all that was found in it, and what each rule wanted to know for that."""

    def __init__(self, files: OpenFiles, store: SourceStore) -> None:
        """Put the project together. Raises BaselineError."""
        self.files = files
        self.store = store
        self._size = sum(signature.size for signature in files.discovery.files.values())
        self._baseline = read_baseline(files)
        self._journal = journal = Journal()
        self._reassembly = Reassembly(build_parts(files, store, asked_makers(journal)), store, journal)
        self._runner = RememberingRunner(files.target.plugins, files.target.root, journal)
        self._rules = choose_rules(files, self._runner)
        self._outcome: Report | NothingCheckedError | None = None
        """The last report, or why there is none."""
        self._is_settled = False
        """Whether what is found depends on nothing but the files and on what is asked of them."""
        self._unreadable: Mapping[str, Unreadable] | None = None
        """What could not be read when the project was lent; None: only rules have asked it anything since."""

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._reassembly.project

    def lend(self) -> Project:
        """Give the project to a caller that asks more of it than the rules do."""
        if self._unreadable is None:
            self._unreadable = self.project.unreadable
        return self.project

    def report(self) -> Report:
        """Report on the project as it was put together. Raises NothingCheckedError."""
        self._outcome = None
        try:
            require_verdict(self.files, self.project, self._rules)
        except NothingCheckedError as error:
            self._outcome = error
            self._is_settled = not self.files.options.exact
            raise
        examined = self._judge()
        self._is_settled = self._depends_on_files_alone(examined)
        self._outcome = examined.report
        save_examination(self.files, examined)
        return for_paths(examined.report, self.files)

    def update(self, paths: Iterable[str], target: ProjectTarget, listing: Discovery) -> Report | None:
        """Report again after some files have got other contents; None where the project must be put together anew.

        `listing` are the files that there are now. `target` may be about another part of the project. Raises
        NothingCheckedError like `report`.
        """
        # What is wrong with a file that only others have read is not reported.
        if self._unreadable is not None and self._unreadable != self.project.unreadable:
            return None
        self._unreadable = None
        if not self._is_settled or self._outcome is None:
            return None
        moves = _Moves.between(self.files.discovery, listing)
        earlier = self._read(path for path in paths if path not in moves.all)
        if earlier is None:
            return None
        if not earlier and not moves.all:
            return self._answer(self._outcome) if self._turn_to(target) else None
        was_nothing, self._outcome = isinstance(self._outcome, NothingCheckedError), None
        self.files = self.files._replace(timings={})
        changes = self._reassemble(earlier, moves, listing)
        if changes is None or not self._turn_to(target):
            return None
        looks_again = was_nothing or ("part", "modules") in changes
        self._outcome = self._judge_again(earlier.keys() | moves.new, looks_for_layers=looks_again)
        # The other files of a project without layers have not been read for their syntax errors.
        if self._outcome is None or (was_nothing and not isinstance(self._outcome, NothingCheckedError)):
            self._outcome = None
            return None
        return self._answer(self._outcome)

    def _answer(self, outcome: Report | NothingCheckedError) -> Report:
        if isinstance(outcome, NothingCheckedError):
            raise outcome
        return for_paths(outcome, self.files)

    def _turn_to(self, target: ProjectTarget) -> bool:
        """Take over the part of the project that is asked about; False where that changes what is found."""
        files = self.files
        if target.paths == files.target.paths:
            return True
        # What is stale in a baseline is told by the part that is asked about.
        if files.accepted:
            return False
        if target.paths and not files.options.allow_none:
            require_paths(target, files.discovery)
        named = named_files(target, files.discovery)
        self.store.parse(named, Depth.STATEMENTS)
        self.files = files._replace(target=target, named=named)
        return all(self.store.facts[path].unreadable is None for path in named)

    def _read(self, paths: Iterable[str]) -> dict[str, FileFacts] | None:
        """Read changed files; return what was known of those that hold something else; None where that is not enough."""
        fresh: dict[str, FileFacts] = {}
        now: dict[str, Signature] = {}
        sizes, growth = self.files.discovery.files, 0
        for path in paths:
            try:
                data = self.store.read(path)
            except OSError:
                return None
            now[path] = sizes[path]._replace(size=len(data))
            growth += len(data) - sizes[path].size
            then = self.store.facts[path]
            if digest_of(data) != then.digest:
                fresh[path] = scan_file(data)
                if fresh[path].unreadable is not None or then.unreadable is not None:
                    return None
        # A small project is parsed whole.
        if (self._size + growth <= SMALL_PROJECT) != (self._size <= SMALL_PROJECT):
            return None
        self._size += growth
        sizes.update(now)
        earlier = {path: self.store.facts[path] for path in fresh}
        self.store.facts.update(fresh)
        return earlier

    def _reassemble(self, earlier: Mapping[str, FileFacts], moves: _Moves, listing: Discovery) -> set[Question] | None:
        """Take in what is known of changed files; return what has another answer now, None where that is not known."""
        before = self.project.module_at
        with timed(self.files.timings, "assemble"):
            changes = self._reassembly.replace(earlier) if earlier else set()
        if changes is None or not self._move(moves, listing):
            return None
        if moves.all:
            again = build_parts(self.files, self.store, asked_makers(self._journal), self._reassembly.known)
            further = self._reassembly.restructure(again)
            if further is None:
                return None
            changes |= further
        self._runner.forget(changes)
        modules = self.project.module_at
        others = earlier.keys() & modules.keys()
        if ("part", "modules") in changes:
            others |= {path for path, module in modules.items() if before.get(path) != module}
        self._rules.examiner.drop(moves.gone)
        self._rules.examiner.forget((modules[path] for path in others), self.store)
        return changes

    def _move(self, moves: _Moves, listing: Discovery) -> bool:
        """Read new files and forget those that are gone; False where that is not enough."""
        if not moves.all:
            return True
        files, facts, was_small = self.files.discovery.files, self.store.facts, self._size <= SMALL_PROJECT
        fresh: dict[str, FileFacts] = {}
        for path in moves.new:
            try:
                fresh[path] = scan_file(self.store.read(path))
            except OSError:
                return False
        if any(each.unreadable is not None for each in (*fresh.values(), *(facts[path] for path in moves.gone))):
            return False
        sizes = {path: files.get(path, signature) for path, signature in listing.files.items()}
        self._size = sum(signature.size for signature in sizes.values())
        # In the order of everything that follows.
        self.store.facts = {path: facts.get(path) or fresh[path] for path in listing.files}
        self.files = self.files._replace(discovery=listing._replace(files=sizes))
        return was_small == (self._size <= SMALL_PROJECT)

    def _judge_again(self, changed: Collection[str], *, looks_for_layers: bool) -> Report | NothingCheckedError | None:
        """Let the rules look again at what has changed; None where that is not enough."""
        if looks_for_layers:
            try:
                require_verdict(self.files, self.project, self._rules)
            except NothingCheckedError as error:
                return error
        examined = self._judge()
        if examined.found.failures or any(self.store.facts[path].unreadable is not None for path in changed):
            return None
        return examined.report

    def _judge(self) -> Examination:
        self._runner.project = self._reassembly.project
        return judge(self.files, self.store, self.project, self._rules, self._baseline)

    def _depends_on_files_alone(self, examined: Examination) -> bool:
        """Tell whether the parts of a check may be taken from the last one where their files are the same.

        A rule of a plugin may depend on more than the project. In a project that is not parsed whole, it
        depends on the order of the questions whether a syntax error is seen.
        """
        errors = (facts.unreadable or facts.earlier_error for facts in self.store.facts.values())
        has_errors = any(error is not None and error.depth for error in errors)
        return not (
            self.files.options.exact
            or examined.found.failures
            or (has_errors and not examined.found.is_parsed_whole)
            or any(not is_ours(type(rule)) for rule in examined.found.rules)
        )
