"""What is known of the place under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.server.hover import write_hover

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer


def register(server: LayercheckServer) -> None:
    """Answer what to show at a position."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        shown = await server.find_shown(params.text_document.uri)
        return None if shown is None else write_hover(shown, params.position)
