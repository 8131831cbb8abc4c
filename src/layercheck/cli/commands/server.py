"""`layercheck server`: the language server."""

from __future__ import annotations

import gc
import importlib.util
import os
import sys
from typing import TYPE_CHECKING

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.errors import UsageError

if TYPE_CHECKING:
    from typing import BinaryIO


@click.command(
    cls=ExplainedCommand,
    examples=(("layercheck server --stdio", "Start the server as an editor does:"),),
)
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it does anyway.")
def command(stdio: bool) -> int:  # noqa: ARG001  (some clients always give it)
    """Run a language server for editors.

    It speaks the Language Server Protocol over standard input and output: findings as you type, fixes, explanations.
    """
    if importlib.util.find_spec("pygls") is None:
        raise UsageError("`layercheck server` needs one more package: pip install 'layercheck[lsp]'")
    from layercheck.server.serving import serve  # noqa: PLC0415  (an extra)

    # The program switches it off for the one run that most are; this one goes on for hours.
    gc.enable()
    serve(*_take_streams())
    return 0


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep standard input and output for the protocol: whoever else reads them finds nothing, and prints to stderr."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return reader, writer
