"""What the client shows while a check takes long."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from layercheck.server.watched_source import Watch

_T = TypeVar("_T")
_LONG_S = 0.5
"""So long nobody minds to wait."""
_STEP_S = 0.2


async def follow(server: LanguageServer, watch: Watch, work: asyncio.Future[_T]) -> _T:
    """Wait for the end of some work, show how far it is if it takes long, and end it if the user says so.

    Raises what the work raises.
    """
    await asyncio.wait([work], timeout=_LONG_S)
    window = server.client_capabilities.window
    if work.done() or window is None or not window.work_done_progress:
        return await work
    token = str(uuid.uuid4())
    progress = server.work_done_progress
    await progress.create_async(token)
    begin = types.WorkDoneProgressBegin("layercheck", cancellable=True, message="reading files", percentage=0)
    progress.begin(token, begin)
    try:
        while not work.done():
            await asyncio.wait([work], timeout=_STEP_S)
            watch.is_cancelled = watch.is_cancelled or progress.tokens[token].cancelled()
            read, files = len(watch.read), max(watch.files, 1)
            message = f"{min(read, files):,} of {files:,} files"
            share = min(100 * read // files, 99)
            progress.report(token, types.WorkDoneProgressReport(message=message, percentage=share, cancellable=True))
    finally:
        progress.end(token, types.WorkDoneProgressEnd())
        del progress.tokens[token]
    return await work
