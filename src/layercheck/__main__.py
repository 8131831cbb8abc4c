"""The program, as `layercheck` and as `python -m layercheck`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and exit."""
    # One run makes many small records and drops none of them: looking for garbage would cost a fifth of its time.
    gc.disable()
    from layercheck.cli.main import run  # noqa: PLC0415  (keeps `import layercheck.__main__` free of the command line)

    sys.exit(run())


if __name__ == "__main__":
    main()
