"""What to say when the code of a plugin fails: its own error and the place, never a traceback."""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from layercheck.errors import PluginError
from layercheck.model.failure import Failure
from layercheck.trusted_code.containment import contained
from layercheck.trusted_code.raised import CAUGHT, summarise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from layercheck.plugins.plugin import Origin
    from layercheck.rule.rule import Rule

_ISSUES = "https://github.com/layercheck/layercheck/issues"
_LOADER = os.path.dirname(__file__)  # noqa: PTH120  (frames name their files as strings)


@contextmanager
def blaming(origin: Origin, what: str) -> Iterator[None]:
    """Turn whatever foreign code raises into a PluginError; `what` reads after the plugin's name: "cannot be imported"."""
    try:
        with nullcontext() if origin.is_builtin else contained():
            yield
    except PluginError:
        raise
    except CAUGHT as error:
        path, line = find_place(error, origin.home)
        place = f" ({_show(path)}:{line})" if path else ""
        raise PluginError(f"the plugin {origin.label} {what}: {summarise(error)}{place}. {origin.remedy}") from error


def plugin_error(origin: Origin, what: str) -> PluginError:
    """Make the error that says what is wrong with a plugin; `what` reads after its name, without a full stop."""
    return PluginError(f"the plugin {origin.label} {what}. {origin.remedy}")


def describe_failure(rule: type[Rule] | Rule, origin: Origin, error: BaseException, root: str = "") -> Failure:
    """Describe a rule that raised; paths below `root` are told relative to it."""
    path, line = find_place(error, origin.home)
    if root and path.startswith(os.path.join(root, "")):  # noqa: PTH118  (adds the separator)
        path = path[len(root) :].lstrip(os.sep).replace(os.sep, "/")
    return Failure(
        code=rule.code,
        name=rule.name,
        plugin=origin.label,
        message=summarise(error),
        path=path,
        line=line,
        remedy=f"It is a bug of ours: please report it at {_ISSUES}." if origin.is_builtin else origin.remedy,
    )


def find_place(error: BaseException, home: str) -> tuple[str, int]:
    """Find the file and line of the innermost frame below `home`; without one, the innermost there is of foreign code.

    The path is empty where there is none.
    """
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return error.filename, error.lineno
    places = [place for place in _walk(error.__traceback__) if not place[0].startswith((_LOADER, "<frozen"))]
    at_home = [place for place in places if _is_below(place[0], home)]
    return (at_home or places or [("", 0)])[-1]


def _walk(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno or 0
        traceback = traceback.tb_next


def _is_below(path: str, home: str) -> bool:
    return bool(home) and (path == home or path.startswith(os.path.join(home, "")))  # noqa: PTH118  (see above)


def _show(path: str) -> str:
    below = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118  (see above)
    return path.removeprefix(below)
