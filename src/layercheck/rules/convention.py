"""Where an application keeps what: the convention is learnt from what is there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec
from msgspec import Meta

from layercheck import Located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck import Module, Project, Rule

_ENOUGH = 2
"""How many show a convention."""
_ENOUGH_TO_REPORT = 4
"""How many there must be for it to be worth a word that there is none."""


class ConventionOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """For rules that are on where a project mostly keeps them anyway."""

    share: Annotated[float, Meta(ge=0, le=1)] = 0.8
    """The part that must keep to the convention for the others to be reported, 0 to 1."""


class Convention(NamedTuple):
    """How many of one kind stand where they belong in one application, and how many elsewhere."""

    at_home: int
    elsewhere: int

    @property
    def has_home(self) -> bool:
        """Whether there is a place for them that most of them stand in."""
        return self.at_home > 0 and self.at_home >= self.elsewhere

    def is_kept(self, share: float) -> bool:
        """Tell whether so few stand elsewhere that each of these is an exception; one alone is, beside a few."""
        if not share:
            return True
        most = self.at_home + self.elsewhere
        return self.at_home >= _ENOUGH and (self.elsewhere == 1 or self.at_home >= share * most)

    def say(self, kind: str, home: str) -> str:
        """Tell a reader what was counted."""
        return f"{self.at_home} of {self.at_home + self.elsewhere} {kind} of this application are in `{home}`"


def in_each_application(found: Iterable[Located]) -> Mapping[str | None, list[Located]]:
    """Part findings by the application that they were made in."""
    parted: dict[str | None, list[Located]] = defaultdict(list)
    for located in found:
        parted[located.module.application].append(located)
    return parted


def stand_down(rule: Rule, project: Project, application: str | None, convention: Convention, broken: str) -> None:
    """Note that a rule leaves out what it found, as an application does not keep the convention.

    Of a few of a kind, nobody can say what is usual. `broken`: what those that stand elsewhere do.
    """
    kept, elsewhere = convention
    if elsewhere and kept + elsewhere >= _ENOUGH_TO_REPORT:
        project.stand_down(rule.code, rule.name, application, f"{elsewhere} of {kept + elsewhere} {broken}")


def with_notes(found: Iterable[Located], *notes: str) -> Iterator[Located]:
    """Write notes below findings."""
    for module, finding in found:
        yield Located(module, msgspec.structs.replace(finding, notes=notes))


def place_of(module: Module) -> str:
    """Say where a module stands: in its layer, if it has one."""
    return f"`{module.named or module.name}`"
