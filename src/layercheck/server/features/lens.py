"""What is above the first line of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.server.commands import explain
from layercheck.server.module_lens import describe_module

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer


def register(server: LayercheckServer) -> None:
    """Answer with one line about the module; a click explains it."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        await server.schedule.rest()
        shown = await server.find_shown(params.text_document.uri)
        if shown is None or shown.target is None or not shown.document.is_python:
            return []
        target = shown.target
        title = await server.work(
            lambda checker: describe_module(checker.open_project(target), shown.path, shown.accepted)
        )
        if title is None:
            return []
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        return [types.CodeLens(start, types.Command(title, explain.NAME, arguments=[params.text_document.uri]))]
