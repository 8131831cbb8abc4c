"""What can be done about a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.server.actions import FIX_ALL, list_actions

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer


def register(server: LayercheckServer) -> None:
    """Answer what can be done in a range."""
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        shown = await server.find_shown(params.text_document.uri)
        only = (
            None if params.context.only is None else [str(getattr(kind, "value", kind)) for kind in params.context.only]
        )
        return [] if shown is None else list_actions(shown, params.range, only, server.workspace.position_codec)
