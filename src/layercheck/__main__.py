"""The program, as `layercheck` and as `python -m layercheck`."""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line and exit."""
    # One run makes many small records and drops none of them: looking for garbage would cost a fifth of its time.
    gc.disable()
    from layercheck.interrupts import end_at_once  # noqa: PLC0415  (keeps `import layercheck.__main__` free of everything)

    end_at_once()
    _open_closed_streams()
    from layercheck.resident.client import ask  # noqa: PLC0415  (see above)

    code = ask(sys.argv[1:])
    if code is None:
        from layercheck.cli.main import run  # noqa: PLC0415  (see above)

        code = run()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    # Everything is written; to take a million records apart one by one would be a tenth of the time.
    os._exit(code)


def _open_closed_streams() -> None:
    """Let the output go nowhere where the caller closed it (`>&-`): Python has no stream at all then."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  (open to the end)


def _forget_current_folder() -> None:
    """Undo what `python -m` does first: what lies in the current folder is there to be read, not to be imported."""
    with contextlib.suppress(FileNotFoundError):
        if not sys.flags.safe_path and sys.path[:1] == [os.getcwd()]:  # noqa: PTH109  (pathlib would be imported)
            del sys.path[0]


if __name__ == "__main__":
    _forget_current_folder()
    main()
