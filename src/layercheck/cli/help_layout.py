"""How `--help` looks: long lists of options in sections, examples at the end, commands in sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Decorated = TypeVar("_Decorated", bound="Callable[..., Any]")

Example = tuple[str, str]
"""A command line, and what it does."""

# The sections of options that several commands have; the order is that of the options.
WHAT_TO_CHECK = "What to check"
WHAT_TO_REPORT = "What to report"
OUTPUT = "Output"
CACHE = "Cache"

_MOST_IN_ONE_LIST = 10
"""Shorter lists of options are easier to read without sections."""
_NEVER_CUT = 1000
"""Longer than any summary."""


class _SectionOption(click.Option):
    """An option that belongs to a section."""

    def __init__(self, *args: Any, section: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.section = section


def option(section: str, *names: str, **settings: Any) -> Callable[[_Decorated], _Decorated]:
    """Do what `click.option` does, and name the section of the help where the option is listed."""
    return click.option(*names, cls=_SectionOption, section=section, **settings)


class _WithExamples(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *args: Any, examples: Iterable[Example], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command line whole, below what it does: whoever copies it must not have to join lines."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Examples"):
            for line, what in self.examples:
                formatter.write_text(what)
                formatter.write(f"{'':>{formatter.current_indent + 2}}{line}\n")


class ExplainedCommand(_WithExamples):
    """A command whose help groups the options in sections and ends with examples."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one list of options, or a long one in sections."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if isinstance(parameter, click.Option) and record is not None:
                sections.setdefault(getattr(parameter, "section", "Other"), []).append(record)
        if sum(map(len, sections.values())) <= _MOST_IN_ONE_LIST:
            super().format_options(ctx, formatter)
            return
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)


class ExplainedGroup(_WithExamples, click.Group):
    """A group of commands whose help shows whole summaries and ends with examples."""

    def list_sections(self, ctx: click.Context) -> dict[str, list[str]]:
        """List the names of the commands by section."""
        return {"Commands": self.list_commands(ctx)}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in sections."""
        width = max(map(len, self.list_commands(ctx)))
        for title, names in self.list_sections(ctx).items():
            found = [(name, command) for name in names if (command := self.get_command(ctx, name)) is not None]
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), each.get_short_help_str(_NEVER_CUT)) for name, each in found])
