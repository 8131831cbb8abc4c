"""An editor, as far as the server can tell: a client over the streams of a real process."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.running import clean_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self, TypeVar

    T = TypeVar("T")

_PATIENCE_S = 30


class Editor:
    """Starts a server, opens and changes texts, and keeps what it is told of them."""

    def __init__(
        self,
        *folders: Path,
        options: object = None,
        encodings: Sequence[types.PositionEncodingKind] = (),
        environment: Mapping[str, str] | None = None,
        pulls: bool = False,
        refreshes: bool = True,
        progress: bool = False,
        lazy: bool = False,
    ) -> None:
        """`pulls` and `refreshes` say whether it asks for findings, and can be asked to ask again."""
        self._capabilities = make_capabilities(
            encodings, pulls=pulls, refreshes=refreshes, progress=progress, lazy=lazy
        )
        self._folders = folders
        self._options = options
        self._environment = {**clean_environment(), **(environment or {})}
        self._loop = asyncio.new_event_loop()
        self._versions: dict[Path, int] = {}
        self._texts: dict[Path, str] = {}
        self._published: dict[str, list[types.Diagnostic]] = {}
        self._came = asyncio.Event()
        self.counts: dict[str, int] = {}
        """How often something was told of each document."""
        self.messages: list[str] = []
        self.client = LanguageClient("editor", "1")
        # lsprotocol takes an action that has a command for a command.
        self.client.protocol._converter.register_structure_hook(
            types.Command | types.CodeAction, self._structure_action
        )
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._take(params))  # noqa: PLW0108  (pygls leaves a mark on it)
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.popups.append(params.message))
        self.popups: list[str] = []
        """What was shown to the user."""
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda params: self.messages.append(params.message))
        self.client.feature(types.CLIENT_REGISTER_CAPABILITY)(
            lambda params: self.registrations.extend(params.registrations)
        )
        self.client.feature(types.WORKSPACE_DIAGNOSTIC_REFRESH)(lambda _: self._note_refresh())
        self.client.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)(lambda _: None)
        self.client.feature(types.PROGRESS)(lambda params: self._take_progress(params))  # noqa: PLW0108  (see above)
        self.registrations: list[types.Registration] = []
        self.client.feature(types.WORKSPACE_CODE_LENS_REFRESH)(lambda _: self._note_lens_refresh())
        self.lens_refreshes = 0
        self.refreshes = 0
        """How often it was asked to ask again."""
        self.progress: list[Any] = []
        """What was told of long work."""
        self.server = types.ServerCapabilities()
        """What the server says that it can do."""
        self.cancels = False
        """Whether it cancels long work."""

    def __enter__(self) -> Self:
        self._run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._stop())
        self._loop.close()

    def open(self, path: Path, text: str | None = None) -> None:
        self._versions[path], self._texts[path] = 1, path.read_text() if text is None else text
        item = types.TextDocumentItem(path.as_uri(), "python", 1, self._texts[path])
        self._do(lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(item)))

    def change(self, path: Path, text: str) -> None:
        self._versions[path] += 1
        self._texts[path] = text
        document = types.VersionedTextDocumentIdentifier(uri=path.as_uri(), version=self._versions[path])
        params = types.DidChangeTextDocumentParams(document, [types.TextDocumentContentChangeWholeDocument(text)])
        self._do(lambda: self.client.text_document_did_change(params))

    def save(self, path: Path) -> None:
        path.write_text(self._texts[path])
        params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(path.as_uri()))
        self._do(lambda: self.client.text_document_did_save(params))

    def close(self, path: Path) -> None:
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(path.as_uri()))
        self._do(lambda: self.client.text_document_did_close(params))

    def tell_of_change_on_disk(self, path: Path) -> None:
        event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
        params = types.DidChangeWatchedFilesParams([event])
        self._do(lambda: self.client.workspace_did_change_watched_files(params))

    def wait(self, path: Path, *expected: str) -> list[types.Diagnostic]:
        """Wait until just these codes are told of a file (`-` where there is none), and give what is told."""

        async def until_told() -> list[types.Diagnostic]:
            while True:
                told = self._published.get(path.as_uri())
                if told is not None and sorted(str(each.code or "-") for each in told) == sorted(expected):
                    return told
                self._came.clear()
                await self._came.wait()

        try:
            return self._run(asyncio.wait_for(until_told(), _PATIENCE_S))
        except TimeoutError:
            told = self._published.get(path.as_uri())
            raise AssertionError(f"{path} has {told}, expected {expected}; {self.messages}") from None

    def told(self, path: Path) -> list[types.Diagnostic]:
        """What was told last, once the server has nothing more to say."""
        self.hover(path, 0, 0)
        return self._published.get(path.as_uri(), [])

    def actions(self, path: Path, place: types.Range, *only: str) -> list[types.CodeAction]:
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(path.as_uri()), place, types.CodeActionContext([], only=[*only] or None)
        )
        found = self._run(self.client.text_document_code_action_async(params))
        return [each for each in found or () if isinstance(each, types.CodeAction)]

    def action(self, path: Path, place: types.Range, title: str) -> types.CodeAction:
        """The one action with a title."""
        (found,) = (each for each in self.actions(path, place) if each.title == title)
        return found

    def resolve(self, action: types.CodeAction) -> types.CodeAction:
        return self._run(self.client.code_action_resolve_async(action))

    def execute(self, command: types.Command | str, *arguments: Any) -> Any:
        """Have a command executed, one that was offered or one by its name."""
        name = command if isinstance(command, str) else command.command
        given = [*arguments] if isinstance(command, str) else [*(command.arguments or ())]
        params = types.ExecuteCommandParams(name, arguments=given)
        return self._run(self.client.workspace_execute_command_async(params))

    def lenses(self, path: Path) -> list[types.CodeLens]:
        params = types.CodeLensParams(types.TextDocumentIdentifier(path.as_uri()))
        return [*(self._run(self.client.text_document_code_lens_async(params)) or ())]

    def apply(self, path: Path, action: types.CodeAction) -> str:
        """Change the text as the action says; columns must be code points or in ASCII lines."""
        assert action.edit is not None
        assert action.edit.changes is not None
        assert [*action.edit.changes] == [path.as_uri()]
        text = self._texts[path]
        lines = text.split("\n")
        starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
        for edit in sorted(action.edit.changes[path.as_uri()], key=lambda each: each.range.start, reverse=True):
            start, end = (starts[each.line] + each.character for each in (edit.range.start, edit.range.end))
            text = text[:start] + edit.new_text + text[end:]
        self.change(path, text)
        return text

    def pull(self, path: Path, known: str | None = None) -> Any:
        """Ask for the findings of a document."""
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(path.as_uri()), previous_result_id=known)
        return self._run(self.client.text_document_diagnostic_async(params))

    def pull_all(self, known: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Ask for the findings of all files, by the end of their URI; `known` are results by URI."""
        ids = [types.PreviousResultId(uri, value) for uri, value in (known or {}).items()]
        params = types.WorkspaceDiagnosticParams(previous_result_ids=ids)
        return {each.uri: each for each in self._run(self.client.workspace_diagnostic_async(params)).items}

    def hover(self, path: Path, line: int, character: int) -> str:
        params = types.HoverParams(types.TextDocumentIdentifier(path.as_uri()), types.Position(line, character))
        found = self._run(self.client.text_document_hover_async(params))
        assert found is None or isinstance(found.contents, types.MarkupContent)
        return "" if found is None else found.contents.value  # type: ignore[union-attr]  # see above

    def _take(self, params: types.PublishDiagnosticsParams) -> None:
        self._published[params.uri] = [*params.diagnostics]
        self.counts[params.uri] = self.counts.get(params.uri, 0) + 1
        self._came.set()

    def _structure_action(self, given: Any, _: type) -> types.Command | types.CodeAction:
        kind = types.Command if isinstance(given.get("command"), str) else types.CodeAction
        return self.client.protocol._converter.structure(given, kind)  # type: ignore[return-value]

    def _note_lens_refresh(self) -> None:
        self.lens_refreshes += 1

    def _note_refresh(self) -> None:
        self.refreshes += 1

    def _take_progress(self, params: types.ProgressParams) -> None:
        self.progress.append(params.value)
        if self.cancels:
            self.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(params.token))

    async def _start(self) -> None:
        await self.client.start_io(sys.executable, "-m", "layercheck", "server", "--stdio", env=self._environment)
        answer = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=self._capabilities,
                workspace_folders=[types.WorkspaceFolder(each.as_uri(), each.name) for each in self._folders],
                initialization_options=self._options,
                client_info=types.ClientInfo("editor", "1"),
            )
        )
        self.server = answer.capabilities
        self.client.initialized(types.InitializedParams())

    async def _stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]  # pygls is not all typed

    def _do(self, send: Callable[[], None]) -> None:
        async def in_loop() -> None:
            send()

        self._run(in_loop())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)


def make_capabilities(
    encodings: Sequence[types.PositionEncodingKind], *, pulls: bool, refreshes: bool, progress: bool, lazy: bool
) -> types.ClientCapabilities:
    """Put together what an editor says that it can do."""
    watched = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=refreshes)
    resolving = types.ClientCodeActionResolveOptions(properties=["edit"])
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            did_change_watched_files=watched,
            diagnostics=diagnostics,
            code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=refreshes),
        ),
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
            code_action=types.CodeActionClientCapabilities(data_support=True, resolve_support=resolving)
            if lazy
            else None,
        ),
        window=types.WindowClientCapabilities(work_done_progress=progress),
        general=types.GeneralClientCapabilities(position_encodings=[*encodings] or None),
    )
