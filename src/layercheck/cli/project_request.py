"""The record of what a command that reads a project was given; it can be made without click."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from layercheck.facts.cache_folder import FOLDER_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.engine.project_target import ProjectTarget

STANDARD_INPUT = STANDARD_OUTPUT = Path("-")
"""How users name them among files."""


class ProjectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of a command that reads a project: `config_option`, `plugins_option` and `cache_options`."""

    config: Path | None
    with_plugins: bool
    cache_dir: Path | None
    no_cache: bool

    def choose_cache_folder(self, target: ProjectTarget, targets: Sequence[ProjectTarget] = ()) -> Path | None:
        """Choose where to keep the cache of a project, one of `targets`; None for no cache."""
        if self.no_cache:
            return None
        if self.cache_dir is None:
            return target.root / FOLDER_NAME
        top = os.path.commonpath([each.root for each in targets or [target]])
        return self.cache_dir / target.root.relative_to(top)
