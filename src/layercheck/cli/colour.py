"""Whether to colour the output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

ColourChoice = Literal["auto", "always", "never"]


def wants_colour(choice: ColourChoice, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether text written to `stream` may hold colour codes.

    The option decides; left at `auto`, NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then CLICOLOR=0, then the stream:
    colour is for terminals. Empty variables count as unset (https://no-color.org, https://force-color.org).
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if environ.get("CLICOLOR") == "0":
        return False
    return stream.isatty() and environ.get("TERM") != "dumb"
