"""What a rule may see: modules, layers, possible imports at no cost, exact imports at the cost of a parse."""

from __future__ import annotations

import copy
from collections import defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from layercheck.model.stood_down import StoodDown
from layercheck.project.by_importer import ByImporter
from layercheck.project.module_names import folders_above, is_above
from layercheck.project.prescribed import needs_no_role
from layercheck.project.roles import ASIDE
from layercheck.project.second_roots import first_name
from layercheck.project.test_mapping import TestMapping

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.model.imports import BlindSpot, Import, ImportKind
    from layercheck.model.module import Certainty, Module
    from layercheck.model.unreadable import Unreadable
    from layercheck.project.class_contracts import ClassVerdict
    from layercheck.project.contract_graph import ContractGraph
    from layercheck.project.exact_imports import ExactImports
    from layercheck.project.folders import Folder
    from layercheck.project.foreign_contracts import ForeignContracts
    from layercheck.project.kinds import Kinds
    from layercheck.project.layers import Layers
    from layercheck.project.layout import Layout
    from layercheck.project.project_files import ProjectFiles
    from layercheck.python.imports.scan import Scan

T = TypeVar("T")


class Suspect(NamedTuple):
    """A possible import between two modules of the project."""

    importer: Module
    imported: Module

    @property
    def is_crossing(self) -> bool:
        """Whether it leads from one layer to another within one application."""
        importer, imported = self
        return importer.layer != imported.layer and importer.application == imported.application


def _find_crossings(_: Project, suspects: Sequence[Suspect]) -> list[Suspect]:
    return [suspect for suspect in suspects if suspect.is_crossing]


def index_suspects(suspects: Iterable[Suspect], end: Literal["importer", "imported"]) -> dict[str, list[Suspect]]:
    """List possible imports by the path of one of their ends."""
    found: dict[str, list[Suspect]] = defaultdict(list)
    for suspect in suspects:
        found[getattr(suspect, end).path].append(suspect)
    return dict(found)


def _names_of(spec: str) -> list[str]:
    """Write out what a scanned import takes: `a:b,c` is `a.b` and `a.c`."""
    module, _, names = spec.partition(":")
    return [f"{module}.{name}" for name in names.split(",")] if names and names != "*" else [module]


class Project:
    """All modules of a project and the imports between them.

    The scan finds candidates, the parser confirms them: `suspects`, `crossings` and `importers_of` may contain imports
    that are none (text in a string, say); `imports_between` parses the importing file and lists the real ones.
    """

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
        self.loaded = loaded
        """The configuration in force, and where each value is set."""
        self.layers = layers
        """The order of the layers, and which layer may import which."""
        self.layout = layout
        """Where the applications of the project are."""
        self.folders = folders
        """Every folder that holds files at any depth, parents before children; the first is the project root."""
        self.modules = modules
        """Every module that is a file, by path."""
        self.scans = scans
        """The result of the scan of each file, by path: possible imports, and flags about the text."""
        self.suspects = suspects
        """All possible imports."""
        self.late = late
        """What a file imports, if at all, in indented lines (in functions, below `if`) or as attributes only, by paths."""
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
        self._exact = exact
        self._stood_down: dict[tuple[str, str], StoodDown] = {}
        self._service_folders = service_folders
        self._derived: dict[Any, Any] = {}

    def derive_entries(self, function: Callable[[Project], Mapping[str, T]]) -> Mapping[str, T]:
        """Like `derive`, for a mapping: a caller depends only on the entries that it reads."""
        return self.derive(function)

    def derive(self, function: Callable[..., T], *arguments: Hashable) -> T:
        """Compute something once for all callers: `function(project, *arguments)`.

        The function stands at the top of a module and asks nothing but the project. An editor checks again at every
        change: what is derived is computed again only if something that the function asked has another answer, and who
        builds on it runs again only if the result is another one.
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

        Like `derive`, but an edit costs no more than the modules that import something else than before. Modules for
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

    def importers_of(self, imported: Collection[Module]) -> Iterator[Suspect]:
        """Find the possible imports of any of some modules, from anywhere."""
        found = (suspect for path in {module.path for module in imported} for suspect in self.suspects_of(path))
        yield from sorted(found, key=lambda each: (each.importer.path, each.imported.path))

    def suspects_of(self, path: str) -> Sequence[Suspect]:
        """List the possible imports of one module, by its path, from anywhere."""
        return self._importers.get(path, ())

    def suspects_by(self, path: str) -> Sequence[Suspect]:
        """List the possible imports by one module, by its path."""
        return self._imported.get(path, ())

    @cached_property
    def _imported(self) -> Mapping[str, Sequence[Suspect]]:
        """The possible imports by the path of the importing file, in the order of the modules."""
        return index_suspects(self.suspects, "importer")

    @cached_property
    def _importers(self) -> Mapping[str, Sequence[Suspect]]:
        """The possible imports by the path of what is imported."""
        return index_suspects(self.suspects, "imported")

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

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        """Parse the files of several importers at once, before `imports_between` is called for them."""
        self._exact.read_ahead((importer.path, imported.path) for importer, imported in suspects)

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> list[Import]:
        """List the real imports of one module by another, in the order of the text; parses the importing file once."""
        return [entry for entry in self._exact.between(importer.path, imported.path) if entry.kind in kinds]

    @cached_property
    def own_packages(self) -> frozenset[str]:
        """The first parts of the names of all modules; other names come from outside the project."""
        return frozenset(module.name.partition(".")[0] for module in self.modules)

    def possible_libraries(self, importer: Module) -> list[str]:
        """List what a module may import from outside the project, each name in full: `sqlalchemy.orm.Session`."""
        scan = self.scans.get(importer.path)
        return [
            name
            for spec in (scan.imports if scan is not None else ())
            if not spec.startswith(".") and first_name(spec) not in self.own_packages
            for name in _names_of(spec)
        ]

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> list[Import]:
        """List the confirmed imports of a module from outside the project; parses it once."""
        return [
            entry
            for entry in self._exact.foreign_in(importer.path)
            if entry.kind in kinds and entry.imported.partition(".")[0] not in self.own_packages
        ]

    def uses_of(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> list[Import]:
        """List what a module uses of another one through attributes (`shop.db.Session`); parses it completely, once."""
        return [entry for entry in self._exact.uses_in(importer.path).get(imported.path, ()) if entry.kind in kinds]

    def exports_of(self, module: Module) -> tuple[str, ...] | None:
        """List the names in the `__all__` of a module; None if there is none, or it cannot be read."""
        return self._exact.exports_of(module.path) if module.path in self.scans else None

    def deferrable_imports(self, importer: Module) -> frozenset[int]:
        """List the lines of the import statements whose names only functions use; reads the file."""
        return self._exact.deferrable_in(importer.path)

    def names_imported_by(self, importer: Module) -> frozenset[str]:
        """List the full names of all modules that a file imports, libraries included; parses it once."""
        return self._exact.names_in(importer.path)

    @cached_property
    def module_at(self) -> Mapping[str, Module]:
        """Every module by its path."""
        return {module.path: module for module in self.modules}

    def stand_down(self, code: str, name: str, application: str | None, reason: str) -> None:
        """Note that an application mostly breaks the convention of a rule, so the rule reports nothing in it."""
        self._stood_down[code, application or ""] = StoodDown(code, name, application or "", reason)

    @property
    def stood_down(self) -> Collection[StoodDown]:
        """The conventions that applications do not follow, as far as rules have noted them."""
        return self._stood_down.values()

    @cached_property
    def test_mapping(self) -> TestMapping:
        """Which tests belong to which modules, by their names."""
        return TestMapping(self.modules)

    @cached_property
    def unmapped(self) -> Sequence[Module]:
        """The modules of applications that have neither a layer nor a role, and should.

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
            # The face of a folder in which others have a role stands for nothing by itself.
            and not (module.is_package and module.path.rpartition("/")[0] in covered)
            and (is_exhaustive or not needs_no_role(module))
        ]

    def recognised_role(self, module: Module) -> tuple[str | None, Certainty]:
        """Return the role that a module has without the configuration, and its certainty."""
        return self._recognised.get(module.path, (module.role, module.certainty))

    def is_in_reach_of(self, closed: str, suspect: Suspect) -> bool:
        """Tell whether there are modules of a closed layer that the importer could use instead.

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
        """What classes of the team say of the contracts that only they can judge; runs them, where that is allowed."""
        if not self.foreign_contracts.of_classes:
            return ()
        from layercheck.project.class_contracts import judge_class_contracts  # noqa: PLC0415  (most projects have none)

        return judge_class_contracts(self)

    def graph_of(self, declared: DeclaredContract) -> ContractGraph:
        """Give the graph that a contract is judged on: for that of another tool, what the tool sees."""
        return self.contract_graph.seen_by(declared.terms) if declared.terms else self.contract_graph

    @cached_property
    def contract_graph(self) -> ContractGraph:
        """The graph that all contracts are judged on."""
        from layercheck.project.contract_graph import ContractGraph  # noqa: PLC0415  (only for projects with contracts)

        return ContractGraph(self.modules, self.suspects, self)

    @property
    def unreadable(self) -> Mapping[str, Unreadable]:
        """The files that could not be read so far, and why, by path."""
        return self._exact.unreadable()

    @property
    def blind_spots(self) -> Sequence[tuple[str, BlindSpot]]:
        """Imports that cannot be resolved statically, each with the path of the file."""
        return self._exact.find_blind_spots()

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
    def has_blind_spots(self) -> bool:
        """Tell whether a module of an application has imports that cannot be resolved statically."""
        return any(
            module.application is not None and module.role not in ASIDE
            for module in self.modules
            if self._exact.has_blind_spots(module.path)
        )

    @cached_property
    def _layers_by_application(self) -> Mapping[str | None, frozenset[str]]:
        found: dict[str | None, set[str]] = defaultdict(set)
        for module in self.modules:
            if module.layer is not None:
                found[module.application].add(module.layer)
        return {application: frozenset(layers) for application, layers in found.items()}
