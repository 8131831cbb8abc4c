"""What keeps foreign code away from our output and our exit code while it runs."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn


@contextmanager
def contained() -> Iterator[None]:
    """Send what foreign code prints to stderr, and make of every way in which it ends the process an error of its own.

    Standard output holds the report, and exit codes 0 and 1 are verdicts.
    """
    end_process = os._exit
    os._exit = _refuse_to_exit
    try:
        with redirect_stdout(sys.stderr):
            yield
    except (Exception, SystemExit, KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        raise RuntimeError(f"{type(error).__name__}: {error}") from error
    finally:
        os._exit = end_process


def _refuse_to_exit(status: int) -> NoReturn:
    raise RuntimeError(f"os._exit({status}) would end layercheck")
