"""`layercheck check`: report the findings of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from layercheck.cli.check import check_projects
from layercheck.cli.check_request import CheckRequest
from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import OUTPUT, WHAT_TO_CHECK, WHAT_TO_REPORT, ExplainedCommand, option
from layercheck.cli.shared_options import (
    cache_options,
    color_option,
    config_option,
    exact_option,
    output_file_option,
    paths_argument,
    plugins_option,
    rules_option,
    timings_option,
    verbosity_options,
)
from layercheck.model.severity import Severity
from layercheck.reporters.registry import list_formats

_WHAT_TO_CHANGE = "What to change"


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck check", "Check the project around the current folder:"),
        ("layercheck check app --since main...", "Check one folder, and report only what this branch introduces:"),
    ),
)
@paths_argument
@config_option
@plugins_option
@rules_option(
    WHAT_TO_CHECK,
    "--select",
    what="Run only these rules: codes, prefixes or names. Separate several with commas.",
)
@rules_option(WHAT_TO_CHECK, "--extend-select", what="Run these rules in addition to the selected ones.")
@rules_option(WHAT_TO_CHECK, "--ignore", what="Do not run these rules.")
@option(
    WHAT_TO_CHECK,
    "--facts",
    multiple=True,
    metavar="PATTERN",
    help="Take what is known of the files from these parts, made by `layercheck facts`.",
)
@option(WHAT_TO_CHECK, "--staged", is_flag=True, help="Check the contents staged in git instead of the files on disk.")
@option(
    WHAT_TO_CHECK,
    "--stdin-filename",
    type=GivenPath(path_type=Path),
    metavar="FILE",
    help="Read standard input as the content of this file, and report only its findings.",
)
@option(WHAT_TO_CHECK, "--force-exclude", is_flag=True, help="Apply `exclude` to files named on the command line, too.")
@exact_option
@option(WHAT_TO_CHECK, "--show-files", is_flag=True, help="List the files that would be checked and exit.")
@option(WHAT_TO_CHECK, "--watch", is_flag=True, help="Check again after every change, until Ctrl-C.")
@option(
    WHAT_TO_REPORT,
    "--since",
    metavar="BASE",
    help="Report only findings introduced since this revision; `main...` means the merge base with main.",
)
@option(
    WHAT_TO_REPORT,
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    help="Exit with 1 if there is a finding of this severity or higher.  [default: `fail-on` in the configuration, or "
    "error]",
)
@option(
    _WHAT_TO_CHANGE,
    "--add-ignore",
    metavar="REASON",
    help="Add a suppression comment with this reason for every error and warning, then check again.",
)
@option(_WHAT_TO_CHANGE, "--fix", is_flag=True, help="Apply safe fixes, then check again.")
@option(
    _WHAT_TO_CHANGE,
    "--unsafe-fixes",
    is_flag=True,
    help="With --fix, also apply fixes that may change what the code does.",
)
@option(
    OUTPUT,
    "--output-format",
    multiple=True,
    metavar="NAME[=FILE]",
    help=f"Output format: {', '.join(list_formats())}. With =FILE, write it to a file. May be given several times.  "
    "[default: text]",
    shell_complete=lambda _context, _parameter, begun: [name for name in list_formats() if name.startswith(begun)],
)
@output_file_option
@option(OUTPUT, "--no-ci", is_flag=True, help="Do not add the output format of the CI server.")
@color_option
@option(OUTPUT, "--statistics", is_flag=True, help="Print the number of findings of each rule.")
@timings_option("Print the time of each step to stderr.")
@verbosity_options(
    quiet="Print only the findings, without the summary.", verbose="Print every finding in full, without grouping."
)
@cache_options
def command(**options: Any) -> int:
    """Check a project and report every finding.

    PATHS are files or folders (default: the current folder). Only findings in PATHS are reported, but the whole project
    is always read. PATHS may belong to several projects; each one is checked with its own configuration. `-` means
    standard input, as the content of the file given by --stdin-filename.
    """
    return check_projects(CheckRequest(**options))
