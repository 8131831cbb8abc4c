"""Which format is written where, according to `--output-format` and `--output-file`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.errors import UsageError
from layercheck.reporters.registry import list_formats

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

DEFAULT_FORMAT = "text"


class Output(NamedTuple):
    """One report to write."""

    format: str
    file: Path | None = None
    """None: standard output."""
    note: str = ""
    """What to say on stderr when it is written: for what nobody asked for."""


def plan_outputs(
    requested: Sequence[str], output_file: Path | None, plugin_formats: Collection[str] = ()
) -> tuple[Output, ...]:
    """Read `--output-format NAME` and `--output-format NAME=FILE`, each any number of times, and `--output-file FILE`.

    One format may do without a file of its own (`-` is none): it goes to `output_file`, or to standard output.
    `plugin_formats` are those of plugins. Raises UsageError for a format that there is not, and for what contradicts itself.
    """
    outputs = [_parse(entry, {*list_formats(), *plugin_formats}) for entry in requested or [DEFAULT_FORMAT]]
    _refuse_repetition(outputs)
    homeless = [output for output in outputs if output.file is None]
    if len(homeless) > 1:
        first, second = homeless[0].format, homeless[1].format
        raise UsageError(
            f"{first} and {second} cannot both go to standard output; give one of them a file: {second}=FILE"
        )
    if output_file is not None:
        if not homeless:
            raise UsageError(f"-o {output_file}: every format already has its own file")
        outputs = [output if output.file else output._replace(file=output_file) for output in outputs]
    _refuse_shared_files(outputs)
    return tuple(outputs)


def _parse(entry: str, known: Collection[str]) -> Output:
    name, has_file, file = entry.partition("=")
    if name not in known:
        raise UsageError(f"unknown output format {name!r}; choose one of {', '.join(sorted(known))}")
    if has_file and not file:
        raise UsageError(f"{entry}: the file name is missing")
    return Output(name, Path(file) if file not in {"", "-"} else None)


def _refuse_repetition(outputs: Sequence[Output]) -> None:
    names = [output.format for output in outputs]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"the output format {name} is given twice")


def _refuse_shared_files(outputs: Sequence[Output]) -> None:
    seen: dict[str, Output] = {}
    for output in outputs:
        if output.file is not None:
            other = seen.setdefault(os.path.realpath(output.file), output)
            if other is not output:
                raise UsageError(f"{output.file}: {other.format} and {output.format} cannot use the same file")
