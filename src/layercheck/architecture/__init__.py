"""Architecture as tests: what must hold of the modules of a project, said in a test function.

from layercheck.architecture import layers, modules


def test_services_know_nothing_of_the_api() -> None:
    modules("app.services").should_not_import("app.api")
"""

from __future__ import annotations

from layercheck.architecture.statements import Modules, Project, layers, modules

__all__ = ["Modules", "Project", "layers", "modules"]
