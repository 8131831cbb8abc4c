"""How each agent writes its events and reads answers: one module for each, named as in `layercheck hook NAME`.

A module offers `read_event(data: bytes) -> Event | None`, which raises msgspec.MsgspecError for what is no event and gives
None for events that are of no use here, and `make_answer(event: Event, text: str) -> Answer` for what there is to report.
Its docstring is the help of the command.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

from layercheck.submodules import list_submodules

if TYPE_CHECKING:
    from layercheck.commands.hook.events import Answer, Event


class Agent(Protocol):
    """What a module offers."""

    def read_event(self, data: bytes) -> Event | None:
        """Read an event from standard input."""

    def make_answer(self, event: Event, text: str) -> Answer:
        """Put a report into the answer that the agent understands."""


def list_agents() -> tuple[str, ...]:
    """List the names of the agents as the command line writes them; imports none of them."""
    return tuple(name.replace("_", "-") for name in list_submodules(__path__))


def load_agent(name: str) -> Agent:
    """Load the module of one of `list_agents`."""
    return cast("Agent", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))
