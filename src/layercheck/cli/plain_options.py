"""The options of `layercheck check` that are read without click. Made by docs/generate.py from those of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

OPTIONS: Mapping[str, tuple[str, str, Any]] = {
    "--add-ignore": ("add_ignore", "text", None),
    "--cache-dir": ("cache_dir", "folder", None),
    "--color": ("color", "choice", ("auto", "always", "never")),
    "--config": ("config", "path", None),
    "--exact": ("exact", "flag", True),
    "--extend-select": ("extend_select", "names", None),
    "--facts": ("facts", "texts", None),
    "--fail-on": ("fail_on", "choice", ("error", "warning", "info")),
    "--fix": ("fix", "flag", True),
    "--force-exclude": ("force_exclude", "flag", True),
    "--ignore": ("ignore", "names", None),
    "--no-cache": ("no_cache", "flag", True),
    "--no-ci": ("no_ci", "flag", True),
    "--no-plugins": ("with_plugins", "flag", False),
    "--output-format": ("output_format", "texts", None),
    "--quiet": ("quiet", "count", None),
    "--select": ("select", "names", None),
    "--show-files": ("show_files", "flag", True),
    "--since": ("since", "text", None),
    "--staged": ("staged", "flag", True),
    "--statistics": ("statistics", "flag", True),
    "--stdin-filename": ("stdin_filename", "path", None),
    "--timings": ("timings", "flag", True),
    "--unsafe-fixes": ("unsafe_fixes", "flag", True),
    "--verbose": ("verbose", "count", None),
    "--watch": ("watch", "flag", True),
    "-q": ("quiet", "count", None),
    "-v": ("verbose", "count", None),
}
"""By the word of the command line: the field of the request, how its value is read, and with what."""
DEFAULTS: Mapping[str, Any] = {
    "paths": (),
    "config": None,
    "with_plugins": True,
    "select": (),
    "extend_select": (),
    "ignore": (),
    "facts": (),
    "staged": False,
    "stdin_filename": None,
    "force_exclude": False,
    "exact": False,
    "show_files": False,
    "watch": False,
    "since": None,
    "fail_on": None,
    "add_ignore": None,
    "fix": False,
    "unsafe_fixes": False,
    "output_format": (),
    "output_file": None,
    "no_ci": False,
    "color": "auto",
    "statistics": False,
    "timings": False,
    "quiet": 0,
    "verbose": 0,
    "no_cache": False,
    "cache_dir": None,
}
"""What the request holds where nothing is given."""
