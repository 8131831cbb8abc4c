"""What can be done about a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.server.actions import FIX_ALL, find_document, list_actions, resolve_action

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer

_OPTIONS = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True)


def register(server: LayercheckServer) -> None:
    """Answer what can be done in a range, and how."""

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _OPTIONS)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        shown = await server.find_shown(params.text_document.uri)
        only = (
            None if params.context.only is None else [str(getattr(kind, "value", kind)) for kind in params.context.only]
        )
        if shown is None:
            return []
        lazy = _resolves_edits(server.client_capabilities)
        return list_actions(shown, params.range, only, server.workspace.position_codec, lazy=lazy)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        uri = find_document(action)
        shown = None if uri is None else await server.find_shown(uri)
        return action if shown is None else resolve_action(shown, action, server.workspace.position_codec)


def _resolves_edits(capabilities: types.ClientCapabilities) -> bool:
    document = capabilities.text_document
    action = None if document is None else document.code_action
    resolving = None if action is None else action.resolve_support
    return action is not None and bool(action.data_support) and resolving is not None and "edit" in resolving.properties
