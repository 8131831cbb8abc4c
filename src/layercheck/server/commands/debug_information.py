"""Show what helps to find out why the server does what it does."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.server.checker import Checker
    from layercheck.server.language_server import LayercheckServer

NAME = "layercheck.debugInformation"


async def run(server: LayercheckServer, *_: object) -> str:
    """Show versions, the client, the projects and how they are checked."""
    await server.schedule.settle()
    lines = await server.work(lambda checker: [*_describe(server, checker)])
    return await server.pages.show("debug-information.txt", "\n".join([*lines, ""]))


def _describe(server: LayercheckServer, checker: Checker) -> Iterator[str]:
    client = server.client
    yield f"layercheck {__version__}, pygls {version('pygls')}, Python {platform.python_version()} ({sys.executable})"
    yield f"client: {'unknown' if client is None else ' '.join((client.name, client.version or ''))}".rstrip()
    yield f"positions: {_name(server.workspace.position_encoding)}"
    yield f"diagnostics: {'pull' if server.delivery.is_pulled else 'push'}"
    yield f"plugins: {'loaded' if server.with_plugins else 'not loaded, the workspace is not trusted'}"
    yield f"scope: {'the whole workspace' if server.is_whole else 'the projects of open files'}"
    yield f"open files: {len(server.workspace.text_documents)}"
    for folder in server.folders:
        yield f"folder: {folder}"
    for target in checker.targets:
        yield f"project: {target.root}, configuration: {target.loaded.path or 'none'}, rules: {len(target.plugins.rules)}"


def _name(encoding: object) -> str:
    return str(getattr(encoding, "value", encoding))
