"""The program: which way the arguments are read, exit codes, and the handling of unexpected errors."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from layercheck.cli.messages import say
from layercheck.errors import ConfigurationError, LayercheckError
from layercheck.interrupts import raising
from layercheck.plurals import count
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.engine.checking import Checking

EXIT_CLEAN = 0
EXIT_NOT_CHECKED = 2
EXIT_OUR_BUG = 3
EXIT_INTERRUPTED = 130
EXIT_NOBODY_READS = 141

# Errors of a file system that is full.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def run(arguments: Sequence[str] | None = None, checking: Checking | None = None) -> int:
    """Run one command and return its exit code: 0 clean, 1 findings, 2 could not check, 3 internal error.

    `checking` is for a process that runs more than one.
    """
    try:
        with raising():
            return _run(sys.argv[1:] if arguments is None else arguments, checking)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except LayercheckError as error:
        _explain(error)
        return EXIT_NOT_CHECKED
    except OSError as error:
        return explain_os_error(error)
    except Exception:  # noqa: BLE001  (no user should see a bare traceback)
        _apologise()
        return EXIT_OUR_BUG


def _run(arguments: Sequence[str], checking: Checking | None) -> int:
    if arguments[:1] == ["check"] and checking is None:
        from layercheck.cli.plain_arguments import read_plainly  # noqa: PLC0415  (for nobody else)

        request = read_plainly(arguments[1:])
        if request is not None:
            from layercheck.cli.check import check_projects  # noqa: PLC0415  (see above)

            return check_projects(request)
    # click takes longer to import than a small project to check.
    from layercheck.cli.command_group import run_command  # noqa: PLC0415

    return run_command(arguments, checking)


def explain_os_error(error: OSError) -> int:
    """Explain an error that is being handled, if it is one of the output, and return the exit code."""
    if isinstance(error, BrokenPipeError):
        discard_output()
        return EXIT_NOBODY_READS
    if error.errno not in _FULL:
        _apologise()
        return EXIT_OUR_BUG
    discard_output()
    _explain(LayercheckError(f"the output cannot be written: {error.strerror}"))
    return EXIT_NOT_CHECKED


def discard_output() -> None:
    """Redirect stdout to nowhere, so that the flush at interpreter exit does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(error: LayercheckError) -> None:
    if isinstance(error, ConfigurationError):
        say(f"layercheck: {count(len(error.problems), 'mistake')} in the configuration")
        for problem in error.problems:
            say(str(problem))
    else:
        say(f"layercheck: {error}")


def _apologise() -> None:
    import traceback  # noqa: PLC0415  (only needed here)

    where = "https://github.com/layercheck/layercheck/issues"
    say(f"layercheck {__version__} failed: this is a bug in layercheck, not in your code.")
    say(f"Please report it at {where} and include these lines:\n")
    say(f"Python {sys.version.split()[0]} on {sys.platform}: {' '.join(sys.argv)}")
    say("".join(traceback.format_exc()))
