"""`layercheck check --watch`: check again after every change."""

from __future__ import annotations

import gc
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.cli.messages import say
from layercheck.config.document import FILE_NAMES
from layercheck.errors import LayercheckError, UsageError
from layercheck.files.disk_folders import discover, read_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.engine.workspace import Workspace
    from layercheck.facts.signature import Signature
    from layercheck.files.discovery import Discovery

_QUIET_MS = 30
"""So long nothing more must happen before a change counts as complete: editors write in several steps."""
_PATIENCE_MS = 500
"""So long a change that does not come to an end is waited for; also how soon Ctrl-C and early changes are noticed."""
_BUSY_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders without a project's own modules in which much happens; so do those that start with a dot."""


class _State(NamedTuple):
    """What a verdict depends on; as long as it is the same there is nothing to say."""

    discovery: Discovery
    configurations: tuple[Signature | None, ...]


def watch(
    find: Callable[[], ProjectTarget],
    open_workspace: Callable[[ProjectTarget], Workspace],
    report: Callable[[ProjectTarget, Workspace], int],
) -> int:
    """Report, and again whenever something changes that the verdict depends on, until Ctrl-C; return the exit code.

    `find` looks for the project anew each time, as its configuration may change as well; what is known of its files is
    kept in one workspace. Raises UsageError where files cannot be watched, and whatever `find` raises at first.
    """
    _require_watchfiles()
    # The program switches it off for the one run that most are; this one goes on for hours.
    gc.enable()
    try:
        while True:
            _watch_root(find, open_workspace, report)
    except KeyboardInterrupt:
        # The way to end it, so nothing went wrong.
        return 0


def _watch_root(
    find: Callable[[], ProjectTarget],
    open_workspace: Callable[[ProjectTarget], Workspace],
    report: Callable[[ProjectTarget, Workspace], int],
) -> None:
    """Watch one project until another one is found in its place."""
    target = find()
    root, workspace, is_first = target.root, open_workspace(target), True
    seen = _look(target)
    _report(report, target, workspace)
    for changed in _changes(target):
        # The first time without a change: there may have been one before anybody watched.
        if not changed and not is_first:
            continue
        is_first = False
        now = _look(target)
        if now == seen:
            continue
        seen = now
        try:
            target = find()
        except LayercheckError as error:
            say(f"layercheck: {error}")
            _say_watching(root)
            continue
        if target.root != root:
            return
        _report(report, target, workspace)


def _report(report: Callable[[ProjectTarget, Workspace], int], target: ProjectTarget, workspace: Workspace) -> None:
    try:
        report(target, workspace)
    except LayercheckError as error:
        # It may be fixed with the next save.
        say(f"layercheck: {error}")
    _say_watching(target.root)


def _say_watching(root: Path) -> None:
    say(f"layercheck: watching {root} (Ctrl-C to stop)")


def _look(target: ProjectTarget) -> _State:
    paths = [*(target.root / name for name in FILE_NAMES), *([target.loaded.path] if target.loaded.path else [])]
    return _State(
        discover(target.root, exclude=target.loaded.configuration.exclude), tuple(_signature(path) for path in paths)
    )


def _signature(path: Path) -> Signature | None:
    try:
        return read_signature(path)
    except OSError:
        return None


def _require_watchfiles() -> None:
    if importlib.util.find_spec("watchfiles") is None:
        raise UsageError("--watch needs an extra package: pip install 'layercheck[watch]'")


def _changes(target: ProjectTarget) -> Iterator[bool]:
    """Yield, for each round, whether something relevant has changed."""
    from watchfiles import watch as watch_files  # noqa: PLC0415  (an extra, and seldom needed)

    paths = [target.root]
    if target.loaded.path is not None and not target.loaded.path.is_relative_to(target.root):
        paths.append(target.loaded.path)
    # Some systems report the real path of what is watched through a link.
    bases = (target.root, target.root.resolve())

    def may_matter(_change: object, name: str) -> bool:
        path = Path(name)
        inside = next((path.relative_to(base) for base in bases if path.is_relative_to(base)), Path())
        return not any(folder.startswith(".") or folder in _BUSY_FOLDERS for folder in inside.parts[:-1])

    try:
        for changes in watch_files(
            *paths,
            watch_filter=may_matter,
            step=_QUIET_MS,
            debounce=_PATIENCE_MS,
            rust_timeout=_PATIENCE_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            yield bool(changes)
    except OSError as error:
        raise UsageError(
            f"{target.root} cannot be watched: {error}; set WATCHFILES_FORCE_POLLING=1 to poll its files instead"
        ) from error
