"""The command `layercheck`: sub-commands, exit codes, and the handling of unexpected errors."""

from __future__ import annotations

import errno
import importlib
import io
import os
import pkgutil
import sys
from typing import TYPE_CHECKING

import click

from layercheck.cli import commands
from layercheck.cli.command_sections import sort_into_sections
from layercheck.cli.help_layout import ExplainedGroup
from layercheck.cli.messages import say
from layercheck.errors import ConfigurationError, LayercheckError, UsageError
from layercheck.interrupts import raising
from layercheck.plurals import count
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.engine.checking import Checking

EXIT_CLEAN = 0
EXIT_NOT_CHECKED = 2
EXIT_OUR_BUG = 3
EXIT_NOBODY_READS = 141

# Errors of a file system that is full.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


class _LazyGroup(ExplainedGroup):
    """Sub-commands are the modules `layercheck.cli.commands.NAME`, each imported only when it is called.

    `new_rule.py` is `new-rule`.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        names = [entry.name.replace("_", "-") for entry in pkgutil.iter_modules(commands.__path__)]
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


def run(arguments: Sequence[str] | None = None, checking: Checking | None = None) -> int:
    """Run one command and return its exit code: 0 clean, 1 findings, 2 could not check, 3 internal error.

    `checking` is for a process that runs more than one.
    """
    try:
        with raising():
            outcome = layercheck.main(args=arguments, prog_name="layercheck", standalone_mode=False, obj=checking)
    except click.ClickException as error:
        if isinstance(error, click.NoSuchOption) and error.ctx is not None:
            near = _list_near_options(error.option_name, error.ctx)
            error = click.NoSuchOption(error.option_name, possibilities=near, ctx=error.ctx)
        written = io.StringIO()
        error.show(written)
        # click lists choices behind tabs, which would be shown as what they are.
        say(written.getvalue().removesuffix("\n").expandtabs(4))
        return EXIT_NOT_CHECKED
    except (click.Abort, KeyboardInterrupt):
        return 130
    except SystemExit:
        # click exits like this only where the reader closed the pipe (`| head`).
        _discard_output()
        return EXIT_NOBODY_READS
    except LayercheckError as error:
        _explain(error)
        return EXIT_NOT_CHECKED
    except OSError as error:
        return explain_os_error(error)
    except Exception:  # noqa: BLE001  (no user should see a bare traceback)
        _apologise()
        return EXIT_OUR_BUG
    return outcome if isinstance(outcome, int) else EXIT_CLEAN


def explain_os_error(error: OSError) -> int:
    """Explain an error that is being handled, if it is one of the output, and return the exit code."""
    if isinstance(error, BrokenPipeError):
        _discard_output()
        return EXIT_NOBODY_READS
    if error.errno not in _FULL:
        _apologise()
        return EXIT_OUR_BUG
    _discard_output()
    _explain(LayercheckError(f"the output cannot be written: {error.strerror}"))
    return EXIT_NOT_CHECKED


def _list_near_options(word: str, context: click.Context) -> list[str]:
    """List the options that a mistyped one may have meant; click also names some that only share letters with it."""
    from layercheck.config.suggestion import closest  # noqa: PLC0415  (only for mistakes)

    options = (name for parameter in context.command.params for name in parameter.opts if name.startswith("--"))
    return [name for name in options if closest(word, [name])]


def _discard_output() -> None:
    """Redirect stdout to nowhere, so that the flush at interpreter exit does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(error: LayercheckError) -> None:
    if isinstance(error, ConfigurationError):
        say(f"layercheck: {count(len(error.problems), 'mistake')} in the configuration")
        for problem in error.problems:
            say(str(problem))
    else:
        say(f"layercheck: {error}")


def _apologise() -> None:
    import traceback  # noqa: PLC0415  (only needed here)

    where = "https://github.com/layercheck/layercheck/issues"
    say(f"layercheck {__version__} failed: this is a bug in layercheck, not in your code.")
    say(f"Please report it at {where} and include these lines:\n")
    say(f"Python {sys.version.split()[0]} on {sys.platform}: {' '.join(sys.argv)}")
    say("".join(traceback.format_exc()))
