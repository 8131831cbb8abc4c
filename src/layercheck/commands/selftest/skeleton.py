"""A few modules of a project, which stand for all of it: one of each layer and role, read from disk and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.engine.check import examine
from layercheck.engine.options import CheckOptions
from layercheck.errors import LayercheckError
from layercheck.facts.fact_cache import Cache
from layercheck.files.discovery import BASELINE_NAME
from layercheck.files.ignore_rules import IgnoreRules
from layercheck.files.overlay_source import OverlaySource
from layercheck.project.relative_paths import folders_above, join

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from layercheck.commands.selftest.trial import Injected
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.engine.build import OpenedProject
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.file_facts import FileFacts
    from layercheck.facts.signature import Signature
    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FactCache
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module


CAUSES = {
    "per_path_ignores": "`per-path-ignores` leaves out what it reports",
    "rules": "its options (`rules`) let this pass",
    "packages": "`packages` leaves out what it is about",
}
"""Keys of the configuration that may silence a rule, and how that is said."""
_UNREADABLE = "LC001"
"""The code of the rule about files that cannot be read, which are parsed only where somebody asks."""
_ABOUT_OTHERS = ("LC00", "LC131", "LC132", "LC133")
"""How the codes of the rules begin that judge suppressions, entries of the baseline, settings and contracts."""


class Skeleton:
    """Checks what is injected into the modules that stand for a project."""

    def __init__(self, target: ProjectTarget, opened: OpenedProject, named: Collection[str]) -> None:
        """`named` are paths of further modules that are wanted."""
        self.target = target
        self.project = opened.project
        sizes = {path: signature.size for path, signature in opened.discovery.files.items()}
        self.modules = _choose(opened.project.modules, sizes)
        """One module of each application, layer and role; the surest first."""
        self._opened = opened
        self._facts = dict(opened.store.facts)
        files = opened.discovery.files
        wanted = {*named, *(module.path for module in self.modules)}
        faces = {join(folder, "__init__.py") for path in wanted for folder in folders_above(path)}
        self._paths = sorted(path for path in wanted | faces if path in files)

    def read(self, path: str) -> bytes:
        """Read one of the files of the project. Raises OSError."""
        return self._opened.store.read(path)

    def check(
        self, codes: Sequence[str], injected: Injected, loaded: LoadedConfiguration | None = None
    ) -> list[Finding]:
        """Let some rules judge what is injected, under the configuration of the project unless another one is given.

        Raises LayercheckError where that cannot be checked.
        """
        loaded = loaded or self.target.loaded
        # A comment for a rule that does not run is left alone, so what judges comments needs all rules.
        if not any(code.startswith(_ABOUT_OTHERS) for code in codes):
            chosen = msgspec.structs.replace(loaded.configuration, select=tuple(codes), extend_select=(), ignore=())
            loaded = msgspec.structs.replace(loaded, configuration=chosen)
        source = OverlaySource(
            self.target.root,
            _FewFiles(self._opened, () if injected.is_alone else self._paths, injected, self._facts),
            injected.texts,
        )
        # Only the rule about files that cannot be read has to see them all parsed.
        parse = frozenset(injected.texts) if _UNREADABLE in codes else frozenset()
        options = CheckOptions(source=source, parse_whole=False, parse=parse)
        examined = examine(
            self.target._replace(loaded=loaded, paths=()),
            options,
            with_baseline=injected.project_files is not None and BASELINE_NAME in injected.project_files,
        )
        # What one trial learns of the files of the project, the next one knows.
        learned = examined.store.facts.items()
        self._facts.update((path, facts) for path, facts in learned if path not in injected.texts)
        report = examined.report
        for failure in report.failures:
            raise LayercheckError(str(failure))
        return [finding for finding in report.findings if finding.code in codes]

    def find_cause(self, codes: Sequence[str], injected: Injected, *, fires: Callable[[list[Finding]], bool]) -> str:
        """Find the key of the configuration that keeps rules from reporting what is injected; empty for none."""
        configuration = self.target.loaded.configuration
        for key, cause in CAUSES.items():
            if getattr(configuration, key):
                changed = msgspec.structs.replace(configuration, **{key: type(getattr(configuration, key))()})
                loaded = msgspec.structs.replace(self.target.loaded, configuration=changed)
                if fires(self.check(codes, injected, loaded)):
                    return cause
        return ""


def _choose(modules: Sequence[Module], sizes: Mapping[str, int]) -> list[Module]:
    """Choose one module of each kind: not a package where there is another one, certain, and small."""

    def rank(module: Module) -> tuple[bool, bool, int, str]:
        return module.is_package, module.certainty != "certain", sizes.get(module.path, 0), module.path

    chosen: dict[tuple[str | None, str | None, str | None, str | None], Module] = {}
    for module in sorted(modules, key=rank):
        if module.path.endswith(".py"):
            chosen.setdefault((module.application, module.layer, module.role, module.within), module)
    return list(chosen.values())


class _KnownFacts(Cache):
    """What is known of the files already, as a cache; nothing is kept."""

    def __init__(self, facts: Mapping[str, FileFacts]) -> None:
        super().__init__(None)
        self._given = facts

    def known(self, files: dict[str, Signature]) -> tuple[dict[str, FileFacts], frozenset[str]]:
        """Return the facts of the files."""
        known = {path: self._given[path] for path in files if path in self._given}
        return known, frozenset(known)


class _FewFiles:
    """A source that holds a part of the files of a project."""

    def __init__(
        self, opened: OpenedProject, paths: Sequence[str], injected: Injected, facts: Mapping[str, FileFacts]
    ) -> None:
        self._opened = opened
        self._paths = paths
        self._injected = injected
        self.cache: FactCache = _KnownFacts(facts)

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Find the chosen files, and the project files that are given."""
        found = self._opened.discovery
        given = self._injected.project_files
        return found._replace(
            files={path: found.files[path] for path in self._paths},
            unreadable={},
            baselines=() if given is None else tuple(path for path in given if path == BASELINE_NAME),
            project_files=found.project_files if given is None else tuple(sorted(given)),
            # Git is asked in a repository only.
            place=found.place or ("" if self._injected.is_tracked else None),
            idle_excludes=self._find_idle(exclude),
        )

    def _find_idle(self, exclude: Sequence[str]) -> tuple[int, ...]:
        """Find the patterns that leave out nothing of what is here; the files of the project need not be asked."""
        rules = IgnoreRules.below((), exclude)
        for path in self._injected.texts:
            folders = reversed(folders_above(path)[:-1])
            if not any(rules.excludes(f"{folder}/") for folder in folders):
                rules.excludes(path)
        return rules.list_idle_excludes()

    def read(self, path: str) -> bytes:
        """Read a file that is given, else one of the project. Raises OSError."""
        given = self._injected.project_files or {}
        return given[path] if path in given else self._opened.store.read(path)

    def index_fingerprint(self, paths: Collection[str]) -> str:
        """Nothing is kept, so nothing is compared."""
        return ascii(sorted(paths))

    def tracked(self, paths: Collection[str]) -> frozenset[str]:
        """Take all for tracked where that is asked for."""
        return frozenset(paths) if self._injected.is_tracked else frozenset()
