"""`layercheck mcp`: a server for coding agents."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.shared_options import plugins_option
from layercheck.errors import UsageError


@click.command(
    cls=ExplainedCommand,
    examples=(("layercheck mcp", "Serve the project in the current folder:"),),
)
@click.argument("path", type=GivenPath(path_type=Path, exists=True, file_okay=False), default=Path())
@plugins_option
def command(path: Path, with_plugins: bool) -> int:
    """Answer the questions of coding agents.

    Speaks the Model Context Protocol over standard input and output, about the project in PATH, with four read-only
    tools: check, explain, where_does_it_go and legal_routes. Needs the extra `mcp`.
    """
    try:
        from layercheck.tool_server.mcp_server import make_server  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("mcp"):
            raise
        raise UsageError("`layercheck mcp` needs one more package: pip install 'layercheck[mcp]'") from error
    from layercheck.tool_server.tools import Tools  # noqa: PLC0415  (see above)

    # The program switches it off for the one run that most are; this one goes on for hours.
    gc.enable()
    make_server(Tools(path, with_plugins=with_plugins)).run("stdio")
    return 0
