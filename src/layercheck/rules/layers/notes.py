"""Sentences that several layer rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.model.module import Module
    from layercheck.project.project import Project


def allowed_note(project: Project, importer: Module) -> str:
    """Say what a module may import from where it stands."""
    layer = importer.layer or "it"
    allowed = project.layers.allowed_from(layer, project.present_layers(importer.application))
    names = ", ".join((*allowed, "modules without a layer"))
    return f"allowed: `{layer}` may import {names}"
