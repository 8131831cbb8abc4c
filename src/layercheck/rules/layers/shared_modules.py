"""Modules that the layers below theirs use more than anybody else: a role that is only likely says little of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck.model.module import Certainty

if TYPE_CHECKING:
    from layercheck.project.project import Project

_ENOUGH = 2


def find_shared(project: Project) -> set[str]:
    """Find the modules of which a role is only likely, and that mostly lower layers import."""
    below: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for importer, imported in project.suspects:
        if imported.certainty is Certainty.LIKELY and imported.application == importer.application:
            is_below = project.layers.is_above(imported.layer, importer.layer)
            (below if is_below else others)[imported.path] += importer.layer is not None
    return {path for path, many in below.items() if many >= _ENOUGH and many > others[path]}
