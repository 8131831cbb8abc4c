"""The output formats: every module in `formats/` is one, under its own name.

A format offers `render(report: Report, context: RenderContext) -> str`. It is imported when it is used.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from layercheck.errors import UsageError
from layercheck.reporters import formats

if TYPE_CHECKING:
    from collections.abc import Callable

    from layercheck.report import Report
    from layercheck.reporters.context import RenderContext

    Renderer = Callable[[Report, RenderContext], str]


def list_formats() -> tuple[str, ...]:
    """List the names of all formats in alphabetical order; imports none of them."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


def load_format(name: str) -> Renderer:
    """Import the function that renders a report in the format of this name; raises UsageError where there is none."""
    if name not in list_formats():
        raise UsageError(f"there is no output format {name!r}, only {', '.join(list_formats())}")
    renderer: Renderer = importlib.import_module(f"{formats.__name__}.{name}").render
    return renderer
