"""layercheck: structure linter and architecture checker for Python backends.

`__all__` is the public interface: `from layercheck import ProjectRule, hookimpl`. The rules of layercheck use nothing else.
"""

from __future__ import annotations

from layercheck.version import __version__

# Not from typing: `python -m layercheck` comes here while the current folder, with whatever modules, is in its path.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from layercheck.config.contract_records import (
        AcyclicContract,
        AllowedContract,
        Contract,
        ForbiddenContract,
        IndependenceContract,
        LayersContract,
        ModulePatternText,
        PlacementContract,
        PrivateContract,
        ProtectedContract,
        PublicContract,
        RequiredContract,
        pattern_keys,
    )
    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.config.import_pattern import ImportPattern, ignored_imports
    from layercheck.config.interface_entry import InterfaceEntry, is_hidden, parse_entry
    from layercheck.config.keys import KeyPath
    from layercheck.config.layer_names import LayerName
    from layercheck.config.layer_syntax import Level, parse_level
    from layercheck.config.library_pattern import LIBRARY_WORDS, STANDARD_LIBRARY, THIRD_PARTY, means_library
    from layercheck.config.module_pattern import ModulePattern, PatternMatch, parse_pattern
    from layercheck.config.path_pattern import parse_path_pattern
    from layercheck.config.suggestion import closest, did_you_mean
    from layercheck.files.discovery import is_never_read
    from layercheck.files.linear_patterns import compile_patterns
    from layercheck.files.manifest_names import ENVIRONMENT_FOLDERS, ENVIRONMENT_MARKER
    from layercheck.later_pattern import compile_later
    from layercheck.model.definitions import Definition, Kind
    from layercheck.model.examination import Fact, ModuleFinding
    from layercheck.model.finding import Finding, Hop, Related
    from layercheck.model.fix import Applicability, Edit, Fix
    from layercheck.model.imports import COUNTED_KINDS, Import, ImportKind, ImportSite
    from layercheck.model.module import Certainty, Module
    from layercheck.model.report import Report
    from layercheck.model.severity import Severity
    from layercheck.model.source import Location, Position, Span
    from layercheck.model.unreadable import Unreadable
    from layercheck.plurals import count
    from layercheck.project.class_contracts import ClassVerdict
    from layercheck.project.contract_graph import ContractGraph, Edge, GraphView, Selected, Step, names_taken
    from layercheck.project.contract_routes import Groups
    from layercheck.project.cuts.cut import Cut, find_cut
    from layercheck.project.evidence.words import WEAK_WORDS
    from layercheck.project.folders import File, Folder
    from layercheck.project.kinds import Kinds
    from layercheck.project.layers import Layers, find_modules, is_module_pattern
    from layercheck.project.project import Project
    from layercheck.project.project_files import ProjectFiles, folder_of
    from layercheck.project.project_imports import ProjectImports
    from layercheck.project.relative_paths import folders_above, is_above
    from layercheck.project.roles import ASIDE, LAYERS, MAIN, MIGRATIONS, SCRIPTS, TESTS, UTILS, WIRING, RoleNames
    from layercheck.project.suspect import Suspect
    from layercheck.project.tangles import find_tangles, graph_of, shortest_cycle_over
    from layercheck.project.test_mapping import TestSubject
    from layercheck.python.names.syntax_index import DefinitionNode
    from layercheck.python.text.round_trip import split_lines
    from layercheck.rule.chain_contract import ChainContract
    from layercheck.rule.contract_rule import Broken, BrokenImport, BrokenModule, BrokenTangle, ContractRule, rule_for
    from layercheck.rule.hookspecs import hookimpl
    from layercheck.rule.module_rule import Found, Located, LocatedFact, ModuleRule
    from layercheck.rule.render_context import LegalRoute, RenderContext
    from layercheck.rule.rule import CYCLE_KINDS, ImportOptions, NoOptions, ProjectRule, Rule
    from layercheck.rule.source_module import SourceModule

__all__ = [
    "ASIDE",
    "COUNTED_KINDS",
    "CYCLE_KINDS",
    "ENVIRONMENT_FOLDERS",
    "ENVIRONMENT_MARKER",
    "LAYERS",
    "LIBRARY_WORDS",
    "MAIN",
    "MIGRATIONS",
    "SCRIPTS",
    "STANDARD_LIBRARY",
    "TESTS",
    "THIRD_PARTY",
    "UTILS",
    "WEAK_WORDS",
    "WIRING",
    "AcyclicContract",
    "AllowedContract",
    "Applicability",
    "Broken",
    "BrokenImport",
    "BrokenModule",
    "BrokenTangle",
    "Certainty",
    "ChainContract",
    "ClassVerdict",
    "Contract",
    "ContractGraph",
    "ContractRule",
    "Cut",
    "DeclaredContract",
    "Definition",
    "DefinitionNode",
    "Edge",
    "Edit",
    "Fact",
    "File",
    "Finding",
    "Fix",
    "Folder",
    "ForbiddenContract",
    "Found",
    "GraphView",
    "Groups",
    "Hop",
    "Import",
    "ImportKind",
    "ImportOptions",
    "ImportPattern",
    "ImportSite",
    "IndependenceContract",
    "InterfaceEntry",
    "KeyPath",
    "Kind",
    "Kinds",
    "LayerName",
    "Layers",
    "LayersContract",
    "LegalRoute",
    "Level",
    "Located",
    "LocatedFact",
    "Location",
    "Module",
    "ModuleFinding",
    "ModulePattern",
    "ModulePatternText",
    "ModuleRule",
    "NoOptions",
    "PatternMatch",
    "PlacementContract",
    "Position",
    "PrivateContract",
    "Project",
    "ProjectFiles",
    "ProjectImports",
    "ProjectRule",
    "ProtectedContract",
    "PublicContract",
    "Related",
    "RenderContext",
    "Report",
    "RequiredContract",
    "RoleNames",
    "Rule",
    "Selected",
    "Severity",
    "SourceModule",
    "Span",
    "Step",
    "Suspect",
    "TestSubject",
    "Unreadable",
    "__version__",
    "closest",
    "compile_later",
    "compile_patterns",
    "count",
    "did_you_mean",
    "find_cut",
    "find_modules",
    "find_tangles",
    "folder_of",
    "folders_above",
    "graph_of",
    "hookimpl",
    "ignored_imports",
    "is_above",
    "is_hidden",
    "is_module_pattern",
    "is_never_read",
    "means_library",
    "names_taken",
    "parse_entry",
    "parse_level",
    "parse_path_pattern",
    "parse_pattern",
    "pattern_keys",
    "rule_for",
    "shortest_cycle_over",
    "split_lines",
]

_NAMES = {
    "layercheck.config.contract_records": (
        "AcyclicContract",
        "AllowedContract",
        "Contract",
        "ForbiddenContract",
        "IndependenceContract",
        "LayersContract",
        "ModulePatternText",
        "PlacementContract",
        "PrivateContract",
        "ProtectedContract",
        "PublicContract",
        "RequiredContract",
        "pattern_keys",
    ),
    "layercheck.config.declared_contract": ("DeclaredContract",),
    "layercheck.config.import_pattern": ("ImportPattern", "ignored_imports"),
    "layercheck.config.interface_entry": ("InterfaceEntry", "is_hidden", "parse_entry"),
    "layercheck.config.keys": ("KeyPath",),
    "layercheck.config.layer_names": ("LayerName",),
    "layercheck.config.layer_syntax": ("Level", "parse_level"),
    "layercheck.config.library_pattern": ("LIBRARY_WORDS", "STANDARD_LIBRARY", "THIRD_PARTY", "means_library"),
    "layercheck.config.module_pattern": ("ModulePattern", "PatternMatch", "parse_pattern"),
    "layercheck.config.path_pattern": ("parse_path_pattern",),
    "layercheck.config.suggestion": ("closest", "did_you_mean"),
    "layercheck.files.discovery": ("is_never_read",),
    "layercheck.files.linear_patterns": ("compile_patterns",),
    "layercheck.files.manifest_names": ("ENVIRONMENT_FOLDERS", "ENVIRONMENT_MARKER"),
    "layercheck.later_pattern": ("compile_later",),
    "layercheck.model.definitions": ("Definition", "Kind"),
    "layercheck.model.examination": ("Fact", "ModuleFinding"),
    "layercheck.model.finding": ("Finding", "Hop", "Related"),
    "layercheck.model.fix": ("Applicability", "Edit", "Fix"),
    "layercheck.model.imports": ("COUNTED_KINDS", "Import", "ImportKind", "ImportSite"),
    "layercheck.model.module": ("Certainty", "Module"),
    "layercheck.model.report": ("Report",),
    "layercheck.model.severity": ("Severity",),
    "layercheck.model.source": ("Location", "Position", "Span"),
    "layercheck.model.unreadable": ("Unreadable",),
    "layercheck.plurals": ("count",),
    "layercheck.project.class_contracts": ("ClassVerdict",),
    "layercheck.project.contract_graph": ("ContractGraph", "Edge", "GraphView", "Selected", "Step", "names_taken"),
    "layercheck.project.contract_routes": ("Groups",),
    "layercheck.project.cuts.cut": ("Cut", "find_cut"),
    "layercheck.project.evidence.words": ("WEAK_WORDS",),
    "layercheck.project.folders": ("File", "Folder"),
    "layercheck.project.kinds": ("Kinds",),
    "layercheck.project.layers": ("Layers", "find_modules", "is_module_pattern"),
    "layercheck.project.project": ("Project",),
    "layercheck.project.project_files": ("ProjectFiles", "folder_of"),
    "layercheck.project.project_imports": ("ProjectImports",),
    "layercheck.project.relative_paths": ("folders_above", "is_above"),
    "layercheck.project.roles": (
        "ASIDE",
        "LAYERS",
        "MAIN",
        "MIGRATIONS",
        "RoleNames",
        "SCRIPTS",
        "TESTS",
        "UTILS",
        "WIRING",
    ),
    "layercheck.project.suspect": ("Suspect",),
    "layercheck.project.tangles": ("find_tangles", "graph_of", "shortest_cycle_over"),
    "layercheck.project.test_mapping": ("TestSubject",),
    "layercheck.python.names.syntax_index": ("DefinitionNode",),
    "layercheck.python.text.round_trip": ("split_lines",),
    "layercheck.rule.chain_contract": ("ChainContract",),
    "layercheck.rule.contract_rule": (
        "Broken",
        "BrokenImport",
        "BrokenModule",
        "BrokenTangle",
        "ContractRule",
        "rule_for",
    ),
    "layercheck.rule.hookspecs": ("hookimpl",),
    "layercheck.rule.module_rule": ("Found", "Located", "LocatedFact", "ModuleRule"),
    "layercheck.rule.render_context": ("LegalRoute", "RenderContext"),
    "layercheck.rule.rule": ("CYCLE_KINDS", "ImportOptions", "NoOptions", "ProjectRule", "Rule"),
    "layercheck.rule.source_module": ("SourceModule",),
}
"""The names that each module defines: it is imported when one is asked for, so that `import layercheck` costs nothing."""


def __getattr__(name: str) -> object:
    home = next((module for module, names in _NAMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415  (only rules and plugins come this way)

    value = globals()[name] = getattr(importlib.import_module(home), name)
    return value
