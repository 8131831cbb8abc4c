"""The server with all that it answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from layercheck.server.features import actions, commands, documents, hover, lens, workspace
from layercheck.server.language_server import LayercheckServer

if TYPE_CHECKING:
    from typing import BinaryIO

_FEATURES = (documents, workspace, actions, hover, lens, commands)


def serve(reader: BinaryIO, writer: BinaryIO) -> None:
    """Speak with one client until it says that it is over."""
    # What pygls warns of is no trouble: clients that cancel what is answered already, above all.
    logging.getLogger("pygls").setLevel(logging.ERROR)
    make_server().start_io(reader, writer)


def make_server() -> LayercheckServer:
    """Make a server that knows what to do with every message."""
    server = LayercheckServer()
    for feature in _FEATURES:
        feature.register(server)
    return server
