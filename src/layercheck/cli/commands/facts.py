"""`layercheck facts`: write down what is known of some files, for `layercheck check --facts`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import msgspec

from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import OUTPUT, WHAT_TO_CHECK, ExplainedCommand, option
from layercheck.cli.messages import say
from layercheck.cli.output_files import require_writable, write_bytes, write_stdout_bytes
from layercheck.cli.project_request import STANDARD_INPUT, STANDARD_OUTPUT
from layercheck.cli.shared_options import config_option, paths_argument, plugins_option
from layercheck.cli.standard_input import read_standard_input
from layercheck.errors import UsageError
from layercheck.regular_file import read_regular_file


class _Request(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    paths: tuple[Path, ...]
    files_from: Path | None
    config: Path | None
    with_plugins: bool
    output_file: Path


@click.command(
    cls=ExplainedCommand,
    examples=(("layercheck facts app/api -o api.facts", "Write down what is known of one folder:"),),
)
@paths_argument
@option(
    WHAT_TO_CHECK,
    "--files-from",
    type=GivenPath(path_type=Path),
    metavar="FILE",
    help="Read further PATHS from this file, one per line; `-` means standard input.",
)
@config_option
@plugins_option
@option(
    OUTPUT,
    "-o",
    "--output-file",
    type=GivenPath(path_type=Path),
    required=True,
    help="Write the part to this file; `-` means stdout.",
)
def command(**options: Any) -> int:
    """Write what is known of some files, for check --facts.

    PATHS are files or folders of one project (default: the current folder). The part that is written depends on the
    contents of these files, on the configuration and on the version of layercheck: a build tool can make it on any
    machine, and keep it. `check --facts` judges the project by all of its parts.
    """
    # Imported here, so that --help does not load the engine.
    from layercheck.engine.make_part import make_part  # noqa: PLC0415
    from layercheck.engine.project_target import find_target  # noqa: PLC0415

    request = _Request(**options)
    is_for_stdout = request.output_file == STANDARD_OUTPUT
    if not is_for_stdout:
        require_writable(request.output_file)
    listed = [] if request.files_from is None else _read_paths(request.files_from)
    target = find_target([*request.paths, *listed], configuration=request.config, with_plugins=request.with_plugins)
    part = make_part(target)
    if is_for_stdout:
        write_stdout_bytes(part)
    else:
        write_bytes(request.output_file, part)
    if target.root != Path.cwd():
        # It can be merged with parts of the same project only.
        say(f"layercheck: the part is of the project in {target.root}")
    return 0


def _read_paths(file: Path) -> list[Path]:
    """Read paths from a file, or from standard input. Raises UsageError."""
    try:
        data = read_standard_input() if file == STANDARD_INPUT else read_regular_file(file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    paths = [Path(os.fsdecode(line)) for line in data.splitlines() if line]
    if not paths:
        raise UsageError(f"{file}: names no files")
    return paths
