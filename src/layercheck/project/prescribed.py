"""Modules without a role that nobody has to give one: frameworks prescribe them, or they hold what every layer shares."""

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
    """Tell by the names of a module and of its folders, below the folder of its application, that it needs no role."""
    inside = module.path.removeprefix(f"{module.application}/") if module.application else module.path
    return any(part in _NAMES for part in inside.removesuffix(".py").removesuffix(".pyi").split("/"))
