"""The command `layercheck` as click sees it: sub-commands, each imported when it is called, and mistakes of users."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING

import click

from layercheck.cli import commands
from layercheck.cli.command_sections import sort_into_sections
from layercheck.cli.help_layout import ExplainedGroup
from layercheck.cli.main import EXIT_CLEAN, EXIT_INTERRUPTED, EXIT_NOBODY_READS, EXIT_NOT_CHECKED, discard_output
from layercheck.cli.messages import say
from layercheck.errors import UsageError
from layercheck.submodules import list_submodules
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.engine.checking import Checking


class _LazyGroup(ExplainedGroup):
    """Sub-commands are the modules `layercheck.cli.commands.NAME`, each imported only when it is called.

    `new_rule.py` is `new-rule`.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        names = [name.replace("_", "-") for name in list_submodules(commands.__path__)]
        return [name for section in sort_into_sections(names).values() for name in section]

    def list_sections(self, ctx: click.Context) -> dict[str, list[str]]:
        return sort_into_sections(self.list_commands(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            from layercheck.config.suggestion import did_you_mean  # noqa: PLC0415  (only for mistakes)

            guess = did_you_mean(args[0], known) or f"; there are {', '.join(known)}"
            raise UsageError(f"there is no command {args[0]!r}{guess}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}").command
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=_LazyGroup,
    # Commands inherit it.
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=(
        ("layercheck check", "Check the project around the current folder:"),
        ("layercheck check --help", "Show the options of a command:"),
    ),
)
@click.version_option(__version__, message="layercheck %(version)s")
def layercheck() -> None:
    """Check the layers, the structure and the placement of code in a Python backend."""


def run_command(arguments: Sequence[str] | None = None, checking: Checking | None = None) -> int:
    """Read the arguments with click, run the command and return its exit code; raises what the command raises."""
    try:
        outcome = layercheck.main(args=arguments, prog_name="layercheck", standalone_mode=False, obj=checking)
    except click.ClickException as error:
        _explain(error)
        return EXIT_NOT_CHECKED
    except click.Abort:
        return EXIT_INTERRUPTED
    except SystemExit:
        # click exits like this only where the reader closed the pipe (`| head`).
        discard_output()
        return EXIT_NOBODY_READS
    return outcome if isinstance(outcome, int) else EXIT_CLEAN


def _explain(error: click.ClickException) -> None:
    if isinstance(error, click.NoSuchOption) and error.ctx is not None:
        near = _list_near_options(error.option_name, error.ctx)
        error = click.NoSuchOption(error.option_name, possibilities=near, ctx=error.ctx)
    written = io.StringIO()
    error.show(written)
    # click lists choices behind tabs, which would be shown as what they are.
    say(written.getvalue().removesuffix("\n").expandtabs(4))


def _list_near_options(word: str, context: click.Context) -> list[str]:
    """List the options that a mistyped one may have meant; click also names some that only share letters with it."""
    from layercheck.config.suggestion import closest  # noqa: PLC0415  (only for mistakes)

    options = (name for parameter in context.command.params for name in parameter.opts if name.startswith("--"))
    return [name for name in options if closest(word, [name])]
