"""Where an application keeps things of one kind: the convention is learnt from its modules."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from layercheck import Located, ModuleRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from layercheck import LocatedFact, Module, Project, Rule

L = TypeVar("L", bound="Located | LocatedFact")

_ENOUGH = 2
"""The smallest number that shows a convention."""
_ENOUGH_TO_REPORT = 4
"""The smallest number for which a missing convention is mentioned."""


class ConventionOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """For rules that apply only where a project mostly follows them."""

    share: Annotated[float, Meta(ge=0, le=1)] = 0.8
    """The share that must follow the convention before the others are reported, 0 to 1."""


class Place(Enum):
    """Where something is."""

    HOME = 1
    ELSEWHERE = 2
    TOLERATED = 3
    """Neither follows the convention nor breaks it."""


class Convention(NamedTuple):
    """How many things of one kind are at home in one application, and how many are elsewhere."""

    at_home: int
    elsewhere: int

    @property
    def has_home(self) -> bool:
        """Whether there is a home that contains most of them."""
        return self.at_home > 0 and self.at_home >= self.elsewhere

    def is_kept(self, share: float) -> bool:
        """Return whether so few are elsewhere that each of them is an exception; one is, beside a few at home."""
        if not share:
            return True
        most = self.at_home + self.elsewhere
        return self.at_home >= _ENOUGH and (self.elsewhere == 1 or self.at_home >= share * most)

    def say(self, kind: str, home: str) -> str:
        """Describe what was counted."""
        return f"{self.at_home} of {self.at_home + self.elsewhere} {kind} of this application are in `{home}`"


class PlacementRule(ModuleRule):
    """A rule for things of one kind that belong in one layer: it reports the exceptions of an application."""

    Options = ConventionOptions
    home: ClassVar[str]
    """The layer."""
    things: ClassVar[str]
    """Their name in messages: `tables`."""
    advice: ClassVar[str]

    def is_clearly_wrong(self, module: Module) -> bool:
        """Return whether things in a module elsewhere are reported in any application that keeps most of them at home."""
        del module
        return False

    def keep_exceptions(
        self, project: Project, things: Iterable[Located], find_place: Callable[[Located], Place]
    ) -> Iterator[Located]:
        """Keep the findings of applications that keep nearly all things of this kind at home."""
        for application, found in in_each_application(things).items():
            places = [find_place(each) for each in found]
            elsewhere = [each for each, place in zip(found, places, strict=True) if place is Place.ELSEWHERE]
            convention = Convention(places.count(Place.HOME), len(elsewhere))
            is_kept = convention.is_kept(self.options.share)
            wrong = [
                each for each in elsewhere if (convention.has_home if self.is_clearly_wrong(each.module) else is_kept)
            ]
            if len(wrong) < len(elsewhere):
                stand_down(self, project, application, convention, f"{self.things} are outside `{self.home}`")
            yield from with_notes(wrong, convention.say(self.things, self.home), f"help: {self.advice}")


def in_each_application(found: Iterable[L]) -> defaultdict[str | None, list[L]]:
    """Group findings or facts by application."""
    parted: defaultdict[str | None, list[L]] = defaultdict(list)
    for located in found:
        parted[located.module.application].append(located)
    return parted


def stand_down(rule: Rule, project: Project, application: str | None, convention: Convention, broken: str) -> None:
    """Record that a rule drops its findings, because an application does not follow the convention.

    A few things of a kind show no convention. `broken` describes those that are elsewhere.
    """
    kept, elsewhere = convention
    if elsewhere and kept + elsewhere >= _ENOUGH_TO_REPORT:
        project.stand_down(rule.code, rule.name, application, f"{elsewhere} of {kept + elsewhere} {broken}")


def with_notes(found: Iterable[Located], *notes: str) -> Iterator[Located]:
    """Add notes to findings."""
    for module, finding in found:
        yield Located(module, msgspec.structs.replace(finding, notes=notes))


def place_of(module: Module) -> str:
    """Describe where a module is: in its layer, if it has one."""
    return f"`{module.named or module.name}`"
