"""Regular expressions that are compiled when they are searched for first: most runs need few of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, Generic, cast

if TYPE_CHECKING:
    from re import Pattern


def compile_later(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """Return what `re.compile` gives, at the cost of a record. A mistake in the pattern is raised by its first use."""
    return cast("Pattern[AnyStr]", _LaterPattern(pattern, flags))


class _LaterPattern(Generic[AnyStr]):
    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._made_of: tuple[AnyStr, int] = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._made_of)
        # What was asked for once is found at once from then on.
        value = self.__dict__[name] = getattr(compiled, name)
        return value
