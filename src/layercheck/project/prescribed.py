"""Modules that need no role: frameworks prescribe them, or every layer shares their contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.model.module import Module

_BY_FRAMEWORKS = frozenset(
    {
        *("apps", "admin", "signals", "receivers", "checks", "feeds", "sitemaps", "translation", "lookups"),
        *("templatetags", "management", "context_processors"),
        *("tasks", "celery", "celery_app", "celeryconfig", "celery_config"),
    },
)
"""Django and Celery look for these names of files and folders."""
_SHARED = frozenset(
    {
        *("exceptions", "exception", "errors", "error_codes"),
        *("enums", "constants", "consts", "const", "choices", "types"),
        *("version", "_version", "__version__", "__about__"),
    },
)
"""Names of what every layer may know."""
_NAMES = _BY_FRAMEWORKS | _SHARED


def needs_no_role(module: Module) -> bool:
    """Return whether a module needs no role, by its name and those of its folders within the application."""
    inside = module.path.removeprefix(f"{module.application}/") if module.application else module.path
    return any(part in _NAMES for part in inside.removesuffix(".py").removesuffix(".pyi").split("/"))
