"""The modules that a file may be in a project of which nothing else is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.facts.file_kind import file_kind
from layercheck.model.module import Module
from layercheck.project.assembly import find_folder_layer, layer_of, split_roles
from layercheck.project.evidence.contents import ContentsReader
from layercheck.project.evidence.verdict import judge
from layercheck.project.layers import Layers, ModulePatterns
from layercheck.project.module_names import choose_declared, module_name
from layercheck.project.relative_paths import folders_above
from layercheck.project.roles import ASIDE, RoleNames, aside_role
from layercheck.project.second_roots import first_name
from layercheck.python.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.config.schema import Configuration
    from layercheck.facts.file_facts import FileFacts

_DEEPEST_ROOT = 3
"""The largest number of folders above a source root."""


class PossibleModules:
    """Guesses the modules that files may be; usually the whole project confirms the guess later."""

    def __init__(self, configuration: Configuration) -> None:
        roots = configuration.source_roots
        self._choose_root = choose_declared(roots) if roots else None
        names, modules = split_roles(configuration.roles)
        self._names = RoleNames(names)
        self._roles = ModulePatterns(modules)
        self._layers = Layers(configuration)

    def list(self, path: str, facts: FileFacts) -> Sequence[Module]:
        """List the modules that a file may be: its possible names, with its possible roles, none included."""
        words = dict.fromkeys(self._roles_by_words(path))
        # What is called after tests is nothing else, and the rules look at none of it.
        named: list[str | None] = [role for role in words if role in ASIDE] or [None, *words]
        by_contents = self._role_by_contents(path, facts)
        is_package = file_kind(path).is_package
        modules = []
        for root in self._possible_roots(path, facts):
            name = module_name(path, root)
            by_name = self._roles.label_of(name)
            for role in (by_name,) if by_name else dict.fromkeys((*named, by_contents)):
                placed = find_folder_layer(path, role, None, self._layers)
                layer = layer_of(name, role, self._layers) if placed is None else placed.layer
                modules += [Module(name, path, is_package, role, layer, "", named=each) for each in named]
        return modules

    def _possible_roots(self, path: str, facts: FileFacts) -> Sequence[str]:
        folder = path.rpartition("/")[0]
        if self._choose_root is not None:
            return (self._choose_root(folder),)
        roots = [each for each in reversed((folder, *folders_above(folder))) if each.count("/") < _DEEPEST_ROOT]
        # Most files import something of their own package, under its name.
        imported = set(map(first_name, facts.scan.imports))
        return [root for root in roots if module_name(path, root).partition(".")[0] in imported] or roots

    def _roles_by_words(self, path: str) -> Iterator[str]:
        *folders, file = path.split("/")
        roles = [self._names.of_stem(file.rpartition(".")[0])]
        for folder in folders:
            roles += (self._names.of_folder(folder), aside_role(folder))
        yield from filter(None, roles)

    def _role_by_contents(self, path: str, facts: FileFacts) -> str | None:
        outline = facts.outline or Outline()
        verdict = judge(ContentsReader({path: outline}, {path: facts.scan.imports}).contents[path])
        return None if verdict is None else verdict.role
