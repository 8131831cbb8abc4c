"""Show the role of every module of a project, with certainty and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.roles.listing import list_as_text

if TYPE_CHECKING:
    from layercheck.server.checker import Checker
    from layercheck.server.language_server import LayercheckServer

NAME = "layercheck.showRoles"


async def run(server: LayercheckServer, *_: object) -> str:
    """Show the roles in all projects of the open documents, and of the workspace if it is checked."""
    await server.schedule.settle()
    return await server.pages.show("roles.txt", await server.work(_list))


def _list(checker: Checker) -> str:
    parts = []
    for target in checker.targets:
        modules = checker.open_project(target).modules
        parts.append(f"{target.root}\n\n{list_as_text(modules, '', is_folded=True)}")
    return "\n".join(parts) or "No project is open.\n"
