"""The program, as `layercheck` and as `python -m layercheck`."""

from __future__ import annotations

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
    code = _print_again()
    if code is None:
        from layercheck.resident.client import ask  # noqa: PLC0415  (see above)

        code = ask(sys.argv[1:])
    if code is None:
        from layercheck.cli.main import run  # noqa: PLC0415  (see above)

        code = run()
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  (contextlib would be imported)
            stream.flush()
        except OSError:
            pass
    # Everything is written; to take a million records apart one by one would be a tenth of the time.
    os._exit(code)


def _print_again() -> int | None:
    """Print what the last run printed and return its exit code, if nothing has changed since; None: it may have."""
    from layercheck.reprint.kept_output import find_output  # noqa: PLC0415  (see above)

    kept = find_output()
    if kept is None:
        return None
    output, code = kept
    try:
        sys.stdout.buffer.write(output)
        sys.stdout.flush()
    except OSError as error:
        from layercheck.cli.main import explain_os_error  # noqa: PLC0415  (hardly ever)

        return explain_os_error(error)
    return code


def _open_closed_streams() -> None:
    """Let the output go nowhere where the caller closed it (`>&-`): Python has no stream at all then."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  (open to the end)


def _forget_current_folder() -> None:
    """Undo what `python -m` does first: what lies in the current folder is there to be read, not to be imported."""
    try:
        here = os.getcwd()  # noqa: PTH109  (pathlib would be imported)
    except FileNotFoundError:
        return
    if not sys.flags.safe_path and sys.path[:1] == [here]:
        del sys.path[0]


if __name__ == "__main__":
    _forget_current_folder()
    main()
