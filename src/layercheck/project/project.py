"""What a rule may see: modules, layers, possible imports at no cost, exact imports at the cost of a parse."""

from __future__ import annotations

import copy
from collections import defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from layercheck.model.stood_down import StoodDown
from layercheck.project.by_importer import ByImporter
from layercheck.project.prescribed import needs_no_role
from layercheck.project.project_imports import ProjectImports
from layercheck.project.relative_paths import folders_above, is_above
from layercheck.project.test_mapping import TestMapping

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.model.module import Certainty, Module
    from layercheck.project.class_contracts import ClassVerdict
    from layercheck.project.contract_graph import ContractGraph
    from layercheck.project.exact_imports import ExactImports
    from layercheck.project.folders import Folder
    from layercheck.project.foreign_contracts import ForeignContracts
    from layercheck.project.kinds import Kinds
    from layercheck.project.layers import Layers
    from layercheck.project.layout import Layout
    from layercheck.project.project_files import ProjectFiles
    from layercheck.project.suspect import Suspect
    from layercheck.python.imports.scan import Scan

T = TypeVar("T")


def _find_crossings(_: Project, suspects: Sequence[Suspect]) -> list[Suspect]:
    importer = suspects[0].importer
    layer, application = importer.layer, importer.application
    # `is_crossing` of each takes several times as long.
    return [each for each in suspects if each[1].layer != layer and each[1].application == application]


class Project(ProjectImports):
    """A project as rules see it: its modules, the imports between them, and its layers, roles and contracts."""

    def __init__(  # noqa: PLR0913  (made in one place, by keyword)
        self,
        *,
        loaded: LoadedConfiguration,
        layers: Layers,
        layout: Layout,
        folders: Sequence[Folder],
        modules: Sequence[Module],
        scans: Mapping[str, Scan],
        suspects: Sequence[Suspect],
        late: Mapping[str, frozenset[str]],
        exact: ExactImports,
        service_folders: Mapping[str, frozenset[str]],
        kinds: Kinds,
        configuration_path: str,
        files: ProjectFiles,
        idle_excludes: Sequence[int],
        not_checked_out: Sequence[str],
        recognised: Mapping[str, tuple[str | None, Certainty]],
    ) -> None:
        super().__init__(modules, scans, suspects, late, exact)
        self.loaded = loaded
        """The configuration in force, and where each value is set."""
        self.layers = layers
        """The order of the layers, and which layer may import which."""
        self.layout = layout
        """Where the applications of the project are."""
        self.folders = folders
        """Every folder that holds files at any depth, parents before children; the first is the project root."""
        self.configuration_path = configuration_path
        """The configuration file, relative to the project root like all paths; empty where there is none."""
        self.kinds = kinds
        """What names stand for."""
        self.files = files
        """The files that are not Python: README, manifests, locks, `.gitignore`."""
        self.idle_excludes = idle_excludes
        """The patterns of `exclude`, by their index, that left out nothing of their own."""
        self.not_checked_out = not_checked_out
        """Files of the project that git keeps and that are not on disk because the checkout is sparse."""
        self._recognised = recognised
        self._stood_down: dict[tuple[str, str], StoodDown] = {}
        self._service_folders = service_folders
        self._derived: dict[Any, Any] = {}

    def derive_entries(self, function: Callable[[Project], Mapping[str, T]]) -> Mapping[str, T]:
        """Like `derive`, for a mapping: a caller depends only on the entries that it reads."""
        return self.derive(function)

    def derive(self, function: Callable[..., T], *arguments: Hashable) -> T:
        """Compute something once for all callers: `function(project, *arguments)`.

        The function must be at the top level of a module and read nothing but the project. An editor checks again at every
        change: the result is computed again only if something that the function read has changed, and its users
        run again only if the result differs.
        """
        key = (function, *arguments)
        if key not in self._derived:
            self._derived[key] = function(self, *arguments)
        known: T = self._derived[key]
        return known

    def derive_by_importer(
        self, function: Callable[[Project, Sequence[Suspect]], Sequence[T]]
    ) -> Mapping[str, Sequence[T]]:
        """Derive something from what each module may import: `function(project, suspects)`, by the path of the module.

        Like `derive`, but an edit computes it again only for the modules whose imports change. Modules for
        which there is nothing are left out.
        """
        return self.derive(ByImporter(function))

    @cached_property
    def crossings(self) -> Mapping[tuple[str | None, str | None], list[Suspect]]:
        """Possible imports from one layer to another within one application, by (importer's, imported's) layer."""
        found: dict[tuple[str | None, str | None], list[Suspect]] = defaultdict(list)
        for suspect in chain.from_iterable(self.derive_by_importer(_find_crossings).values()):
            found[suspect.importer.layer, suspect.imported.layer].append(suspect)
        return found

    def narrow(self, suspects: Sequence[Suspect]) -> Project:
        """Make a copy in which only these imports are possible, to judge them alone."""
        narrowed = copy.copy(self)
        narrowed.suspects = suspects
        narrowed._forget_computed()  # noqa: SLF001  (a project like this one)
        return narrowed

    def _forget_computed(self) -> None:
        self._stood_down, self._derived = {}, {}
        for name in [*vars(self)]:
            if isinstance(getattr(Project, name, None), cached_property):
                delattr(self, name)

    def stand_down(self, code: str, name: str, application: str | None, reason: str) -> None:
        """Record that an application mostly breaks the convention of a rule, so the rule reports nothing in it."""
        self._stood_down[code, application or ""] = StoodDown(code, name, application or "", reason)

    @property
    def stood_down(self) -> Collection[StoodDown]:
        """The conventions that applications do not follow, as recorded by rules."""
        return self._stood_down.values()

    @cached_property
    def test_mapping(self) -> TestMapping:
        """Which tests belong to which modules, by their names."""
        return TestMapping(self.modules)

    @cached_property
    def unmapped(self) -> Sequence[Module]:
        """The modules of applications that should have a layer or a role, and have neither.

        What frameworks prescribe and what every layer shares needs none, unless the configuration is exhaustive.
        """
        is_exhaustive = self.loaded.configuration.exhaustive
        mapped = (module for module in self.modules if module.layer or module.role)
        covered = {folder for module in mapped for folder in folders_above(module.path)}
        return [
            module
            for module in self.modules
            if module.application is not None
            and module.layer is None
            and module.role is None
            # The `__init__.py` of a folder whose modules have roles needs none.
            and not (module.is_package and module.path.rpartition("/")[0] in covered)
            and (is_exhaustive or not needs_no_role(module))
        ]

    def recognised_role(self, module: Module) -> tuple[str | None, Certainty]:
        """Return the role that a module has without the configuration, and its certainty."""
        return self._recognised.get(module.path, (module.role, module.certainty))

    def is_in_reach_of(self, closed: str, suspect: Suspect) -> bool:
        """Return whether there are modules of a closed layer that the importer could use instead.

        The services of a feature serve this feature; services in a folder of their own serve all beside it.
        """
        service_folders = self._service_folders.get(closed, ())
        return any(is_above(home, module.path) for home in service_folders for module in suspect)

    def present_layers(self, application: str | None) -> frozenset[str]:
        """Return the layers that have modules in one application."""
        return self._layers_by_application.get(application, frozenset())

    @cached_property
    def contracts(self) -> Sequence[DeclaredContract]:
        """The contracts of the configuration, in its order, then those in files of other tools."""
        own = [each._replace(path=self.configuration_path) for each in self.loaded.contracts]
        return [*own, *self.foreign_contracts.declared]

    @cached_property
    def foreign_contracts(self) -> ForeignContracts:
        """The contracts in files of other tools that are judged as they are."""
        from layercheck.project.foreign_contracts import find_foreign_contracts  # noqa: PLC0415  (most projects have none)

        return find_foreign_contracts(self.loaded, self.files, self.modules, self.configuration_path)

    @cached_property
    def class_verdicts(self) -> Sequence[ClassVerdict]:
        """The verdicts of contract classes of the team; runs them if that is allowed."""
        if not self.foreign_contracts.of_classes:
            return ()
        from layercheck.project.class_contracts import judge_class_contracts  # noqa: PLC0415  (most projects have none)

        return judge_class_contracts(self)

    def graph_of(self, declared: DeclaredContract) -> ContractGraph:
        """Return the graph that a contract is judged on: for that of another tool, what the tool sees."""
        return self.contract_graph.seen_by(declared.terms) if declared.terms else self.contract_graph

    @cached_property
    def contract_graph(self) -> ContractGraph:
        """The graph that all contracts are judged on."""
        from layercheck.project.contract_graph import ContractGraph  # noqa: PLC0415  (only for projects with contracts)

        return ContractGraph(self.modules, self.suspects, self)

    @cached_property
    def folder_at(self) -> Mapping[str, Folder]:
        """Every folder that holds files at any depth, by its path."""
        return {folder.path: folder for folder in self.folders}

    @cached_property
    def layered_folders(self) -> frozenset[str]:
        """The folders below which there are modules of the order of layers."""
        layered = (module for module in self.modules if module.layer in self.layers.rank)
        return frozenset(folder for module in layered for folder in folders_above(module.path))

    @cached_property
    def _layers_by_application(self) -> Mapping[str | None, frozenset[str]]:
        found: dict[str | None, set[str]] = defaultdict(set)
        for module in self.modules:
            if module.layer is not None:
                found[module.application].add(module.layer)
        return {application: frozenset(layers) for application, layers in found.items()}
