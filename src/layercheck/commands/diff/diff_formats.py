"""The output formats of `layercheck diff`: every module in `formats/` is one, under its own name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from layercheck.commands.diff import formats
from layercheck.submodules import list_submodules

if TYPE_CHECKING:
    from collections.abc import Callable

    from layercheck.commands.diff.change import Change
    from layercheck.rule.render_context import RenderContext

    Renderer = Callable[[Change, RenderContext], str]


def list_diff_formats() -> tuple[str, ...]:
    """List the names of all formats in alphabetical order; imports none of them."""
    return tuple(list_submodules(formats.__path__))


def load_diff_format(name: str) -> Renderer:
    """Import the function that renders a change in one of the listed formats."""
    renderer: Renderer = importlib.import_module(f"{formats.__name__}.{name}").render
    return renderer
