"""Suppression comments of other tools, which hide nothing from ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck.config.foreign.conversion import Conversion, Remark
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_COMMENTS = {
    "tach": re.compile(rb"#\s*(tach-ignore)"),
    "deply": re.compile(rb"#\s*(deply:ignore(?:-file)?)"),
    "inwards": re.compile(rb"#\s*(inwards:\s*ignore)"),
}


def find_comments(tool: str, folder: Path, files: Sequence[str]) -> Iterator[Conversion]:
    """List the suppression comments of a tool, by file."""
    comment = _COMMENTS.get(tool)
    if comment is None:
        return
    for path in files:
        try:
            content = read_regular_file(folder / path)
        except OSError:
            continue  # `check` says so
        remarks = [
            Remark(
                number,
                f"`# {found[1].decode()}` is not converted: where `check` reports this line, write "
                "`# layercheck: ignore[CODE] reason` with the code that it reports",
            )
            for number, line in enumerate(content.split(b"\n"), 1)
            if (found := comment.search(line))
        ]
        if remarks:
            yield Conversion(tool, folder / path, [], remarks)
