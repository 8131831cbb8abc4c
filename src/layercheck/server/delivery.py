"""Bringing the client what is found: when it asks, or unasked if it does not know how to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pygls.lsp.server import LanguageServer

    from layercheck.server.inquiry import Shown

Diagnostics = list[types.Diagnostic]


class _File(NamedTuple):
    version: int | None
    """None for a file that is not open."""
    diagnostics: Diagnostics
    result_id: str


class Delivery:
    """What is true of every file, and what the client knows of it.

    A client that asks for the findings of a document does so when this document changes. It can only be right about the
    others if it can be asked to ask again; one that cannot is given the findings, like one that does not ask at all.
    Mistakes in configurations are always given: nobody asks for those of a file that is not open.
    """

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self.is_pulled = False
        """Whether the client asks."""
        self._files: dict[str, _File] = {}
        self._problems: Mapping[str, Diagnostics] = {}
        self._count = 0

    def choose(self, capabilities: types.ClientCapabilities) -> None:
        """Choose the way by what the client is capable of."""
        document, workspace = capabilities.text_document, capabilities.workspace
        can_ask = document is not None and document.diagnostic is not None
        refreshing = None if workspace is None else workspace.diagnostics
        self.is_pulled = can_ask and refreshing is not None and bool(refreshing.refresh_support)

    def update(
        self,
        shown: Iterable[Shown],
        closed: Mapping[str, Diagnostics],
        problems: Mapping[str, Diagnostics],
        edited: Collection[str],
    ) -> None:
        """Take in what is true now; the client asks by itself for the documents that were `edited`."""
        before = self._files
        self._files = {}
        for uri, diagnostics in closed.items():
            self._take(uri, None, diagnostics, before.get(uri))
        for each in shown:
            uri = each.document.uri
            diagnostics = [mark.diagnostic for mark in each.marks]
            self._take(uri, each.document.version, diagnostics, before.get(uri))
        gone = before.keys() - self._files.keys()
        moved = {uri for uri, file in self._files.items() if before.get(uri) != file}
        about_problems = {uri for uri in {*self._problems, *problems} if self._problems.get(uri) != problems.get(uri)}
        self._problems = dict(problems)
        if not self.is_pulled:
            self._publish(about_problems | gone | moved)
            return
        self._publish(about_problems)
        changed = {uri for uri in moved if uri not in before or before[uri].result_id != self._files[uri].result_id}
        # A file without findings is no news to who has not heard of it.
        news = {uri for uri in changed if uri in before or self._files[uri].diagnostics} | gone
        if news - set(edited):
            self._server.workspace_diagnostic_refresh(None)

    def report(self, uri: str, known: str | None) -> types.DocumentDiagnosticReport:
        """Answer for one document; `known` is the id of the result that the client has."""
        file = self._files.get(uri)
        if file is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        if file.result_id == known:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id=file.result_id)
        return types.RelatedFullDocumentDiagnosticReport(items=file.diagnostics, result_id=file.result_id)

    def report_all(self, known: Sequence[types.PreviousResultId]) -> types.WorkspaceDiagnosticReport:
        """Answer for all files."""
        ids = {each.uri: each.value for each in known}
        reports: list[types.WorkspaceDocumentDiagnosticReport] = []
        for uri, file in self._files.items():
            if file.result_id == ids.get(uri):
                reports.append(
                    types.WorkspaceUnchangedDocumentDiagnosticReport(
                        uri=uri, result_id=file.result_id, version=file.version
                    )
                )
            elif file.diagnostics or uri in ids:
                reports.append(
                    types.WorkspaceFullDocumentDiagnosticReport(
                        uri=uri, items=file.diagnostics, version=file.version, result_id=file.result_id
                    )
                )
        reports += [
            types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=[]) for uri in ids if uri not in self._files
        ]
        return types.WorkspaceDiagnosticReport(reports)

    def count(self) -> dict[types.DiagnosticSeverity, int]:
        """Count what is found, by severity."""
        counts = dict.fromkeys(types.DiagnosticSeverity, 0)
        for file in self._files.values():
            for each in file.diagnostics:
                if each.severity is not None:
                    counts[each.severity] += 1
        return counts

    def _take(self, uri: str, version: int | None, diagnostics: Diagnostics, before: _File | None) -> None:
        if before is None or before.diagnostics != diagnostics:
            self._count += 1
            result_id = str(self._count)
        else:
            result_id = before.result_id
        self._files[uri] = _File(version, diagnostics, result_id)

    def _publish(self, uris: Iterable[str]) -> None:
        for uri in sorted(uris):
            file = self._files.get(uri)
            found = [] if file is None or self.is_pulled else file.diagnostics
            self._server.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(
                    uri=uri,
                    version=None if file is None else file.version,
                    diagnostics=[*self._problems.get(uri, ()), *found],
                )
            )
