"""Which entries may be called stale: those about files that were really read, in the part that was asked for."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.model.target_paths import is_within
from layercheck.project.relative_paths import join

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from layercheck.baseline.entry import Entry
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.module import Module
    from layercheck.project.project import Project

UNREADABLE_FILE = "LC001"
_FACE = "__init__"


class StalenessJudge:
    """Knows what one check has read."""

    def __init__(
        self,
        project: Project,
        store: SourceStore,
        paths: Collection[str],
        *,
        active: Collection[str],
        across_files: Collection[str],
    ) -> None:
        """`active` are the codes of the rules that ran, `across_files` those whose findings hang on several files."""
        self._project = project
        self._store = store
        self._paths = frozenset(paths)
        self._active = active
        self._across_files = across_files
        self._verdicts: dict[tuple[str, str, str | None, bool], bool] = {}
        self._by_name: dict[str, list[Module]] = defaultdict(list)
        for module in project.modules:
            self._by_name[module.name].append(module)
        self._module_paths = {module.path for module in project.modules}
        found = (_prefix_of(module) for module in project.modules)
        self._prefixes = sorted({prefix for prefix in found if prefix is not None})

    def may_judge(self, entry: Entry) -> bool:
        """Return whether the absence of a finding means that there is nothing to find."""
        key = (entry.code, entry.subject, entry.application, entry.cut is None)
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self._verdicts[key] = self._judge(entry)
        return verdict

    def _judge(self, entry: Entry) -> bool:
        if entry.code not in self._active or self._project.not_checked_out:
            return False
        if entry.code in self._across_files and self._project.unreadable:
            return False
        subjects = sorted(entry.members) if entry.cut is not None else [entry.subject.partition(":")[0]]
        paths = [path for subject in subjects for path in self._paths_of(subject, entry.application)]
        if not all(self._was_read(path, entry.code) for path in paths):
            return False
        return not self._paths or any(is_within(path, self._paths) for path in paths)

    def _paths_of(self, subject: str, application: str | None) -> list[str]:
        """Find the files of a subject, which is a module or a path; where it may have been, if it is gone."""
        modules = [
            module
            for module in self._by_name.get(subject, ())
            if application is None or application == (module.application or "")
        ]
        if modules:
            return [module.path for module in modules]
        if subject in self._store.facts or subject in self._project.unreadable:
            return [subject]
        return [subject, *self._former_paths(subject)] if subject else []

    def _former_paths(self, name: str) -> Iterator[str]:
        for prefix in self._prefixes:
            stem = join(prefix, name.replace(".", "/"))
            yield from (f"{stem}.py", f"{stem}.pyi", f"{stem}/{_FACE}.py", f"{stem}/{_FACE}.pyi")

    def _was_read(self, path: str, code: str) -> bool:
        """Return whether all that can be known of a file is known; of one that does not exist, that is nothing."""
        if path in self._project.files.paths:
            return True
        if path not in self._module_paths:
            # It may be there and left out: excluded, or not in a package that is to be read.
            return path not in self._project.unreadable and not os.path.isfile(self._store.root / path)  # noqa: PTH113  (Path.is_file raises)
        facts = self._store.facts[path]
        # Whether a file has a syntax error is known only of those that were parsed.
        return facts.unreadable is None and (code != UNREADABLE_FILE or facts.imports is not None)


def _prefix_of(module: Module) -> str | None:
    """Find the folder from which a module is imported; None where the root is a package itself."""
    stem = module.path.rpartition(".")[0].removesuffix(f"/{_FACE}")
    inside = module.name.replace(".", "/")
    if stem == inside:
        return ""
    return stem.removesuffix(f"/{inside}") if stem.endswith(f"/{inside}") else None
