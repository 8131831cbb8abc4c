"""Showing the client a longer text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.server.diagnostics import uri_of

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer


class Pages:
    """Texts that the client opens, in a folder that lasts as long as the server."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def show(self, name: str, text: str) -> str:
        """Have the client open a text under a file name, or show it as a message; return it, for clients that do more."""
        window = self._server.client_capabilities.window
        if window is None or window.show_document is None or not window.show_document.support:
            self._server.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))
            return text
        path = self._write(name, text)
        await self._server.window_show_document_async(types.ShowDocumentParams(uri=uri_of(path), take_focus=True))
        return text

    def _write(self, name: str, text: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="layercheck-", ignore_cleanup_errors=True)
        path = Path(self._folder.name, name)
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
        return path

    def close(self) -> None:
        """Remove what was written."""
        if self._folder is not None:
            self._folder.cleanup()
