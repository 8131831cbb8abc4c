"""Kinds of contract about groups of modules that may not reach each other, whether directly or through others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from layercheck.config.contract_records import Contract
from layercheck.rule.contract_rule import BrokenImport, ContractRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from layercheck.project.contract_graph import Edge, GraphView
    from layercheck.project.contract_routes import Breach, Groups
    from layercheck.rule.contract_rule import Broken

C = TypeVar("C", bound=Contract)


class ChainContract(ContractRule[C]):
    """A rule for a kind of contract that says which groups of modules may not reach which."""

    advice: ClassVar[str]
    """What to do, for every finding."""

    def list_groups(self, contract: C, graph: GraphView) -> Iterable[Groups]:
        """Put the modules into groups; several times where the contract is several."""
        raise NotImplementedError

    def describe_ban(self, contract: C, importer: str, imported: str) -> str:
        """Say what must not be: "`a` must not import `b`"; the names are those of groups."""
        raise NotImplementedError

    def counts_chains(self, contract: C) -> bool:
        """Return whether chains through modules without a group break the contract, too."""
        return bool(getattr(contract, "indirect", True))

    def judge(self, contract: C, graph: GraphView) -> Iterator[Broken]:
        """Search between the groups."""
        from layercheck.project.contract_routes import find_breaches  # noqa: PLC0415  (most projects have no contracts)

        for groups in self.list_groups(contract, graph):
            for breach in find_breaches(graph, groups, with_chains=self.counts_chains(contract)):
                yield _report(breach, self.describe_ban(contract, *breach.pairs[0]), self.advice)

    def find_carried(self, contract: C, graph: GraphView) -> Callable[[Edge], bool]:
        """Return a function that says whether an import is on a path between groups that may not reach each other."""
        from layercheck.project.contract_routes import find_carriers  # noqa: PLC0415  (see above)

        with_chains = self.counts_chains(contract)
        carriers = [
            find_carriers(graph, groups, with_chains=with_chains) for groups in self.list_groups(contract, graph)
        ]
        return lambda edge: any(carries(edge) for carries in carriers)


def _report(breach: Breach, ban: str, advice: str) -> BrokenImport:
    first, last = breach.chain[0], breach.last
    library = "" if last.imported.path else last.imported.name
    if len(breach.chain) == 1:
        message = f"{ban}: {last.importer.name} imports {last.places[0].imported}"
    else:
        others = len(breach.routes) - 1 + breach.more
        many = f"{others}" if breach.is_counted else f"at least {others}"
        more = f" ({many} more {'module reaches' if others == 1 else 'modules reach'} it)" if others else ""
        message = (
            f"{ban}, not even indirectly: {first.importer.name} reaches {last.places[0].imported} through"
            f" {last.importer.name}{more}"
        )
    step = first if library else last
    return BrokenImport(breach.routes, message, step, breach.pairs, breach.more, advice, library)
