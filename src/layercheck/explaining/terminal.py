"""Markdown on a terminal, by rich; only where colours are wanted, all others read the Markdown itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Heading, Markdown
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderResult

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
    )
    console.print(_Page(markdown, code_theme="ansi_dark", hyperlinks=False))
    return file.getvalue()


class _Heading(Heading):
    """A heading at the left, where the eye begins, instead of a box in the middle."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:  # noqa: ARG002  (rich's signature)
        self.text.justify = "left"
        yield Text("")
        yield self.text


class _Page(Markdown):
    elements = {**Markdown.elements, "heading_open": _Heading}
