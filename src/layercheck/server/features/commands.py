"""Commands that a client can have executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from layercheck.errors import LayercheckError
from layercheck.server.commands import add_to_baseline, check_workspace, debug_information, explain, show_roles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from layercheck.server.language_server import LayercheckServer

_COMMANDS = (add_to_baseline, check_workspace, debug_information, explain, show_roles)


def register(server: LayercheckServer) -> None:
    """Execute every command; what the user did wrong is a message."""
    for command in _COMMANDS:
        server.command(command.NAME)(_guard(server, command.run))


def _guard(server: LayercheckServer, run: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def execute(*arguments: Any) -> Any:
        try:
            return await run(server, *arguments)
        except LayercheckError as error:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"layercheck: {error}"))
            return None

    return execute
