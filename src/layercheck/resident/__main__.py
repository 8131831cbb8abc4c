"""The resident process: `python -m layercheck.resident`, which the first command that could use it starts."""

from __future__ import annotations

from layercheck.resident.runtime_folder import find_socket
from layercheck.resident.server import serve

if __name__ == "__main__":
    path = find_socket()
    if path is not None:
        serve(path)
