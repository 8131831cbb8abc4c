"""Findings for clients that ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer

_OPTIONS = types.DiagnosticOptions(
    inter_file_dependencies=True, workspace_diagnostics=True, identifier="layercheck", work_done_progress=False
)


def register(server: LayercheckServer) -> None:
    """Answer what is found in a document, and in the workspace."""

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, _OPTIONS)
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        await server.schedule.rest()
        return server.delivery.report(params.text_document.uri, params.previous_result_id)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        server.widen()
        await server.schedule.rest()
        return server.delivery.report_all(params.previous_result_ids)
