"""The workspace: its beginning, its folders, and changes by other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.config.document import FILE_NAMES
from layercheck.files.discovery import BASELINE_NAME, SUFFIXES
from layercheck.server.features import diagnostics

if TYPE_CHECKING:
    from layercheck.server.language_server import LayercheckServer

_WATCHED = (
    f"**/*{{{','.join(SUFFIXES)}}}",
    f"**/{{{','.join(FILE_NAMES)}}}",
    f"**/{{{BASELINE_NAME},.gitignore}}",
)


def register(server: LayercheckServer) -> None:
    """Heed what becomes of the workspace."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.trust(params.initialization_options)
        server.client = params.client_info
        server.delivery.choose(params.capabilities)
        if server.delivery.is_pulled:
            # Others would take what they ask for as well as what they are given, and show it twice.
            diagnostics.register(server)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.pages.close()

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
