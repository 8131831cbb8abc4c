"""Entries of an interface, as contracts of the kind `public` list them: `api`, `models.User`, `create_*`, `/regex/`."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache
from typing import NamedTuple


class InterfaceEntry(NamedTuple):
    """What one entry lists; make it with `parse_entry`."""

    text: str
    expression: re.Pattern[str] | None
    """What the whole path must match; None where it is listed by name."""

    def lists(self, path: str) -> bool:
        """Return whether a path from the package (`models.User`) is listed; what is below a name is, unless it is hidden."""
        if self.expression is not None:
            return self.expression.fullmatch(path) is not None
        parts = path.split(".")
        depth = self.text.count(".") + 1
        if not fnmatch.fnmatchcase(".".join(parts[:depth]), self.text) or any(map(is_hidden, parts[depth:])):
            return False
        # A wildcard does not list what is hidden.
        return "*" not in self.text or not any(map(is_hidden, parts[:depth]))


def is_hidden(name: str) -> bool:
    """Return whether a name begins with an underscore that means "not for others"."""
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


@lru_cache(maxsize=1024)
def parse_entry(text: str) -> InterfaceEntry:
    """Read an entry. Raises ValueError with a sentence on what is wrong."""
    if not text.startswith("/"):
        return InterfaceEntry(text, None)
    if len(text) < 3 or not text.endswith("/"):
        raise ValueError(f"{text!r} is no regular expression: write it between two slashes, as in '/get_.*/'")
    try:
        return InterfaceEntry(text, re.compile(text[1:-1]))
    except re.error as error:
        raise ValueError(f"{text!r} is not a valid regular expression: {error}") from None
