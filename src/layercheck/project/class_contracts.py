"""Contracts whose type is a class that the team has written for import-linter: judged by it, on our graph.

Only its documented interface is used: `Contract`, `ContractCheck`, and an `ImportGraph` of grimp, which comes with it.
"""

from __future__ import annotations

import contextlib
import copy
import io
import os
import re
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.foreign.import_linter_types import TOOL
from layercheck.model.dotted_names import with_packages
from layercheck.trusted_code.containment import contained
from layercheck.trusted_code.project_modules import ProjectModules
from layercheck.trusted_code.raised import CAUGHT, summarise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layercheck.config.declared_contract import ForeignTerms
    from layercheck.model.imports import ImportKind
    from layercheck.project.contract_graph import ContractGraph, Step
    from layercheck.project.foreign_contracts import PlacedClassContract
    from layercheck.project.project import Project

    _Steps = Mapping[tuple[str, str], Step]

_LINK = re.compile(r"(?<![\w.])([^\W\d][\w.]*) -> ([^\W\d][\w.]*)")
"""An import in the output of a contract."""
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class ClassVerdict(NamedTuple):
    """The verdict of one contract class."""

    placed: PlacedClassContract
    reason: str = ""
    """Why it could not be judged; empty where it was."""
    is_kept: bool = True
    lines: tuple[str, ...] = ()
    """Its output about what breaks it."""
    warnings: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    """The imports that it names."""


def judge_class_contracts(project: Project) -> Sequence[ClassVerdict]:
    """Run all contract classes, if that is allowed and possible."""
    contracts = project.foreign_contracts.of_classes
    reason = _find_obstacle(project)
    if reason:
        return [ClassVerdict(each, reason) for each in contracts]
    graphs = _Graphs(project.contract_graph)
    return [_judge(project, each, graphs) for each in contracts]


def _find_obstacle(project: Project) -> str:
    if not project.loaded.vocabulary.includes_plugins:
        return "plugins are disabled, and its class is code of the project"
    return "" if find_spec("importlinter") else f"{TOOL} is not installed in the environment of layercheck"


def _judge(project: Project, placed: PlacedClassContract, graphs: _Graphs) -> ClassVerdict:
    root = project.files.root
    if root is None:
        return ClassVerdict(placed, "the project is not on disk")
    folder = root / placed.terms.folder
    modules = ProjectModules([each for each in (folder, folder / "src", root, root / "src") if each.is_dir()])
    steps, filled = graphs.of(placed)
    try:
        with contained():
            class_ = _load_class(modules, placed.contract.class_path)
            with modules.in_use():
                # As in import-linter, a contract may change its graph.
                said = _run(class_, placed, copy.deepcopy(filled))
    except CAUGHT as error:
        return ClassVerdict(placed, f"{placed.contract.class_path} raised {_describe(error)}")
    finally:
        # The last report holds for as long as the code is the same.
        for file in modules.files():
            project.files.read_named(os.path.relpath(file, root).replace(os.sep, "/"))
    links = dict.fromkeys(_LINK.findall(said.text))
    lines = tuple(line.strip() for line in said.text.splitlines() if line.strip())
    named = tuple(steps[link] for link in links if link in steps)
    return ClassVerdict(placed, "", said.is_kept, lines, said.warnings, named)


def _load_class(modules: ProjectModules, class_path: str) -> Any:
    import_module("importlinter.api")  # which sets up what contracts use
    module, _, name = class_path.rpartition(".")
    return getattr(modules.load(module), name)


class _Graphs:
    """The graphs that contracts are judged on; contracts with the same view share one."""

    def __init__(self, whole: ContractGraph) -> None:
        self._whole = whole
        self._known: dict[tuple[ForeignTerms, tuple[ImportKind, ...], bool], tuple[_Steps, Any]] = {}

    def of(self, placed: PlacedClassContract) -> tuple[_Steps, Any]:
        """Return the imports that import-linter would see for a contract, and its graph of them."""
        sees_libraries = str(placed.session.get("include_external_packages", "")).lower() == "true"
        key = (placed.terms, placed.contract.imports, sees_libraries)
        if key not in self._known:
            graph = self._whole.seen_by(placed.terms)
            steps = _read_steps(graph, placed.contract.imports, sees_libraries=sees_libraries)
            self._known[key] = steps, _fill_graph(graph, steps)
        return self._known[key]


def _read_steps(graph: ContractGraph, kinds: tuple[ImportKind, ...], *, sees_libraries: bool) -> _Steps:
    """List every import that import-linter would see, by the names of the modules."""
    view = graph.see(kinds)
    found = {(step.importer.name, step.imported.name): step for step in view.confirm(graph.edges).values()}
    if sees_libraries:
        numbers = [number for number, _ in graph.library_names]
        libraries = (step for number in numbers for step in view.libraries_of(number))
        found |= {(step.importer.name, step.imported.name): step for step in libraries}
    return found


def _fill_graph(graph: ContractGraph, steps: _Steps) -> Any:
    filled = import_module("grimp").ImportGraph()
    own = with_packages(module.name for module in graph.modules)
    for name in sorted(own):
        filled.add_module(name)
    for (importer, imported), step in steps.items():
        if imported not in own:
            filled.add_module(imported, is_squashed=True)
        for place in step.places:
            line = place.location.span.start.line if place.location.span else 1
            filled.add_import(
                importer=importer, imported=imported, line_number=line, line_contents=f"import {place.imported}"
            )
    return filled


class _Said(NamedTuple):
    is_kept: bool
    warnings: tuple[str, ...]
    text: str


def _run(class_: Any, placed: PlacedClassContract, graph: Any) -> _Said:
    packages = {"root_packages": [*placed.terms.packages]}
    session = {key: value for key, value in placed.session.items() if key != "root_package"} | packages
    contract = class_(name=placed.contract.name, session_options=session, contract_options={**placed.contract.options})
    check = contract.check(graph, verbose=False)
    said = io.StringIO()
    if not check.kept:
        with contextlib.redirect_stdout(said):
            contract.render_broken_contract(check)
    return _Said(bool(check.kept), tuple(map(str, check.warnings)), _COLOURS.sub("", said.getvalue()))


def _describe(error: BaseException) -> str:
    """Describe an exception, with every option that the class does not accept."""
    options = getattr(error, "errors", None)
    if isinstance(options, dict):
        return f"{type(error).__name__}: {'; '.join(f'{name}: {each}' for name, each in options.items())}"
    return summarise(error)
