"""The program, as `layercheck` and as `python -m layercheck`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit."""
    from layercheck.cli.main import run  # noqa: PLC0415  (keeps `import layercheck.__main__` free of the command line)

    sys.exit(run())


if __name__ == "__main__":
    main()
