"""What modules and files of the base are called today."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.commands.diff.file_renames import folder_moves, likeness, pair_renamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.engine.check import Examination
    from layercheck.facts.fact_store import SourceStore

_REWRITTEN = 0.5
"""A file that shares less with what it was may have given its content away."""


class RenameMap:
    """Leads from the names and paths of the base to those of the head."""

    def __init__(self, base: Examination, head: Examination) -> None:
        self.renamed = _find_renamed(base.store, head.store)
        """Old path → new path."""
        new_names = {module.path: module.name for module in head.project.modules}
        self._names: dict[str, list[str]] = defaultdict(list)
        moved: dict[str, str] = {}
        for module in base.project.modules:
            today = new_names.get(self.renamed.get(module.path, module.path), module.name)
            # Several applications of one repository may each have an `app.api`.
            self._names[module.name].append(today)
            if today != module.name:
                moved[module.name] = today
        # Renamed folders count where nothing is left of them: where some of it stayed, so did the name.
        present = _prefixes(new_names.values(), ".") | _prefixes(new_names, "/")
        self._folders = {old: new for old, new in folder_moves(self.renamed).items() if old not in present}
        packages = {old: new for old, new in folder_moves(moved, ".").items() if old not in present}
        for names in (packages, self._folders, self.renamed):
            for old, new in names.items():
                self._names[old].append(new)

    def path_of(self, path: str) -> str:
        """Return today's path of a file or folder of the base; its own where it was not renamed."""
        return self.renamed.get(path) or self._folders.get(path, path)

    def current_names(self, end: str) -> list[str]:
        """List what one end of a finding (a module or a path, or several) may be called today, its own name first."""
        words = end.split(" ")
        if len(words) > 1:
            return [end, " ".join(sorted(self.current_names(word)[-1] for word in words))]
        # What follows a colon is a place inside the module.
        module, colon, inside = end.partition(":")
        return [end, *(name + colon + inside for name in self._names.get(module, ()) if name != module)]


def _find_renamed(base: SourceStore, head: SourceStore) -> dict[str, str]:
    new = [path for path in head.facts if path not in base.facts]
    if not new:
        return {}
    contents = {path: data for path in new if (data := _read(head, path)) is not None}
    gone, rewritten = {}, set()
    for path, facts in base.facts.items():
        now = head.facts.get(path)
        if now is None:
            gone[path] = _read(base, path) or b""
        elif now.digest and now.digest != facts.digest:
            before, after = _read(base, path) or b"", _read(head, path)
            if after is None or likeness(before, after) < _REWRITTEN:
                gone[path] = before
                rewritten.add(path)
    return pair_renamed(gone, contents, rewritten)


def _read(store: SourceStore, path: str) -> bytes | None:
    try:
        return store.read(path)
    except OSError:
        return None


def _prefixes(names: Iterable[str], separator: str) -> set[str]:
    """Collect the names and all that they begin with: `a.b.c`, `a.b`, `a`."""
    found: set[str] = set()
    for name in names:
        whole = name
        while whole and whole not in found:
            found.add(whole)
            whole = whole.rpartition(separator)[0]
    return found
