from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Kind, Severity
from layercheck.rules.convention import Place, PlacementRule, place_of
from layercheck.rules.placement.class_bases import derived_from, top_classes
from layercheck.rules.placement.own_names import OwnNames
from layercheck.rules.placement.table_classes import (
    BASES,
    LIBRARIES,
    NEEDLES,
    has_columns,
    is_without_table,
    names_a_table,
)

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from layercheck import Found, Located, Module, ModuleFinding, Project, SourceModule

_HOME = "models"
_PERSISTENCE = (_HOME, "db")
_LAYERS_ABOVE = frozenset({"api", "services", "schemas", "utils"})
_TABLE = "table"
_ABSTRACT = "abstract"
_PERHAPS = "perhaps"
"""The kind of a fact: a class that is a table if one of its bases is."""
_LIKELY = "likely"
"""The kind of a fact: the same, for a class with columns."""


class MisplacedTable(PlacementRule):
    """A table outside the models layer.

    ## What it does

    Reports classes that are mapped to a table or a collection in `api`, `services`, `schemas` or `utils`:
    declarative classes of SQLAlchemy and Flask-SQLAlchemy, SQLModel with `table=True`, models of Django, peewee and
    Tortoise, documents of Beanie, ODMantic and MongoEngine. In other modules outside `models`, they are reported if
    nearly all other tables of the application are in `models`. They are always allowed in `db`, and so are abstract
    classes, proxies and association tables made with `Table(…)`.

    ## Why is this bad?

    Migrations, queries and readers look for tables in one place. A table elsewhere is missing from the metadata
    until some code imports its module, and modules that refer to it import a higher layer.

    ## Example

    `app/models/user.py`:

    ```python
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "user"

        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    `app/services/audit.py`:

    ```python
    from sqlalchemy.orm import Mapped, mapped_column

    from app.models.user import Base


    class AuditEntry(Base):  # error: LC303
        __tablename__ = "audit_entry"

        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## Use instead

    `app/models/user.py`:

    ```python
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase): ...


    class User(Base):
        __tablename__ = "user"

        id: Mapped[int] = mapped_column(primary_key=True)


    class AuditEntry(Base):
        __tablename__ = "audit_entry"

        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    `app/services/audit.py`:

    ```python
    from app.models.user import AuditEntry


    def list_entries() -> list[AuditEntry]: ...
    ```

    ## Options

    - `share`: the share of the tables that must be in `models` before those in modules outside of the layers are
      reported, 0 to 1; 0.8 by default.

    ## Limits

    Tables that are declared with `Table(…)` and mapped by a call are not recognised, and neither are SQLAlchemy
    tables whose name and columns come from a base class.
    """

    code = "LC303"
    name = "misplaced-table"
    severity = Severity.WARNING
    home = _HOME
    things = "tables"
    advice = f"move the class to `{_HOME}` and import it from there"
    libraries = LIBRARIES
    needles = NEEDLES

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect tables and possible tables, with their bases."""
        for definition, bases in top_classes(module):
            if not bases:
                continue
            yield module.finding(
                definition,
                f"the table `{definition.name}` is in {place_of(module.module)}, not in `{_HOME}`",
                names=(_weigh(definition), f"{module.module.name}.{definition.name}", *bases),
            )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the tables outside `models` in applications that keep nearly all of them there."""
        names = OwnNames(project)
        known = derived_from(BASES, (_with_bases(located) for located in found))
        at_home = {each.module.path for each in found if any(names.say(each.module, role) for role in _PERSISTENCE)}
        doubtful = {
            each.finding.names[1]: each.module.path
            for each in found
            if each.finding.names[0] == _LIKELY and each.module.path not in at_home
        }
        project.kinds.read_ahead(doubtful.items())
        known |= {name for name, path in doubtful.items() if project.kinds.of(name, seen_from=path) is Kind.TABLE}
        tables = (each for each in found if _is_table(each, known))
        return self.keep_exceptions(project, tables, lambda each: _find_place(each.module, names, at_home))

    def is_clearly_wrong(self, module: Module) -> bool:
        """Return whether the module is in a layer that uses tables."""
        return module.named in _LAYERS_ABOVE


def _find_place(module: Module, names: OwnNames, at_home: set[str]) -> Place:
    if module.path not in at_home:
        return Place.ELSEWHERE
    return Place.HOME if names.say(module, _HOME) else Place.TOLERATED


def _weigh(definition: ast.ClassDef) -> str:
    if is_without_table(definition):
        return _ABSTRACT
    if names_a_table(definition):
        return _TABLE
    return _LIKELY if has_columns(definition) else _PERHAPS


def _with_bases(located: Located) -> tuple[str, tuple[str, ...]]:
    _, own, *bases = located.finding.names
    return own, tuple(bases)


def _is_table(located: Located, known: set[str]) -> bool:
    kind, own, *_ = located.finding.names
    return kind == _TABLE or (kind != _ABSTRACT and own in known)
