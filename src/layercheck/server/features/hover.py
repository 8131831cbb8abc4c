"""What is known of the place under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.server.hover import write_hover
from layercheck.server.import_hover import list_imports

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer


def register(server: LayercheckServer) -> None:
    """Answer what to show at a position: findings, and where an import leads."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        shown = await server.find_shown(params.text_document.uri)
        if shown is None:
            return None
        here = types.Range(params.position, params.position)
        imports: list[tuple[types.Range, str]] = []
        target = shown.target
        if target is not None and shown.document.is_python:
            codec, text = server.workspace.position_codec, shown.document.text
            imports = await server.work(
                lambda checker: [*list_imports(checker.open_project(target), shown.path, text, here, codec)]
            )
        return write_hover(shown, here, imports)
