"""The tools as an MCP server on standard input and output."""

from __future__ import annotations

import inspect
import threading
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from layercheck.config.suggestion import did_you_mean
from layercheck.errors import LayercheckError
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layercheck.tool_server.tools import Tools

P = ParamSpec("P")

_INSTRUCTIONS = (
    "layercheck knows the layers of this Python backend. Ask where new code goes before you write it, ask for the legal "
    "routes before you import another layer, and check afterwards. All tools are read-only."
)


def make_server(tools: Tools) -> MCPServer:
    """Make a server that offers the tools."""
    server = MCPServer("layercheck", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING")
    # The engine may change the current folder and split the process: one question at a time.
    turn = threading.Lock()
    offered = (tools.check, tools.explain, tools.where_does_it_go, tools.legal_routes)
    for tool in offered:
        server.add_tool(
            _guard(tool, turn),
            name=tool.__name__,
            description=inspect.getdoc(tool),
            annotations=ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False),
            structured_output=False,
        )
    _refuse_unknown_arguments(server, {tool.__name__: [*inspect.signature(tool).parameters] for tool in offered})
    return server


def _refuse_unknown_arguments(server: MCPServer, known: Mapping[str, Sequence[str]]) -> None:
    """Refuse arguments that a tool does not have: the library drops them, and a misspelt one would count for nothing."""
    call_tool = server.call_tool

    async def call_with_known(name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        for argument in arguments:
            if name in known and argument not in known[name]:
                guess = did_you_mean(argument, known[name]) or f"; it has {', '.join(known[name])}"
                raise ToolError(f"the tool {name!r} has no argument {argument!r}{guess}")
        return await call_tool(name, arguments, context)

    setattr(server, "call_tool", call_with_known)  # noqa: B010  (mypy lets nobody assign a method)


def _guard(tool: Callable[P, str], turn: threading.Lock) -> Callable[P, str]:
    @wraps(tool)
    def guarded(*arguments: P.args, **named: P.kwargs) -> str:
        try:
            with turn:
                return tool(*arguments, **named)
        except LayercheckError as error:
            raise ToolError(str(error)) from error

    return guarded
