"""Print the page of a rule; shared by `layercheck explain` and `layercheck rule`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from layercheck.cli.colour import wants_colour
from layercheck.cli.output_files import write_stdout
from layercheck.cli.terminal_width import find_width

if TYPE_CHECKING:
    from layercheck.cli.colour import ColourChoice
    from layercheck.rule.documentation import RulePage

FORMATS = ("text", "json", "markdown")


def lay_out(markdown: str, colour: ColourChoice) -> str:
    """Lay out Markdown for a terminal; where no colours are wanted it stays the plain text that it is."""
    if not wants_colour(colour, sys.stdout, os.environ):
        return markdown
    from layercheck.commands.explain.terminal import render  # noqa: PLC0415  (rich is heavy)

    return render(markdown, find_width())


def show_rule(page: RulePage, output_format: str, colour: ColourChoice) -> None:
    """Print the page of a rule."""
    from layercheck.commands.explain.json_pages import write_rule  # noqa: PLC0415  (--help does without)
    from layercheck.commands.explain.pages import write_page  # noqa: PLC0415

    if output_format == "json":
        write_stdout(write_rule(page))
    else:
        text = write_page(page)
        write_stdout(lay_out(text, colour) if output_format == "text" else text)
