"""layercheck: structure linter and architecture checker for Python backends.

What stands in `__all__` is all that the author of a plugin needs: `from layercheck import ProjectRule, hookimpl`.
"""

from __future__ import annotations

# Not from typing: `python -m layercheck` comes here while the current folder, with whatever modules, is in its path.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from layercheck.hookspecs import hookimpl
    from layercheck.model.definitions import Kind
    from layercheck.model.finding import Finding
    from layercheck.model.fix import Applicability, Edit, Fix
    from layercheck.model.imports import Import, ImportKind
    from layercheck.model.module import Module
    from layercheck.model.source import Location, Position, Span
    from layercheck.model.violation import Hop, Related, Severity, Violation
    from layercheck.module_rule import Located, ModuleRule
    from layercheck.project.project import Project, Suspect
    from layercheck.report import Report
    from layercheck.reporters.context import RenderContext
    from layercheck.rule import ImportOptions, NoOptions, ProjectRule, Rule
    from layercheck.syntax.source_module import SourceModule

__version__ = "0.1.0"

__all__ = [
    "Applicability",
    "Edit",
    "Finding",
    "Fix",
    "Hop",
    "Import",
    "ImportKind",
    "ImportOptions",
    "Kind",
    "Located",
    "Location",
    "Module",
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
    "Suspect",
    "Violation",
    "hookimpl",
]

_HOMES = {
    # Whoever writes a rule.
    "ImportOptions": "layercheck.rule",
    "ModuleRule": "layercheck.module_rule",
    "NoOptions": "layercheck.rule",
    "ProjectRule": "layercheck.rule",
    "Rule": "layercheck.rule",
    # What a rule sees.
    "Import": "layercheck.model.imports",
    "ImportKind": "layercheck.model.imports",
    "Kind": "layercheck.model.definitions",
    "Module": "layercheck.model.module",
    "Project": "layercheck.project.project",
    "Suspect": "layercheck.project.project",
    "SourceModule": "layercheck.syntax.source_module",
    # What a rule says.
    "Applicability": "layercheck.model.fix",
    "Edit": "layercheck.model.fix",
    "Finding": "layercheck.model.finding",
    "Fix": "layercheck.model.fix",
    "Hop": "layercheck.model.violation",
    "Located": "layercheck.module_rule",
    "Location": "layercheck.model.source",
    "Position": "layercheck.model.source",
    "Related": "layercheck.model.violation",
    "Severity": "layercheck.model.violation",
    "Span": "layercheck.model.source",
    "Violation": "layercheck.model.violation",
    # How a plugin gives it, and what a format is told.
    "RenderContext": "layercheck.reporters.context",
    "Report": "layercheck.report",
    "hookimpl": "layercheck.hookspecs",
}
"""Where each name is defined: it is imported when it is asked for, so that `import layercheck` costs nothing."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415  (only plugins come this way)

    value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return value
