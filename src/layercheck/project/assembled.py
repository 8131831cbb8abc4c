"""A project and the parts it was made of, which make it again after a small change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from layercheck.project.defined_names import Definitions
from layercheck.project.exact_imports import ExactImports
from layercheck.project.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.facts.fact_store import SourceStore
    from layercheck.files.discovery import Discovery
    from layercheck.project.evidence.contents import ContentsReader
    from layercheck.project.evidence.judgement import Judgement
    from layercheck.project.evidence.roles import RoleJudge
    from layercheck.project.folders import Folder
    from layercheck.project.layers import Layers, ModulePatterns
    from layercheck.project.layout import Layout
    from layercheck.project.links import Links, ModuleIndex
    from layercheck.project.module_names import Naming, SourceTree
    from layercheck.project.project_files import ProjectFiles
    from layercheck.project.roles import RoleNames


class Makers(NamedTuple):
    """The classes of the parts of a project that answer questions; all take keyword arguments."""

    project: Callable[..., Project]
    exact: Callable[..., ExactImports]
    definitions: Callable[..., Definitions]


PLAIN = Makers(Project, ExactImports, Definitions)


class Given(NamedTuple):
    """What a project is made of."""

    loaded: LoadedConfiguration
    discovery: Discovery
    store: SourceStore
    files: ProjectFiles
    """Files that are not Python."""
    configuration_path: str = ""
    exact: bool = False
    """Whether all files are parsed."""


class Shape(Protocol):
    """What the names of folders and files say."""

    @property
    def layers(self) -> Layers:
        """The layers in force."""

    @property
    def names(self) -> RoleNames:
        """The names that stand for roles."""

    @property
    def folders(self) -> Sequence[Folder]:
        """All folders, parents before children."""

    @property
    def layout(self) -> Layout:
        """The applications."""


class Places(NamedTuple):
    """What decides where every file belongs: its name, its role and its layer."""

    tree: SourceTree
    imports: Mapping[str, Sequence[str]]
    """What every file imports, as the scan found it."""
    called: Mapping[str, Sequence[str]]
    """What some files import by calls."""
    naming: Naming
    layers: Layers
    names: RoleNames
    given: RoleNames
    """The names to which the configuration itself gives roles."""
    roles: ModulePatterns
    """The modules to which the configuration gives roles."""
    reader: ContentsReader
    folders: Sequence[Folder]
    layout: Layout
    judge: RoleJudge


class Assembled(NamedTuple):
    """A project with all that it was made of."""

    project: Project
    places: Places
    judged: Mapping[str, Judgement]
    """The roles of all files, as the modules have them."""
    lookup: ModuleIndex
    mixed: frozenset[str]
    links: Links
    exact: ExactImports
    continues: bool = False
    """Whether the files that it has in common with what was assembled before keep their names (`may_be_compared`)."""
