from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from layercheck import MAIN, WIRING, ImportOptions, Kind, ProjectRule, Severity
from layercheck.rules.layers.allowed_kinds import COUNTED, divide_counted, drop_allowed
from layercheck.rules.layers.notes import allowed_note, report_allowed, role_notes, weigh
from layercheck.rules.layers.usual_functions import drop_usual, find_usual
from layercheck.rules.selectors import is_selector
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck import Finding, Project, Suspect
    from layercheck.rules.layers.allowed_kinds import ImportedNames
    from layercheck.rules.layers.usual_functions import UsualFunction


class SkippedLayerOptions(ImportOptions, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of LC102."""

    allow_kinds: tuple[Kind, ...] = (
        *(Kind.SESSION_PROVIDER, Kind.ENUM, Kind.CONSTANT, Kind.TYPE, Kind.EXCEPTION, Kind.ANNOTATION, Kind.HELPER),
    )
    """The kinds of names that may be taken."""


class SkippedLayer(ProjectRule):
    """An import that skips a closed layer.

    ## What it does

    Reports a module above a closed layer that imports a layer below it: with the preset, an `api` module that
    imports `models` or `db` and skips `services`. Modules that put the application together (`main`, `deps`,
    `config`, …) are exempt. Every layer may import enums, constants, types, exceptions, functions that provide a
    session, names that are used only in annotations or as the table of a form (`class Meta: model = User`), and
    helpers: functions that are about no table and run no query of their own, such as one that puts pages on the
    query of its caller. The last two are counted in one info for the project, and so is a function that more than
    half of the modules of a layer (and at least five) take past the closed one: a project that lists and sorts with
    one function everywhere has agreed on it. A closed layer can only be skipped where it exists: `app/services/`
    closes all of `app`, `app/orders/service.py` closes `app/orders`.

    ## Why is this bad?

    A constraint that a service enforces ("an email is unique") does not hold for an endpoint that bypasses the
    service, and the endpoint breaks with every change of the tables.

    ## Example

    `app/models/user.py`:

    ```python
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase): ...


    class User(Base): ...
    ```

    `app/services/users.py`:

    ```python
    from app.models.user import User


    def find_user(user_id: int) -> User: ...
    ```

    `app/api/users.py`:

    ```python
    from app.models.user import User  # error: LC102


    def read_user(user_id: int) -> object:
        return User.find(user_id)
    ```

    ## Use instead

    `app/api/users.py`:

    ```python
    from app.services.users import find_user


    def read_user(user_id: int) -> object:
        return find_user(user_id)
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.
    - `allow-kinds`: the kinds of names that may be imported; by default `session-provider`, `enum`, `constant`, `type`,
      `exception`, `annotation` (any name used only in annotations, as in `user: User = Depends(current_user)`, or as `Meta.model`) and
      `helper`. Others are `table`, `schema`, `router`, `endpoint`, `class` and `function`.

    The key `closed` of the configuration lists the closed layers; `closed = []` opens all of them.

    ## Limits

    A schema that is defined in the lowest layers (`models.py` with pydantic classes in it) counts as a schema and
    may be imported. The kind of a name follows from its definition, through re-exports and star imports. A name
    about which nothing is known is reported as an info. A module that is imported as a whole (`from app import
    models`) is reported unless it stands only in annotations. `selectors.py` may be imported: in many Django
    projects it holds the services that only read.
    """

    code = "LC102"
    name = "skipped-layer"
    severity = Severity.ERROR
    Options = SkippedLayerOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at every crossing that leads down past a closed layer which has modules."""
        counted: dict[Kind, list[ImportedNames]] = {kind: [] for kind in COUNTED}
        past: dict[str, list[ImportedNames]] = defaultdict(list)
        for (layer, other), suspects in project.crossings.items():
            if layer is None or other is None or layer == MAIN:
                continue
            between = project.layers.closed_between(layer, other)
            # One finding for one import, however many layers it skips.
            passing: dict[str, list[Suspect]] = {closed: [] for closed in between}
            for suspect in suspects if between else ():
                skipped = next((closed for closed in between if project.is_in_reach_of(closed, suspect)), None)
                if skipped is not None and suspect.importer.role != WIRING and not is_selector(suspect.imported):
                    passing[skipped].append(suspect)
            for closed, found in passing.items():
                past[closed] += self._divide(project, found, counted)
        usual = find_usual(project, list(chain.from_iterable(past.values()))) if self._allows_helpers else []
        for closed, used in drop_usual(past, usual).items():
            for imported_names in used:
                yield self._report(project, closed, imported_names)
        for kind, taken in counted.items():
            if taken:
                yield self._count(kind, taken)
        if usual:
            yield self._report_usual(usual)

    @property
    def _allows_helpers(self) -> bool:
        return Kind.HELPER in self.options.allow_kinds

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at what leads down past a closed layer that serves one of the two modules."""
        importer, imported = suspect
        if importer.layer is None or imported.layer is None or importer.layer == MAIN or importer.role == WIRING:
            return False
        between = project.layers.closed_between(importer.layer, imported.layer)
        return suspect.is_crossing and any(project.is_in_reach_of(closed, suspect) for closed in between)

    def _divide(
        self, project: Project, suspects: Iterable[Suspect], counted: dict[Kind, list[ImportedNames]]
    ) -> list[ImportedNames]:
        """Confirm imports, and put those aside that take nothing but what is allowed as long as it is counted."""
        allowed = self.options.allow_kinds
        taken = drop_allowed(project, self.confirmed(project, suspects), {*allowed} - {*COUNTED})
        used, tolerated = divide_counted(project, taken, allowed)
        for kind, harmless in tolerated.items():
            counted[kind] += harmless
        return used

    def _report(self, project: Project, closed: str, imported_names: ImportedNames) -> Finding:
        importer, imported = imported_names.importer, imported_names.imported
        severity = weigh(self.severity, importer, imported)
        return self.import_finding(
            importer,
            imported_names.places,
            f"`{importer.layer}` must not import `{imported.layer}` past `{closed}`: {imported_names.words}",
            [
                f"layers: {project.layers.order}",
                allowed_note(project, importer),
                (f"help: call a function of `{closed}` that uses {imported.name} and returns what is needed here"),
            ],
            roles=role_notes(importer, imported),
            severity=at_most(severity, Severity.INFO) if imported_names.is_unknown else severity,
        )

    def _count(self, kind: Kind, taken: list[ImportedNames]) -> Finding:
        """Report the imports past a layer that are allowed for the kind of what they take, once for the project."""
        first = min(taken, key=lambda each: each.places[0].location)
        many = f"{len(taken)} imports past a closed layer are" if len(taken) > 1 else "1 import past a closed layer is"
        message = f"{many} {_REASONS[kind]}, and allowed: {first.words}"
        return self._report_allowed(message, first, f"{kind}s", kind)

    def _report_usual(self, usual: Sequence[UsualFunction]) -> Finding:
        """Report the functions that most modules of a layer take past another one, once for the project."""
        most, *others = usual
        first, name = most.users[0], most.name.rpartition(".")[2]
        message = (
            f"{len(most.users)} of {most.modules} `{first.importer.layer}` modules take the function `{name}`, so it is"
            f" allowed: {first.importer.name} takes it from {first.imported.name}"
        )
        also = [f"allowed as well: {each.name} ({len(each.users)} of {each.modules} modules)" for each in others]
        return self._report_allowed(message, first, "usual functions", Kind.HELPER, also)

    def _report_allowed(
        self, message: str, first: ImportedNames, subject: str, kind: Kind, notes: Iterable[str] = ()
    ) -> Finding:
        advice = f"help: to report them, leave `{kind}` out of `allow-kinds`"
        return report_allowed(self, message, first.places[0].location, subject, (*notes, advice))


_REASONS = {
    Kind.ANNOTATION: "for annotations or `Meta.model` alone",
    Kind.HELPER: "for helpers that are about no table",
}
