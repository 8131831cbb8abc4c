"""The resident process: `python -m layercheck.resident`, which the first command that could use it starts."""

from __future__ import annotations

from layercheck.resident.runtime_folder import find_socket


def main() -> None:
    """Serve where there is a place for the socket."""
    path = find_socket()
    if path is not None:
        # Without such a place, it ends before it has loaded anything.
        from layercheck.resident.server import serve  # noqa: PLC0415

        serve(path)


if __name__ == "__main__":
    main()
