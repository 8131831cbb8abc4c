"""The legal routes that a format may ask for; who does not ask pays nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layercheck.cli.check_run import Checked
    from layercheck.cli.shared_options import ProjectRequest
    from layercheck.commands.explain.routes_in_reports import RouteFinder
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.rule.render_context import LegalRoute


def prepare_route_search(
    checked: Checked, targets: Sequence[ProjectTarget], request: ProjectRequest
) -> Callable[[Finding], Sequence[LegalRoute]]:
    """Make the function that finds the legal routes for a finding of a report."""

    @cache
    def open_finder() -> RouteFinder:
        from layercheck.commands.explain.routes_in_reports import RouteFinder  # noqa: PLC0415  (builds the project)

        return RouteFinder(
            checked.root, targets, checked.texts, lambda target: request.choose_cache_folder(target, targets)
        )

    return lambda finding: open_finder().find(finding)
