"""Check all projects of the workspace, and show the findings in files that are not open as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.plurals import count

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer

NAME = "layercheck.checkWorkspace"


async def run(server: LayercheckServer, *_: object) -> dict[str, int]:
    """Return the number of findings by severity."""
    server.widen()
    server.note_changes()
    await server.schedule.settle()
    counts = server.delivery.count()
    names = {
        "errors": types.DiagnosticSeverity.Error,
        "warnings": types.DiagnosticSeverity.Warning,
        "infos": types.DiagnosticSeverity.Information,
    }
    found = {name: counts[severity] for name, severity in names.items()}
    message = f"layercheck: {', '.join(count(number, name.removesuffix('s')) for name, number in found.items())}"
    server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))
    return found
