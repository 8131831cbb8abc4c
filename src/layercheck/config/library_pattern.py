"""What contracts call from outside the project: `sqlalchemy.orm`, `third-party`, `standard-library`."""

from __future__ import annotations

import sys

THIRD_PARTY = "third-party"
"""All libraries that do not come with Python."""
STANDARD_LIBRARY = "standard-library"
"""All that comes with Python."""
LIBRARY_WORDS = frozenset({THIRD_PARTY, STANDARD_LIBRARY})
"""The words for libraries."""


def means_library(text: str, name: str) -> bool:
    """Return whether a word, or the name of a library or of something in it, means what an import takes.

    `name` is written in full: `sqlalchemy.orm.Session`.
    """
    if text in LIBRARY_WORDS:
        return (name.partition(".")[0] in sys.stdlib_module_names) is (text == STANDARD_LIBRARY)
    return name == text or name.startswith(f"{text}.")
