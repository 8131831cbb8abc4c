"""The legal routes that a format may ask for; who does not ask pays nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layercheck.cli.check_request import CheckRequest
    from layercheck.cli.check_run import Checked
    from layercheck.commands.explain.routes_in_reports import RouteFinder
    from layercheck.engine.build import OpenedProject
    from layercheck.engine.checking import Checking
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.rule.render_context import LegalRoute


def prepare_route_search(
    checked: Checked, targets: Sequence[ProjectTarget], request: CheckRequest
) -> Callable[[Finding], Sequence[LegalRoute]]:
    """Make the function that finds the legal routes for a finding of a report."""

    @cache
    def open_finder() -> RouteFinder:
        from layercheck.commands.explain.routes_in_reports import RouteFinder  # noqa: PLC0415  (builds the project)
        from layercheck.engine.options import CheckOptions  # noqa: PLC0415  (see above)

        checking = _choose_checking(request)

        def open_project(target: ProjectTarget, texts: Mapping[str, bytes]) -> OpenedProject:
            how = CheckOptions(cache_folder=request.choose_cache_folder(target, targets))
            return checking.open(target, how, texts)

        return RouteFinder(checked.root, targets, checked.texts, open_project)

    return lambda finding: open_finder().find(finding)


def _choose_checking(request: CheckRequest) -> Checking:
    if request.stdin_filename is None:
        from layercheck.engine.checking import Checking  # noqa: PLC0415  (see above)

        # Whoever keeps projects has not seen what others have just checked.
        return Checking()
    from layercheck.cli.kept_checking import find_checking  # noqa: PLC0415  (imports click)

    return find_checking()
