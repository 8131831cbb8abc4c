"""What a kind of contract is: the record of what may be declared, and the judge of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar, cast

import msgspec

from layercheck.config.contract_records import Contract, kind_of
from layercheck.config.declared_contract import slug_of
from layercheck.config.import_pattern import ignored_imports
from layercheck.model.finding import Finding, Hop, Related
from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.rule.contract_scope import find_scope
from layercheck.rule.rule import ProjectRule, is_about_imports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.contract_graph import ContractGraph, Edge, GraphView, Step
    from layercheck.project.project import Project
    from layercheck.project.suspect import Suspect
    from layercheck.rule.contract_scope import ContractScope
    from layercheck.rule.rule import Rule


class BrokenImport(NamedTuple):
    """An import, or chains of imports with one in common, that break a contract."""

    routes: tuple[tuple[Step, ...], ...]
    """Chains, the shortest first; one of one import where it is direct."""
    message: str
    """What is wrong, as the rest of a sentence that begins with the name of the contract."""
    step: Step
    """The import at which it is reported."""
    pairs: tuple[tuple[str, str], ...] = ()
    """Which parts of the contract reach which: (importing, imported) of each chain."""
    more: int = 0
    """How many chains there may be besides."""
    help: str = ""
    target: str = ""
    """What the import is identified by beside its module; empty: the imported module."""


class BrokenModule(NamedTuple):
    """A module that breaks a contract whatever it imports."""

    module: Module
    message: str
    """As in a broken import."""
    help: str = ""


class BrokenTangle(NamedTuple):
    """Modules or packages that import each other in cycles."""

    members: tuple[str, ...]
    cycle: tuple[Step, ...]
    """A shortest cycle; its last import is one of the cut."""
    cut: tuple[Step, ...]
    """The imports whose removal leaves no cycle."""
    size: int
    """How many connections between members the cut removes."""
    message: str
    help: str = ""


Broken = BrokenImport | BrokenModule | BrokenTangle
"""What breaks a contract."""

C = TypeVar("C", bound=Contract)


class ContractRule(ProjectRule, Generic[C]):
    """A rule that judges the contracts of one kind.

    The word for `kind` is the tag of `record`, a struct derived from `layercheck.Contract`.
    """

    severity = Severity.ERROR
    follows_chains = True
    record: ClassVar[type[Contract]]
    """What may be declared."""

    _scopes: tuple[Project, list[tuple[DeclaredContract, ContractScope]]] | None = None
    """The contracts of the project that was asked about last."""

    def judge(self, contract: C, graph: GraphView) -> Iterable[Broken]:
        """Find what breaks one contract; a function of the two alone."""
        raise NotImplementedError

    def find_broken(self, contract: C, graph: ContractGraph) -> Iterable[Broken]:
        """Find what breaks one contract on a whole graph, from which it ignores what it says."""
        return self.judge(contract, graph.see(contract.imports, ignored_imports(contract)))

    def find_reason_idle(self, contract: C, graph: GraphView) -> str:  # noqa: ARG002  (for those who override it)
        """Say, as the end of "it can never be broken: ...", why nothing can break a contract; empty where something can."""
        return ""

    def find_carried(self, contract: C, graph: GraphView) -> Callable[[Edge], bool]:
        """Make a function that tells of an ignored import whether it would break the contract.

        `graph` is seen without anything ignored.
        """
        number_of = graph.graph.number_of
        broken = {
            (number_of[step.importer.path], number_of.get(step.imported.path, -1))
            for each in self.judge(contract, graph)
            if isinstance(each, BrokenImport)
            for route in each.routes
            for step in route
        }
        return broken.__contains__

    def check(self, project: Project) -> Iterator[Finding]:
        """Judge every contract of the kind."""
        for declared in self._list_own(project):
            for broken in self.find_broken(cast("C", declared.contract), project.graph_of(declared)):
                yield self._report(declared, broken)

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at imports between modules that a contract names."""
        return any(scope.holds(suspect) for _, scope in self.find_scopes(project))

    def find_scopes(self, project: Project) -> list[tuple[DeclaredContract, ContractScope]]:
        """List the contracts of the kind, each with the modules that it names."""
        if self._scopes is None or self._scopes[0] is not project:
            scopes = [(each, find_scope(self, each, project.modules)) for each in self._list_own(project)]
            self._scopes = (project, scopes)
        return self._scopes[1]

    def _list_own(self, project: Project) -> list[DeclaredContract]:
        """List the contracts of the kind."""
        kind = kind_of(self.record)
        return [each for each in project.contracts if kind_of(type(each.contract)) == kind]

    def name_contract(self, project: Project, finding: Finding) -> str:
        """Return the name of the contract that a finding of this rule is about; empty where there is none any more."""
        slug = finding.object.rpartition(":")[2]
        names = (each.contract.name for each in project.contracts)
        return next((name for name in names if slug_of(name) == slug), "")

    def _report(self, declared: DeclaredContract, broken: Broken) -> Finding:
        match broken:
            case BrokenImport():
                return self._report_import(declared, broken)
            case BrokenModule(module):
                return self._start(declared, broken, module.name, f":{declared.slug}", module)
            case BrokenTangle():
                return self._report_tangle(declared, broken)

    def _report_import(self, declared: DeclaredContract, broken: BrokenImport) -> Finding:
        first, *others = broken.step.places
        chain = broken.routes[0]
        finding = self._start(
            declared,
            broken,
            first.importer,
            f"{broken.target or first.imported}:{declared.slug}",
            broken.step.importer,
        )
        return msgspec.structs.replace(
            _locate(finding, first),
            chain=_hops(chain) if len(chain) > 1 else (),
            related=(
                *(Related("imported here as well", other.location) for other in others),
                *(Related(_describe_route(route), route[0].places[0].location) for route in broken.routes[1:]),
            ),
        )

    def _report_tangle(self, declared: DeclaredContract, broken: BrokenTangle) -> Finding:
        last = broken.cycle[-1]
        finding = self._start(declared, broken, " ".join(broken.members), declared.slug, last.importer)
        return msgspec.structs.replace(
            _locate(finding, last.places[0]),
            chain=_hops(broken.cycle),
            related=tuple(
                Related(f"to be removed as well: {place.importer} imports {place.imported}", place.location)
                for step in broken.cut
                for place in step.places[:1]
                if step != last
            ),
            cut=broken.size,
        )

    def _start(self, declared: DeclaredContract, broken: Broken, subject: str, object_: str, module: Module) -> Finding:
        """Report what is wrong at a file; the identity holds the name of the contract."""
        contract = declared.contract
        line = declared.find_line(())
        place = declared.path if line is None else f"{declared.path}:{line}"
        notes = (
            f"contract: {contract.name} ({place})",
            f"reason: {contract.reason}" if contract.reason else "",
            f"help: {broken.help}" if broken.help else "",
        )
        return Finding(
            code=self.code,
            name=self.name,
            severity=contract.severity or self.severity,
            message=f"{contract.name}: {broken.message}",
            location=Location(module.path),
            subject=subject,
            object=object_,
            application=module.application or "",
            notes=tuple(filter(None, notes)),
        )


def count_judged(contracts: Iterable[DeclaredContract], rules: Iterable[Rule]) -> int:
    """Count the contracts whose kind one of some rules judges."""
    records = {rule.record for rule in rules if isinstance(rule, ContractRule)}
    return sum(type(each.contract) in records for each in contracts)


def judges_layers(rule: Rule) -> bool:
    """Return whether a rule judges imports by the layers of a project, not by its contracts."""
    return is_about_imports(rule) and not isinstance(rule, ContractRule)


def rule_for(contract: Contract) -> ContractRule[Any] | None:
    """Find the rule that judges a contract, among all that are loaded; None for a kind whose rule is not."""
    rules = list(ContractRule.__subclasses__())
    for rule in rules:
        rules += rule.__subclasses__()
    return next((rule() for rule in rules if getattr(rule, "record", None) is type(contract)), None)


def _locate(finding: Finding, place: Import) -> Finding:
    return msgspec.structs.replace(
        finding,
        location=place.location,
        importer=place.importer,
        imported=place.imported,
        import_kind=place.kind,
        statement=place.statement,
    )


def _hops(chain: Sequence[Step]) -> tuple[Hop, ...]:
    places = (step.places[0] for step in chain)
    return tuple(Hop(place.importer, place.imported, place.location) for place in places)


def _describe_route(route: Sequence[Step]) -> str:
    names = [step.importer.name for step in route] + [route[-1].imported.name]
    return f"reached from here as well: {' -> '.join(names)}"
