"""Which commits are compared: what the user named, or where the work left the main branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.diff.change import Base
from layercheck.errors import HistoryError
from layercheck.files.git.runner import SHALLOW_ADVICE

if TYPE_CHECKING:
    from layercheck.files.git.runner import Repository

_HEAD = "HEAD"


def find_base(repository: Repository, revision: str | None, head: str | None) -> Base:
    """Find the commit to compare with; `head` is the revision that is judged, None for the work tree.

    `main` is that very commit, `main...` is where the head left it, nothing is where the head left the main branch.
    Raises HistoryError, which says what to do.
    """
    start = find_commit(repository, head or _HEAD)
    if revision is None:
        main = repository.main_branch()
        if main is None:
            raise HistoryError(
                "there is no main branch to compare with (looked for origin/HEAD, origin/main, origin/master, main, "
                f"master); name a base: layercheck diff REVISION{_advice(repository)}"
            )
        return _where_they_parted(repository, main.name, main.commit, start)
    if revision.endswith("..."):
        name = revision.removesuffix("...")
        return _where_they_parted(repository, name, find_commit(repository, name), start)
    if ".." in revision:
        raise HistoryError(
            f"{revision} names more than one commit; give the base alone (layercheck diff main), "
            "or where the work left it (layercheck diff main...)"
        )
    return Base(find_commit(repository, revision), revision)


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
