"""What a rule is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeGuard

import msgspec

from layercheck.model.finding import Finding, Related
from layercheck.model.imports import COUNTED_KINDS, ImportKind
from layercheck.model.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.model.severity import Severity
    from layercheck.project.project import Project
    from layercheck.project.suspect import Suspect

CYCLE_KINDS = (ImportKind.RUNTIME, ImportKind.CONDITIONAL)
"""The kinds of import that run while a module is imported, and so may find another one half-made."""


class NoOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of a rule without options."""


class ImportOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of a rule about imports."""

    imports: tuple[ImportKind, ...] = COUNTED_KINDS
    """The kinds of import that count."""


class Rule:
    """One rule: its class docstring is its documentation, and the examples in it are its tests."""

    code: ClassVar[str]
    """Stable: `LC101`."""
    name: ClassVar[str]
    """Readable, and reads well after "allow": `skipped-layer`."""
    severity: ClassVar[Severity]
    """The severity where the configuration says nothing."""
    is_default: ClassVar[bool] = True
    """Whether the rule runs where nobody selects it."""
    fixable: ClassVar[bool] = False
    """Whether the rule offers fixes."""
    since: ClassVar[str] = ""
    """The first version of its package that has the rule; empty for the very first."""
    Options: ClassVar[type[Any]] = NoOptions
    """A msgspec Struct or a frozen dataclass, every field with a default."""
    sees_outcome: ClassVar[bool] = False
    """Whether the rule judges what other rules could not read, and so runs last."""
    follows_chains: ClassVar[bool] = False
    """Whether a finding depends on what other files import, so that one unreadable file may hide it."""
    reads_contracts: ClassVar[bool] = False
    """Whether the rule is about what contracts of every kind say, so that it has work where none of them is judged."""
    reports_unjudged: ClassVar[bool] = False
    """Whether the rule reports the contracts that cannot be judged."""
    runs_contract_classes: ClassVar[bool] = False
    """Whether the rule runs the contracts of which only a class of the team knows what they forbid."""
    needs_all_files: ClassVar[bool] = False
    """Whether a finding says that something is missing: in a sparse checkout, which lacks files, the rule does not run."""

    def __init__(self, options: Any = None, severity: Severity | None = None) -> None:
        self.options: Any = self.Options() if options is None else options
        if severity is not None:
            self.severity = severity  # type: ignore[misc]  # the configuration overrides the class's default

    def explain_silence(self, project: Project) -> str:
        """Say, as a clause, why the rule reports nothing in a project whatever is written there; empty where it may.

        `coverage` then says that it has no subject, and `selftest` does not hold its silence against it.
        """
        del project
        return ""


class ProjectRule(Rule):
    """A rule about modules, layers, imports and files."""

    def check(self, project: Project) -> Iterable[Finding]:
        """Find what breaks the rule."""
        raise NotImplementedError

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Return whether the rule would allow or forbid an import of one module by another.

        Only for rules that hold imports to an order: `why` and `coverage` name them.
        """
        del project, suspect
        return False

    def confirmed(self, project: Project, suspects: Iterable[Suspect]) -> Iterator[tuple[Module, Module, list[Import]]]:
        """Keep the suspects that are imports of a kind that counts, each with its locations."""
        suspects = list(suspects)
        project.read_ahead(suspects)
        for importer, imported in suspects:
            places = project.imports_between(importer, imported, self.options.imports)
            if places:
                yield importer, imported, places

    def import_finding(
        self,
        importer: Module,
        places: Sequence[Import],
        message: str,
        notes: Sequence[str] = (),
        *,
        roles: Sequence[str] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """Report an import at its first location; the other locations where the same two modules meet are related.

        `roles` say why both ends have their role; `severity` is given where this very finding weighs less than the rule.
        """
        first, *others = places
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            location=first.location,
            subject=first.importer,
            object=first.imported,
            application=importer.application or "",
            importer=first.importer,
            imported=first.imported,
            import_kind=first.kind,
            statement=first.statement,
            related=tuple(Related("imported here as well", other.location) for other in others),
            notes=tuple(notes),
            roles=tuple(roles),
        )

    def file_finding(
        self,
        path: str,
        message: str,
        *,
        subject: str,
        object: str = "",  # noqa: A002  (what a finding calls it)
        application: str | None = None,
        severity: Severity | None = None,
        notes: Sequence[str] = (),
        others: Sequence[Related] = (),
    ) -> Finding:
        """Report a whole file, or at a file what is wrong with its folder.

        `severity` is given where this very finding weighs less than the rule.
        """
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            location=Location(path),
            subject=subject,
            object=object,
            application=application or "",
            related=tuple(others),
            notes=tuple(notes),
        )


def is_about_imports(rule: Rule) -> TypeGuard[ProjectRule]:
    """Return whether a rule holds imports between modules to an order."""
    return isinstance(rule, ProjectRule) and type(rule).judges is not ProjectRule.judges
