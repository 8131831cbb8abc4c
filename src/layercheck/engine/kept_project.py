"""One project as it was last checked, and what an edit changes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from collections.abc import Iterable, Mapping

    from layercheck.engine.check import Examination
    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.fact_store import SourceStore
    from layercheck.facts.file_facts import FileFacts, Unreadable
    from layercheck.facts.signature import Signature
    from layercheck.model.report import Report
    from layercheck.project.project import Project


class KeptProject:
    """A project, all that was found in it, and what each rule wanted to know for that."""

    def __init__(self, files: OpenFiles, store: SourceStore) -> None:
        """Put the project together. Raises BaselineError."""
        self.files = files
        self.store = store
        self._size = sum(signature.size for signature in files.discovery.files.values())
        self._baseline = read_baseline(files)
        journal = Journal()
        self._reassembly = Reassembly(build_parts(files, store, asked_makers(journal)), store, journal)
        self._runner = RememberingRunner(files.target.plugins, files.target.root, journal)
        self._rules = choose_rules(files, self._runner)
        self._outcome: Report | NothingCheckedError | None = None
        """The last report, or why there is none."""
        self._is_settled = False
        """Whether what is found depends on nothing but the files and on what is asked of them."""
        self._unreadable: Mapping[str, Unreadable] | None = None
        """What could not be read when the project was lent; None: nobody but the rules has asked it anything since."""

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._reassembly.project

    def lend(self) -> Project:
        """Give the project to somebody who asks it more than the rules do."""
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

    def update(self, paths: Iterable[str], target: ProjectTarget) -> Report | None:
        """Report again after some files have got other contents; None where the project must be put together anew.

        `target` may be about another part of the project. Raises NothingCheckedError like `report`.
        """
        # What is wrong with a file that only others have read is not reported.
        if self._unreadable is not None and self._unreadable != self.project.unreadable:
            return None
        self._unreadable = None
        if not self._is_settled or self._outcome is None or not self._turn_to(target):
            return None
        earlier = self._read(paths)
        if earlier is None:
            return None
        if earlier and not self._replace(earlier):
            return None
        if isinstance(self._outcome, NothingCheckedError):
            raise self._outcome
        return for_paths(self._outcome, self.files)

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

    def _replace(self, earlier: Mapping[str, FileFacts]) -> bool:
        """Take in what is known of changed files, and find again what hangs on it; False where that is not enough."""
        self.files = self.files._replace(timings={})
        with timed(self.files.timings, "assemble"):
            changes = self._reassembly.replace(earlier)
        if changes is None:
            return False
        was_nothing, self._outcome = isinstance(self._outcome, NothingCheckedError), None
        self._runner.forget(changes)
        are_modules_kept = ("part", "modules") not in changes
        self._forget(earlier, are_modules_kept=are_modules_kept)
        if was_nothing or not are_modules_kept:
            try:
                require_verdict(self.files, self.project, self._rules)
            except NothingCheckedError as error:
                self._outcome = error
                return True
        examined = self._judge()
        if examined.found.failures or any(self.store.facts[path].unreadable is not None for path in earlier):
            return False
        self._outcome = examined.report
        return True

    def _forget(self, earlier: Mapping[str, FileFacts], *, are_modules_kept: bool) -> None:
        if are_modules_kept:
            modules = self.project.module_at
            changed = (modules[path] for path in earlier if path in modules)
            self._rules.examiner.forget(changed, self.store)
        else:
            self._rules.examiner.forget_all()

    def _judge(self) -> Examination:
        self._runner.project = self._reassembly.project
        return judge(self.files, self.store, self.project, self._rules, self._baseline)

    def _depends_on_files_alone(self, examined: Examination) -> bool:
        """Tell whether the parts of a check may be taken from the last one where their files are the same.

        What another's rule does besides asking the project, nobody knows. In a project that is not parsed whole, it
        depends on the order of the questions whether a syntax error is seen.
        """
        has_errors = any(facts.unreadable is not None and facts.unreadable.depth for facts in self.store.facts.values())
        return not (
            self.files.options.exact
            or examined.found.failures
            or (has_errors and not examined.found.is_parsed_whole)
            or any(not is_ours(type(rule)) for rule in examined.found.rules)
        )
