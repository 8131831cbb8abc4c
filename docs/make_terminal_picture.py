"""Draw `docs/terminal.svg`, the end of a real report as a terminal shows it.

`python docs/make_terminal_picture.py` runs the command and writes the picture, `--check` writes nothing and says whether the
text in the picture is what the command prints. It needs a pseudo-terminal, which Windows does not have.
"""

from __future__ import annotations

import argparse
import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "terminal.svg"
ARGUMENTS = ("check", "fixtures/violations")
COLUMNS = 108
"""Wide enough for most lines of a report, narrow enough to be read at the width of a page."""
_PARTS = 3
"""How many of the blank-line separated parts at the end are shown: two findings and the summary."""
_OF_THE_OUTSIDE = re.compile(r"^(CI|NO_COLOR|FORCE_COLOR|LAYERCHECK_.*|LINES)$")
"""Variables of the environment that would change what is printed."""


def run_at_a_terminal(arguments: Sequence[str]) -> str:
    """Run layercheck in this repository with a terminal for its output, and return all that it wrote."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not _OF_THE_OUTSIDE.match(name)}
    command = [sys.executable, "-m", "layercheck", *arguments, "--no-cache"]
    with subprocess.Popen(  # noqa: S603  (our own program)
        command,
        cwd=ROOT,
        env={**environment, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ):
        os.close(theirs)
        with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123  (a descriptor, no path)
            return b"".join(_read_to_the_end(terminal)).decode().replace("\r\n", "\n")


def _read_to_the_end(terminal: io.FileIO) -> list[bytes]:
    written: list[bytes] = []
    while True:
        try:
            data = terminal.read(65536)
        except OSError:
            # How Linux says that nobody is at the other end any more.
            return written
        if not data:
            return written
        written.append(data)


def draw(output: str) -> str:
    """Draw the end of what a run wrote as an image in the format SVG."""
    parts = output.rstrip("\n").split("\n\n")
    shown = "\n\n".join(parts[-_PARTS:])
    command = " ".join(("layercheck", *ARGUMENTS))
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"\x1b[2m$\x1b[0m \x1b[1m{command}\x1b[0m\n\x1b[2m…\x1b[0m\n\n{shown}"))
    drawn = console.export_svg(title=command, unique_id="terminal")
    # Fonts of other servers are not loaded by an image, and a reader should not be asked for them.
    drawn = re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def read_text(picture: str) -> list[str]:
    """Read the lines of text in a picture, whatever the version of rich that drew it."""
    lines: dict[float, dict[int, str]] = {}
    for each in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text"):  # noqa: S314  (our own picture)
        if each.text and "textLength" in each.attrib:
            width = float(each.attrib["textLength"]) / len(each.text)
            place = round(float(each.attrib["x"]) / width)
            lines.setdefault(float(each.attrib["y"]), {})[place] = each.text.replace("\xa0", " ")
    return [_join(pieces) for _, pieces in sorted(lines.items())]


def _join(pieces: dict[int, str]) -> str:
    line = ""
    for place, text in sorted(pieces.items()):
        line = line.ljust(place) + text
    return line.rstrip()


def main() -> int:
    """Write the picture, or compare it with a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, and say whether the picture is stale")
    options = parser.parse_args()
    drawn = draw(run_at_a_terminal(ARGUMENTS))
    if not options.check:
        PICTURE.write_text(drawn, "utf-8")
    elif not PICTURE.is_file() or read_text(PICTURE.read_text("utf-8")) != read_text(drawn):
        sys.stdout.write("docs/terminal.svg is stale\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
