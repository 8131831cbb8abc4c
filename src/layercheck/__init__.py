"""layercheck: structure linter and architecture checker for Python backends.

What stands in `__all__` is all that the author of a plugin needs: `from layercheck import ProjectRule, hookimpl`.
"""

from __future__ import annotations

from layercheck.version import __version__

# Not from typing: `python -m layercheck` comes here while the current folder, with whatever modules, is in its path.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from layercheck.config.contract_records import Contract, ModulePatternText
    from layercheck.config.module_pattern import parse_pattern
    from layercheck.model.definitions import Kind
    from layercheck.model.finding import Finding, Hop, Related, Severity
    from layercheck.model.fix import Applicability, Edit, Fix
    from layercheck.model.imports import Import, ImportKind
    from layercheck.model.module import Module
    from layercheck.model.module_finding import ModuleFinding
    from layercheck.model.report import Report
    from layercheck.model.source import Location, Position, Span
    from layercheck.project.contract_graph import GraphView, Step
    from layercheck.project.contract_routes import Groups
    from layercheck.project.project import Project, Suspect
    from layercheck.reporters.context import RenderContext
    from layercheck.rule.chain_contract import ChainContract
    from layercheck.rule.contract_rule import BrokenImport, BrokenModule, ContractRule
    from layercheck.rule.hookspecs import hookimpl
    from layercheck.rule.module_rule import Located, ModuleRule
    from layercheck.rule.rule import ImportOptions, NoOptions, ProjectRule, Rule
    from layercheck.rule.source_module import SourceModule

__all__ = [
    "Applicability",
    "BrokenImport",
    "BrokenModule",
    "ChainContract",
    "Contract",
    "ContractRule",
    "Edit",
    "Finding",
    "Fix",
    "GraphView",
    "Groups",
    "Hop",
    "Import",
    "ImportKind",
    "ImportOptions",
    "Kind",
    "Located",
    "Location",
    "Module",
    "ModuleFinding",
    "ModulePatternText",
    "ModuleRule",
    "NoOptions",
    "Position",
    "Project",
    "ProjectRule",
    "Related",
    "RenderContext",
    "Report",
    "Rule",
    "Severity",
    "SourceModule",
    "Span",
    "Step",
    "Suspect",
    "__version__",
    "hookimpl",
    "parse_pattern",
]

_HOMES = {
    # Whoever writes a kind of contract.
    "BrokenImport": "layercheck.rule.contract_rule",
    "BrokenModule": "layercheck.rule.contract_rule",
    "ChainContract": "layercheck.rule.chain_contract",
    "Contract": "layercheck.config.contract_records",
    "ContractRule": "layercheck.rule.contract_rule",
    "GraphView": "layercheck.project.contract_graph",
    "Groups": "layercheck.project.contract_routes",
    "ModulePatternText": "layercheck.config.contract_records",
    "Step": "layercheck.project.contract_graph",
    "parse_pattern": "layercheck.config.module_pattern",
    # Whoever writes a rule.
    "ImportOptions": "layercheck.rule.rule",
    "ModuleRule": "layercheck.rule.module_rule",
    "NoOptions": "layercheck.rule.rule",
    "ProjectRule": "layercheck.rule.rule",
    "Rule": "layercheck.rule.rule",
    # What a rule sees.
    "Import": "layercheck.model.imports",
    "ImportKind": "layercheck.model.imports",
    "Kind": "layercheck.model.definitions",
    "Module": "layercheck.model.module",
    "Project": "layercheck.project.project",
    "Suspect": "layercheck.project.project",
    "SourceModule": "layercheck.rule.source_module",
    # What a rule says.
    "Applicability": "layercheck.model.fix",
    "Edit": "layercheck.model.fix",
    "ModuleFinding": "layercheck.model.module_finding",
    "Fix": "layercheck.model.fix",
    "Hop": "layercheck.model.finding",
    "Located": "layercheck.rule.module_rule",
    "Location": "layercheck.model.source",
    "Position": "layercheck.model.source",
    "Related": "layercheck.model.finding",
    "Severity": "layercheck.model.finding",
    "Span": "layercheck.model.source",
    "Finding": "layercheck.model.finding",
    # How a plugin gives it, and what a format is told.
    "RenderContext": "layercheck.reporters.context",
    "Report": "layercheck.model.report",
    "hookimpl": "layercheck.rule.hookspecs",
}
"""Where each name is defined: it is imported when it is asked for, so that `import layercheck` costs nothing."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415  (only plugins come this way)

    value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return value
