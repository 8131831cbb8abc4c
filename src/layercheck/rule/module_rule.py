"""Rules that look at the syntax of one file at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from layercheck.model.finding import Finding, Related
from layercheck.model.source import Location
from layercheck.project.roles import ASIDE
from layercheck.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.model.examination import Fact, ModuleFinding
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.rule.source_module import SourceModule


class Located(NamedTuple):
    """A finding and the module it was made in."""

    module: Module
    finding: ModuleFinding


class LocatedFact(NamedTuple):
    """A fact and the module it was noted in."""

    module: Module
    fact: Fact


class Found(list[Located]):
    """The findings of one rule in all modules, in the order of paths and lines, and the facts that it noted."""

    def __init__(self, findings: Iterable[Located] = (), facts: Iterable[LocatedFact] = ()) -> None:
        super().__init__(findings)
        self.facts = list(facts)
        """In the same order."""

    def __eq__(self, other: object) -> bool:
        """Compare the facts as well."""
        return isinstance(other, Found) and super().__eq__(other) and self.facts == other.facts

    __hash__ = None

    def facts_of(self, kind: str) -> list[LocatedFact]:
        """List the facts of one kind."""
        return [each for each in self.facts if each.fact.kind == kind]


class ModuleRule(Rule):
    """A rule about the syntax of a module.

    `check` sees one module and nothing else, so its results are cached until the file changes, and several processes can
    run it at once. `conclude` decides what depends on other modules: it sees the findings of all of them.
    """

    libraries: ClassVar[frozenset[str]] = frozenset()
    """Only files that import one of these top-level packages are parsed and checked; empty: all files."""
    needles: ClassVar[tuple[bytes, ...]] = ()
    """Only files that contain one of these texts are parsed and checked; empty: all files."""

    def libraries_for(self, module: Module) -> frozenset[str]:
        """Return the `libraries` for one module, if they are not the same for all modules."""
        del module
        return self.libraries

    def may_find(self, data: bytes) -> bool:
        """Return whether a file with the required `libraries` and `needles` is parsed and checked, by its bytes.

        For conditions that `needles` cannot express: two texts on one line, or a pattern.
        """
        del data
        return True

    def applies_to(self, module: Module) -> bool:
        """Return whether a module is checked, by its name, role and layer; by default, all modules of applications are."""
        return module.application is not None and module.role not in ASIDE

    def check(self, module: SourceModule) -> Iterable[ModuleFinding | Fact]:
        """Find what breaks the rule in one module, or may break it: `yield module.finding(node, message)`.

        What `conclude` must know besides is a fact: `yield module.fact(kind, node)`.
        """
        raise NotImplementedError

    def conclude(self, project: Project, found: Found) -> Iterable[Located]:
        """Keep the findings that are true for the whole project; `found.facts` are the facts that `check` noted."""
        del project
        return found

    def report(self, located: Iterable[Located]) -> Iterator[Finding]:
        """Turn module findings into findings; those with the same subject become one with several locations."""
        together: dict[tuple[str, str], list[Located]] = {}
        for each in located:
            together.setdefault((each.module.path, each.finding.about), []).append(each)
        for (module, first), *others in together.values():
            yield Finding(
                code=self.code,
                name=self.name,
                severity=self.severity,
                message=first.message,
                location=Location(module.path, first.span),
                subject=module.name,
                object=first.about,
                application=module.application or "",
                statement=first.statement,
                related=tuple(Related("here as well", Location(module.path, other.finding.span)) for other in others),
                notes=first.notes,
                fix=first.fix,
            )
