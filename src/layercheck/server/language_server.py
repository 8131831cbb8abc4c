"""The server: what the client has open, when it is checked, and what is known of it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from layercheck.errors import UsageError
from layercheck.server.delivery import Delivery
from layercheck.server.document import Document
from layercheck.server.inquiry import Inquiry
from layercheck.server.pages import Pages
from layercheck.server.progress import follow
from layercheck.server.schedule import Schedule
from layercheck.server.watched_source import CheckCancelled, Watch
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from layercheck.server.checker import Checker
    from layercheck.server.inquiry import Outcome, Shown

_T = TypeVar("_T")


class LayercheckServer(LanguageServer):
    """The server, and what the client was last told."""

    def __init__(self) -> None:
        # Whole texts: pygls applies partial changes to lines that end at form feeds as well.
        super().__init__("layercheck", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.schedule = Schedule(self._check)
        self.delivery = Delivery(self)
        self.pages = Pages(self)
        self.client: types.ClientInfo | None = None
        """Who the client says that it is."""
        self.with_plugins = False
        """Whether code of the projects may run."""
        self.is_whole = False
        """Whether all of the workspace is checked, not only the projects of open documents."""
        self._checker: Checker | None = None
        self._watch = Watch()
        self._worker = ThreadPoolExecutor(1)
        self._changed: set[str] | None = set()
        """The documents that changed since the last check; None: anything may have."""
        self._shown: dict[str, Shown] = {}
        self._outcome: Outcome | None = None

    def trust(self, options: Any) -> None:
        """Take from the initialization options whether code of the projects may run."""
        self.with_plugins = isinstance(options, dict) and options.get("trusted") is True

    def note_change(self, uri: str, delay_s: float) -> None:
        """Check soon, as a document has changed."""
        if self._changed is not None:
            self._changed.add(uri)
        self.schedule.ask(delay_s)

    def note_changes(self) -> None:
        """Check soon, as anything may have changed."""
        self._changed = None
        self.schedule.ask(0)

    def widen(self) -> None:
        """Check all of the workspace from now on."""
        if not self.is_whole:
            self.is_whole = True
            self.schedule.ask(0)

    def forget(self, uri: str) -> None:
        """Take back what was said of a document that is closed."""
        if self._shown.pop(uri, None) is not None:
            self._deliver(())

    @property
    def folders(self) -> list[Path]:
        """The folders of the workspace."""
        root = self.workspace.root_uri
        uris = [*self.workspace.folders] or ([root] if root else [])
        return [Path(path) for uri in uris if (path := to_fs_path(uri))]

    async def find_shown(self, uri: str) -> Shown | None:
        """Find what is true of a document as it is now; None where that is not known."""
        await self.schedule.settle()
        shown = self._shown.get(uri)
        document = self.workspace.text_documents.get(uri)
        # Places in a text with a syntax error may be those of its last state without one.
        is_exact = shown is not None and document is not None and shown.document.text == document.source
        return shown if is_exact and shown is not None and not shown.is_broken else None

    async def require_shown(self, uri: object) -> Shown:
        """Find the same for a command that is about a document of a project. Raises UsageError."""
        shown = await self.find_shown(str(uri))
        if shown is None or shown.target is None:
            raise UsageError("open a file of a project first, without syntax errors")
        return shown

    async def work(self, job: Callable[[Checker], _T]) -> _T:
        """Do something with what is known of the projects, in the thread that checks them."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, job, self._get_checker())

    def _get_checker(self) -> Checker:
        if self._checker is None:
            # The client is answered before the engine is loaded.
            from layercheck.server.checker import Checker  # noqa: PLC0415

            self._checker = Checker(self.workspace.position_codec, self._watch, with_plugins=self.with_plugins)
        return self._checker

    async def _check(self) -> None:
        changed, self._changed = self._changed, set()
        inquiry = Inquiry(self._list_documents(), self.folders, changed, self.is_whole)
        self._watch.begin()
        work = asyncio.ensure_future(self.work(lambda checker: checker.check(inquiry)))
        try:
            outcome = await follow(self, self._watch, work)
        except CheckCancelled:
            # Whatever is asked for next needs all that was not looked at.
            self._changed = None
            return
        uris = self.workspace.text_documents.keys()
        self._shown |= {shown.document.uri: shown for shown in outcome.shown if shown.document.uri in uris}
        messages = () if self._outcome is None else self._outcome.messages
        for message in outcome.messages:
            if message not in messages:
                self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))
        self._outcome = outcome
        self._deliver(() if changed is None else changed)
        self._warming = asyncio.ensure_future(self.work(lambda checker: checker.warm_up()))
        if changed is None and self._refreshes_lenses:
            self.workspace_code_lens_refresh(None)

    @property
    def _refreshes_lenses(self) -> bool:
        workspace = self.client_capabilities.workspace
        lens = None if workspace is None else workspace.code_lens
        return lens is not None and bool(lens.refresh_support)

    def _deliver(self, edited: set[str] | tuple[()]) -> None:
        if self._outcome is not None:
            self.delivery.update(self._shown.values(), self._outcome.closed, self._outcome.problems, edited)

    def _list_documents(self) -> list[Document]:
        return [
            Document(uri, Path(path), document.version, document.source)
            for uri, document in self.workspace.text_documents.items()
            if uri.startswith("file:") and (path := to_fs_path(uri))
        ]
