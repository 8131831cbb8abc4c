"""The protocol: what the client says, and what it is told."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from layercheck.server.actions import FIX_ALL, list_actions
from layercheck.server.checker import Checker
from layercheck.server.document import Document
from layercheck.server.hover import write_hover
from layercheck.server.schedule import Schedule
from layercheck.version import __version__

if TYPE_CHECKING:
    from typing import BinaryIO

    from layercheck.server.checker import Outcome, Shown

_QUIET_S = 0.15
"""So long nobody must have typed."""
_WATCHED = (
    "**/*.{py,pyi}",
    "**/{pyproject,layercheck,.layercheck}.toml",
    "**/{layercheck-baseline.txt,.gitignore}",
)


class LayercheckServer(LanguageServer):
    """The server, and what the client was last told."""

    def __init__(self) -> None:
        # Whole texts: pygls applies partial changes to lines that end at form feeds as well.
        super().__init__("layercheck", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.schedule = Schedule(self._check)
        self._with_plugins = False
        self._checker: Checker | None = None
        self._worker = ThreadPoolExecutor(1)
        self._changed: set[str] | None = set()
        """The documents that changed since the last check; None: anything may have."""
        self._shown: dict[str, Shown] = {}
        self._problems: dict[str, list[types.Diagnostic]] = {}
        self._messages: tuple[str, ...] = ()

    def trust(self, options: Any) -> None:
        """Take from the initialization options whether code of the projects may run."""
        self._with_plugins = isinstance(options, dict) and options.get("trusted") is True

    def note_change(self, uri: str, delay_s: float) -> None:
        """Check soon, as a document has changed."""
        if self._changed is not None:
            self._changed.add(uri)
        self.schedule.ask(delay_s)

    def note_changes(self) -> None:
        """Check soon, as anything may have changed."""
        self._changed = None
        self.schedule.ask(0)

    def forget(self, uri: str) -> None:
        """Take back what was told of a document that is closed."""
        if self._shown.pop(uri, None) is not None:
            self._publish(uri)

    async def find_shown(self, uri: str) -> Shown | None:
        """Find what is true of a document as it is now; None where that is not known."""
        await self.schedule.settle()
        shown = self._shown.get(uri)
        document = self.workspace.text_documents.get(uri)
        # Places in a text with a syntax error may be those of its last state without one.
        is_exact = shown is not None and document is not None and shown.document.text == document.source
        return shown if is_exact and shown is not None and not shown.is_broken else None

    async def _check(self) -> None:
        changed, self._changed = self._changed, set()
        if self._checker is None:
            self._checker = Checker(self.workspace.position_codec, with_plugins=self._with_plugins)
        folders = [Path(path) for uri in self._folder_uris() if (path := to_fs_path(uri))]
        loop = asyncio.get_running_loop()
        outcome = await loop.run_in_executor(
            self._worker, self._checker.check, self._list_documents(), folders, changed
        )
        self._show(outcome)

    def _folder_uris(self) -> list[str]:
        root = self.workspace.root_uri
        return [*self.workspace.folders] or ([root] if root else [])

    def _list_documents(self) -> list[Document]:
        return [
            Document(uri, Path(path), document.version, document.source)
            for uri, document in self.workspace.text_documents.items()
            if uri.startswith("file:") and (path := to_fs_path(uri))
        ]

    def _show(self, outcome: Outcome) -> None:
        uris = {shown.document.uri for shown in outcome.shown if shown.document.uri in self.workspace.text_documents}
        self._shown |= {shown.document.uri: shown for shown in outcome.shown if shown.document.uri in uris}
        about_problems = self._problems.keys() | outcome.problems.keys()
        self._problems = outcome.problems
        for uri in sorted(uris | about_problems):
            self._publish(uri)
        for message in outcome.messages:
            if message not in self._messages:
                self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))
        self._messages = outcome.messages

    def _publish(self, uri: str) -> None:
        shown = self._shown.get(uri)
        marks = () if shown is None else shown.marks
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri=uri,
                version=None if shown is None else shown.document.version,
                diagnostics=[*self._problems.get(uri, ()), *(mark.diagnostic for mark in marks)],
            )
        )


def serve(reader: BinaryIO, writer: BinaryIO) -> None:
    """Speak with one client until it says that it is over."""
    make_server().start_io(reader, writer)


def make_server() -> LayercheckServer:
    """Make a server that knows what to do with every message."""
    server = LayercheckServer()
    _heed_documents(server)
    _heed_the_workspace(server)
    _answer(server)
    return server


def _heed_documents(server: LayercheckServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.note_change(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.note_change(params.text_document.uri, _QUIET_S)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_: types.DidSaveTextDocumentParams) -> None:
        server.note_changes()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)
        server.note_changes()


def _heed_the_workspace(server: LayercheckServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.trust(params.initialization_options)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = None if workspace is None else workspace.did_change_watched_files
        if watching is None or not watching.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(_: types.DidChangeWatchedFilesParams) -> None:
        server.note_changes()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_workspace_folders(_: types.DidChangeWorkspaceFoldersParams) -> None:
        server.note_changes()


def _answer(server: LayercheckServer) -> None:
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        shown = await server.find_shown(params.text_document.uri)
        only = (
            None if params.context.only is None else [str(getattr(kind, "value", kind)) for kind in params.context.only]
        )
        return [] if shown is None else list_actions(shown, params.range, only, server.workspace.position_codec)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        shown = await server.find_shown(params.text_document.uri)
        return None if shown is None else write_hover(shown, params.position)
