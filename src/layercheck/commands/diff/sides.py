"""Both sides of a comparison, examined: the head, the base under today's rules, the base under its own."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.diff.identity import RenameMap
from layercheck.commands.diff.project_location import find_root, load_own
from layercheck.commands.diff.revisions import find_base, find_commit, refuse_nothing
from layercheck.engine.check import examine
from layercheck.engine.options import SMALL_PROJECT, CheckOptions
from layercheck.engine.project_target import ProjectTarget
from layercheck.errors import ConfigurationError, HistoryError, NothingCheckedError
from layercheck.facts.blob_cache import BlobCache
from layercheck.facts.file_kind import file_kind
from layercheck.files.git.commit_source import CommitSource
from layercheck.files.git.commit_tree import CommitTree
from layercheck.files.git.runner import SHALLOW_ADVICE, Repository
from layercheck.files.work_tree import WorkTree
from layercheck.plurals import count
from layercheck.project.relative_paths import join

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from layercheck.commands.diff.change import Base
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.engine.check import Examination
    from layercheck.facts.file_facts import FileFacts
    from layercheck.files.git.runner import BlobReader
    from layercheck.model.finding import Finding


class Question(NamedTuple):
    """What is to be compared, and how."""

    target: ProjectTarget
    """The project as it lies on disk. Its parts only say which files to parse: all of it is compared."""
    base: str | None = None
    """A revision; None: where the head left the main branch."""
    head: str | None = None
    """A revision; None: the work tree."""
    cache_folder: Path | None = None
    exact: bool = False


class Comparison:
    """What there is to compare."""

    def __init__(self, base_commit: Base, head_commit: str | None, head: Examination, base: Examination) -> None:
        self.base_commit = base_commit
        self.head_commit = head_commit
        self.head = head
        self.base = base
        """The base under today's configuration (its own, where today's recognises nothing in it)."""
        self.own: tuple[Finding, ...] = base.report.findings
        """What the base's own configuration finds in it."""
        self.failures = {each.code: each for each in (*base.report.failures, *head.report.failures)}
        """The rules that raised on one of the sides, by code."""
        self.notes: list[str] = []
        self.read = 0
        """How many contents of commits were not known from the cache."""

    @cached_property
    def today(self) -> RenameMap:
        """What modules of the base are called in the head."""
        return RenameMap(self.base, self.head)

    @cached_property
    def changed(self) -> frozenset[str]:
        """The files that one side does not have, or has with another content; renamed ones under their new path."""
        before = {self.today.path_of(path): facts.digest for path, facts in self.base.store.facts.items()}
        after = {path: facts.digest for path, facts in self.head.store.facts.items()}
        return frozenset(
            path for path in {*before, *after} if not after.get(path) or before.get(path) != after.get(path)
        )


@contextmanager
def open_comparison(question: Question) -> Iterator[Comparison]:
    """Examine both sides; contents of commits can be read until the end of the `with` statement.

    Raises HistoryError where there is nothing to compare with, NothingCheckedError where the head is not recognised.
    """
    repository = Repository.around(question.target.root)
    base = find_base(repository, question.base, question.head)
    head_commit = None if question.head is None else find_commit(repository, question.head)
    cache = BlobCache(question.cache_folder)
    with repository.open_blobs() as reader:
        sides = _Examiner(question, repository, reader, cache).examine(base, head_commit)
        if missing := len(sides.head.project.not_checked_out):
            sides.notes.append(f"{count(missing, 'file')} not checked out (sparse checkout) left out on both sides")
        if question.head is None and base.commit == find_commit(repository, "HEAD"):
            sides.notes.append("the base is the current commit: only what is not committed yet is compared")
            if question.base is None and repository.is_shallow:
                sides.notes.append(SHALLOW_ADVICE)
            if question.base is None and not sides.changed:
                refuse_nothing(repository)
        yield sides
        cache.save()


class _Run(NamedTuple):
    """One check that can be repeated."""

    target: ProjectTarget
    options: CheckOptions

    def go(self, parse: Collection[str] = ()) -> Examination:
        return examine(self.target, self.options._replace(parse=frozenset({*self.options.parse, *parse})))


class _Examiner:
    def __init__(self, question: Question, repository: Repository, reader: BlobReader, cache: BlobCache) -> None:
        self._question = question
        self._repository = repository
        self._reader = reader
        self._cache = cache
        depth = repository.prefix.count("/") + 1 if repository.prefix else 0
        self._top = [question.target.root, *question.target.root.parents][depth]
        self._sources: list[CommitSource] = []
        self._left_out: frozenset[str] = frozenset()
        """What a sparse checkout lacks, from the top of the repository: it is left out of the other side as well."""

    def examine(self, base_commit: Base, head_commit: str | None) -> Comparison:
        name = f"{base_commit.name} ({base_commit.commit[:10]})"
        head_run = self._plan_work_tree() if head_commit is None else self._plan_head(head_commit)
        head = head_run.go()
        self._left_out = frozenset(join(self._repository.prefix, path) for path in head.project.not_checked_out)
        tree = self._open_tree(base_commit.commit)
        root = find_root(tree, self._repository.prefix, head.store.facts)
        if root is None:
            raise HistoryError(f"{name} holds no folder {self._repository.prefix}, nor one like it")
        base_run = self._plan_commit(tree, root, head_run.target.loaded, head)
        try:
            base = base_run.go()
        except NothingCheckedError as error:
            # Perhaps the base was configured for what it then was.
            sides = Comparison(base_commit, head_commit, head, self._examine_old(tree, root, head, f"{name}: {error}"))
        else:
            head, base = _equalise_parsing(head_run, head, base_run, base)
            sides = Comparison(base_commit, head_commit, head, base)
            self._judge_by_own(tree, root, head_run.target.loaded, sides)
        sides.read = sum(source.cache.missed for source in self._sources)
        return sides

    def _plan_work_tree(self) -> _Run:
        question = self._question
        source = WorkTree(question.target.root, question.cache_folder)
        target = question.target._replace(paths=())
        return _Run(target, CheckOptions(source=source, exact=question.exact, parse=question.target.paths))

    def _plan_head(self, commit: str) -> _Run:
        root, target = self._repository.prefix, self._question.target
        tree = self._open_tree(commit)
        if not tree.is_folder(root):
            raise HistoryError(f"{self._question.head} holds no folder {root}")
        own = load_own(tree, root, self._top, target.loaded)
        source = self._open_source(tree, root, {})
        files = source.discover(own.loaded.configuration.exclude).files
        options = CheckOptions(
            source=source,
            exact=self._question.exact,
            parse=target.paths,
            # A walk over a commit does not tell how large the files are.
            parse_whole=self._repository.size_of(map(source.find_blob, files)) <= SMALL_PROJECT,
        )
        return _Run(ProjectTarget(target.root, own.loaded, target.plugins), options)

    def _plan_commit(self, tree: CommitTree, root: str, loaded: LoadedConfiguration, head: Examination) -> _Run:
        source = self._open_source(tree, root, head.store.facts)
        options = CheckOptions(
            source=source,
            exact=self._question.exact,
            parse=self._question.target.paths,
            parse_whole=head.is_parsed_whole,
        )
        return _Run(ProjectTarget(self._top / root, loaded, self._question.target.plugins), options)

    def _examine_old(self, tree: CommitTree, root: str, head: Examination, reason: str) -> Examination:
        """Examine a base that today's configuration does not recognise under its own."""
        try:
            own = load_own(tree, root, self._top, self._question.target.loaded)
            if own.folder == root:
                return self._plan_commit(tree, root, own.loaded, head).go()
        except (ConfigurationError, NothingCheckedError):
            pass
        raise HistoryError(f"there is nothing to compare with in {reason}")

    def _judge_by_own(self, tree: CommitTree, root: str, todays: LoadedConfiguration, sides: Comparison) -> None:
        """Find out what the base's own configuration finds in it."""
        try:
            own = load_own(tree, root, self._top, todays)
            if own.folder == root and own.loaded.configuration == todays.configuration:
                return
            report = self._plan_commit(tree, own.folder, own.loaded, sides.head).go().report
        except (ConfigurationError, NothingCheckedError) as error:
            reason = str(error).partition("\n")[0]
            sides.notes.append(
                f"the base is judged by today's configuration alone, as its own cannot be used: {reason}"
            )
        else:
            sides.failures = {each.code: each for each in report.failures} | sides.failures
            sides.own = tuple(_seen_from(report.findings, root[len(own.folder) :].strip("/")))

    def _open_tree(self, commit: str) -> CommitTree:
        return CommitTree(self._repository.files_of(commit), self._reader.read)

    def _open_source(self, tree: CommitTree, root: str, hints: Mapping[str, FileFacts]) -> CommitSource:
        source = CommitSource(tree, root, self._reader, self._cache, hints, left_out=self._left_out)
        self._sources.append(source)
        return source


def _equalise_parsing(
    head_run: _Run, head: Examination, base_run: _Run, base: Examination
) -> tuple[Examination, Examination]:
    """Let both sides know the same of the same content.

    In large projects only some files are parsed: what does not parse must not seem new because it was not looked at.
    """
    if missed := _unread_on_this_side(base, head):
        base = base_run.go(missed)
    if missed := _unread_on_this_side(head, base):
        head = head_run.go(missed)
    return head, base


def _unread_on_this_side(side: Examination, other: Examination) -> list[str]:
    """List the files of one side that the other one knows to be unreadable by their content."""
    unreadable = {
        (facts.digest, file_kind(path))
        for path, facts in other.store.facts.items()
        if facts.unreadable is not None and facts.digest
    }
    return [
        path
        for path, facts in side.store.facts.items()
        if facts.unreadable is None and (facts.digest, file_kind(path)) in unreadable
    ]


def _seen_from(findings: Iterable[Finding], folder: str) -> Iterator[Finding]:
    """Take the findings in a folder, with their places as seen from there."""
    for finding in findings:
        path = finding.location.path
        if not folder:
            yield finding
        elif path.startswith(f"{folder}/"):
            location = msgspec.structs.replace(finding.location, path=path[len(folder) + 1 :])
            yield msgspec.structs.replace(finding, location=location)
