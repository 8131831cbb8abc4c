"""Add a finding to the baseline, which is written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from layercheck.server.checker import Checker
    from layercheck.server.inquiry import Shown
    from layercheck.server.language_server import LayercheckServer

NAME = "layercheck.addToBaseline"


async def run(
    server: LayercheckServer, uri: object = None, fingerprint: object = None, reason: object = "", *_: object
) -> str:
    """Accept the finding with this fingerprint in an open document; return the line of the baseline."""
    shown = await server.require_shown(uri)
    line = await server.work(lambda checker: _accept(checker, shown, str(fingerprint), str(reason)))
    server.note_changes()
    server.window_show_message(types.ShowMessageParams(types.MessageType.Info, f"layercheck: accepted {line}"))
    return line


def _accept(checker: Checker, shown: Shown, fingerprint: str, reason: str) -> str:
    # The server answers before it has loaded what only some of its commands need.
    from layercheck.server.acceptance import accept_finding  # noqa: PLC0415

    target = shown.get_target()
    return accept_finding(target, checker.find_project(target).source, fingerprint, reason)
