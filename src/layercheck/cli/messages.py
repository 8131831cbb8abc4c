"""Sentences beside the report, which hold names that anybody may have chosen."""

from __future__ import annotations

from layercheck.reporters.display import make_printable


def say(text: str) -> None:
    """Write lines to stderr that are safe on a terminal, whatever the paths in them hold."""
    from click import echo  # noqa: PLC0415  (which takes longer to import than a small project to check)

    echo(make_lines_printable(text), err=True)


def make_lines_printable(text: str) -> str:
    """Make every line of a text safe on a terminal; the ends of lines stay."""
    return "\n".join(map(make_printable, text.split("\n")))
