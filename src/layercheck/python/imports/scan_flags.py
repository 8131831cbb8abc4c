"""What the scan notes of a whole file, as bits that are added."""

from __future__ import annotations

DYNAMIC = 1
"""May import with a function call, so that only the exact reader knows its blind spots."""
COMMENT = 2
"""Names layercheck in a comment's way, so it may hold suppression comments, the misspelt ones too."""
EXPORTS = 4
"""Holds the text `__all__`."""
ODD = 8
"""Looks broken, so it is worth a parse even if nothing in it is suspect."""
NOQA = 16
"""Holds the text `noqa` with a code of ours, which are suppression comments where the configuration says so."""
LOGIC = 32
"""Holds functions, and is more than a few lines long: a test of its own would have something to test."""
TEST_FUNCTION = 64
"""Holds a function whose name says that it is a test."""
REPEATED = 128
"""Repeats an import statement so often that not all of it is read."""

CALLED = (
    *("import_module", "__import__", "import_string", "resolve_name", "exec", "eval"),
    *("module_from_spec", "load_source", "load_module"),
)
"""Functions that import."""
WITH_COMMON_NAMES = ("runpy", "pydoc", "lazy_loader", "machinery")
"""Modules with functions that import and are called like many others (`load`)."""
CALL_TRACES = (*CALLED, *WITH_COMMON_NAMES)
"""Without one of these words a file imports nothing by a call."""
