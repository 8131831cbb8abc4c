"""Which commits are compared: what the user named, or where the work left the main branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.diff.change import Base
from layercheck.errors import HistoryError
from layercheck.files.git.runner import SHALLOW_ADVICE

if TYPE_CHECKING:
    from layercheck.files.git.runner import Repository

_HEAD = "HEAD"


DIFF_USAGE = "layercheck diff REVISION"
"""How to name a base."""


def find_base(repository: Repository, revision: str | None, head: str | None, usage: str = DIFF_USAGE) -> Base:
    """Find the commit to compare with; `head` is the revision that is judged, None for the work tree.

    `usage` is how the user names another base.

    `main` is that very commit, `main...` is where the head left it, nothing is where the head left the main branch.
    Raises HistoryError, which says what to do.
    """
    start = find_commit(repository, head or _HEAD)
    if revision is None:
        main = repository.main_branch()
        if main is None:
            raise HistoryError(
                "there is no main branch to compare with (looked for origin/HEAD, origin/main, origin/master, main, "
                f"master); name a base: {usage}{_advice(repository)}"
            )
        return _where_they_parted(repository, main.name, main.commit, start)
    if revision.endswith("..."):
        name = revision.removesuffix("...")
        return _where_they_parted(repository, name, find_commit(repository, name), start)
    if ".." in revision:
        raise HistoryError(
            f"{revision} names more than one commit; give the base alone ({usage.replace('REVISION', 'main')}), "
            f"or where the work left it ({usage.replace('REVISION', 'main...')})"
        )
    return Base(find_commit(repository, revision), revision)


def refuse_nothing(repository: Repository, usage: str = DIFF_USAGE) -> None:
    """Refuse to compare the current commit with itself in a clone that knows no other branch. Raises HistoryError."""
    # A clone of a single branch is on that branch, which then is its own main branch.
    if repository.count_branches() <= 1 and repository.has_remote:
        raise HistoryError(
            "there is nothing to compare: the base is the current commit, nothing is uncommitted, and this clone"
            f" has no other branch; name a base: {usage}{_advice(repository)}"
        )


def find_commit(repository: Repository, revision: str) -> str:
    """Find the commit of a revision. Raises HistoryError where there is none."""
    commit = repository.commit_of(revision)
    if commit is None:
        reason = "there is no commit yet" if revision == _HEAD else f"git knows no revision {revision!r} here"
        raise HistoryError(reason + _advice(repository))
    return commit


def _where_they_parted(repository: Repository, name: str, commit: str, start: str) -> Base:
    found = repository.merge_base(commit, start)
    if found is None:
        raise HistoryError(f"{name} and the head have no commit in common{_advice(repository)}")
    return Base(found, f"merge base with {name}")


def _advice(repository: Repository) -> str:
    return f"\n{SHALLOW_ADVICE}" if repository.is_shallow else ""
