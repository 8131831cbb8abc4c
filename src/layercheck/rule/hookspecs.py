"""What a plugin may give to layercheck: rules, presets, output formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.model.report import Report
    from layercheck.rule.rule import Rule

PROJECT_NAME = "layercheck"
"""The name of the project for pluggy, and of the group of entry points."""

Renderer = Callable[["Report", Any], str]
"""Writes a report; the second argument is the `RenderContext`: where the sources are, how wide the terminal is."""

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)
"""Marks a function of a plugin that gives rules, presets or output formats to layercheck."""


@hookspec
def layercheck_rules() -> Iterable[type[Rule]]:
    """Return the rules of one rule set."""
    raise NotImplementedError


@hookspec
def layercheck_presets() -> Mapping[str, Mapping[str, Any]]:
    """Return configuration tables by the name that `preset` calls them by; they are laid over the default preset."""
    raise NotImplementedError


@hookspec
def layercheck_reporters() -> Mapping[str, Renderer]:
    """Return output formats by the name that `--output-format` calls them by."""
    raise NotImplementedError
