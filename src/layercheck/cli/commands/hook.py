"""`layercheck hook`: layercheck as a hook of a coding agent."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import click
import msgspec

from layercheck.cli.help_layout import ExplainedGroup
from layercheck.cli.messages import say
from layercheck.cli.standard_input import read_standard_input
from layercheck.commands.hook.agents import list_agents, load_agent
from layercheck.commands.hook.events import SILENCE

if TYPE_CHECKING:
    from layercheck.commands.hook.events import Answer


class _AgentGroup(ExplainedGroup):
    """One command for each agent."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(list_agents())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (see above)
        return _make_command(cmd_name) if cmd_name in list_agents() else None


@click.group(
    cls=_AgentGroup,
    examples=(
        ("layercheck hook claude-code", "Answer a hook of Claude Code, which sends the event on standard input:"),
    ),
)
def command() -> None:
    """Report to a coding agent what its session breaks.

    At the start of a session, notes what is there. After an edit, reports the errors and warnings that are new, in any
    file. At the end of a turn, reports those that are left, and the suppression comments, baseline entries and settings
    that the session added. Nothing is reported twice at the end of a turn. Without a start, an edit is compared with the
    last commit.
    """


def _make_command(name: str) -> click.Command:
    def handle() -> int:
        answer = _answer(name)
        click.echo(answer.out, nl=False)
        click.echo(answer.err, err=True, nl=False)
        return answer.exit_code

    return click.Command(name, callback=handle, help=load_agent(name).__doc__)


def _answer(agent_name: str) -> Answer:
    try:
        agent = load_agent(agent_name)
        try:
            event = agent.read_event(read_standard_input())
        except msgspec.DecodeError as error:
            say(f"layercheck: nothing was checked: standard input is not an event of {agent_name}: {error}")
            return SILENCE
        if event is None:
            return SILENCE
        from layercheck.cli.kept_checking import find_checking  # noqa: PLC0415  (most events are about something else)
        from layercheck.commands.hook.judging import judge  # noqa: PLC0415  (see above)

        # Agents run hooks in the folder of the session, of the project, or of their own settings.
        with chdir(event.folder):
            verdicts = judge(event, find_checking())
            if not verdicts:
                return SILENCE
            from layercheck.commands.hook.wording import write_verdicts  # noqa: PLC0415  (see above)

            return agent.make_answer(event, write_verdicts(verdicts))
    except Exception as error:  # noqa: BLE001  (whatever goes wrong here must not stand in the way of an edit)
        first = str(error).partition("\n")[0]
        say(f"layercheck: nothing was checked: {type(error).__name__}: {first}")
        return SILENCE
