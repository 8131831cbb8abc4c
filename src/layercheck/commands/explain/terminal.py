"""Markdown on a terminal, by rich; only where colours are wanted, all others read the Markdown itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, ClassVar

from rich.console import Console
from rich.markdown import Heading, Markdown
from rich.theme import Theme

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderResult
    from rich.markdown import MarkdownElement

_WIDEST = 100


def render(markdown: str, width: int) -> str:
    """Lay out Markdown for a terminal of so many columns, with escape codes."""
    file = io.StringIO()
    console = Console(
        file=file,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        width=min(width, _WIDEST),
        theme=Theme({"markdown.code": "bold cyan", "markdown.h1": "bold", "markdown.h2": "bold"}),
    )
    console.print(_Page(markdown, code_theme="ansi_dark", hyperlinks=False))
    # rich fills every line up to the margin, which only troubles those who copy.
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


class _Heading(Heading):
    """A heading at the left, where the eye begins, instead of a box in the middle."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**Markdown.elements, "heading_open": _Heading}
