"""`layercheck hook`: layercheck as a hook of a coding agent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from layercheck.cli.messages import say

if TYPE_CHECKING:
    from layercheck.commands.hook.judging import New

_HEARD = 2
"""The exit code with which Claude Code shows stderr to the model; after an edit it undoes nothing."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Report new findings to a coding agent."""


@command.command("claude-code", context_settings={"help_option_names": ["-h", "--help"]})
def claude_code() -> int:
    """Handle an event of Claude Code, read from standard input.

    After an edit of a Python file, writes the findings that are new since the session began, in any file, to stderr and
    exits with 2. Otherwise exits with 0. Without a SessionStart event, an edit is compared with the last commit.
    """
    try:
        new = _judge(sys.stdin.buffer.read())
        if new is None:
            return 0
        text = _write(new)
    except Exception as error:  # noqa: BLE001  (whatever goes wrong here must not stand in the way of an edit)
        first = str(error).partition("\n")[0]
        say(f"layercheck: nothing was checked: {type(error).__name__}: {first}")
        return 0
    click.echo(text, err=True, nl=False)
    return _HEARD


def _judge(data: bytes) -> New | None:
    from layercheck.commands.hook.events import SESSION_START, read_event  # noqa: PLC0415  (guarded as all the rest)

    event = read_event(data)
    if event.edited_file is None and event.hook_event_name != SESSION_START:
        return None
    from layercheck.commands.hook.judging import judge  # noqa: PLC0415  (most events are about something else)

    return judge(event)


def _write(new: New) -> str:
    from layercheck.commands.explain.routes_in_reports import RouteFinder  # noqa: PLC0415
    from layercheck.facts.fact_cache import FOLDER_NAME  # noqa: PLC0415
    from layercheck.reporters.context import RenderContext  # noqa: PLC0415
    from layercheck.reporters.display import display_prefix  # noqa: PLC0415  (see above)
    from layercheck.reporters.formats.agent import render  # noqa: PLC0415

    root = new.target.root
    finder = RouteFinder(root, [new.target], {}, lambda target: target.root / FOLDER_NAME)
    context = RenderContext(
        root, list_rules=lambda: new.target.plugins.rules, find_routes=finder.find, prefix=display_prefix(root)
    )
    return f"layercheck: new {new.since}; please fix:\n{render(new.report, context)}"
