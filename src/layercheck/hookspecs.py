"""What a plugin may give to layercheck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.rule import Rule

PROJECT_NAME = "layercheck"

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)


@hookspec
def layercheck_rules() -> Iterable[type[Rule]]:
    """Return the rules of one rule set."""
    raise NotImplementedError
