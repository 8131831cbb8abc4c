from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.placement.connections import LIBRARIES, MAKERS, NEEDLES
from layercheck.rules.placement.own_names import OwnNames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Found, Located, Module, ModuleFinding, Project, SourceModule

_HOME = "db"
_ABOVE_THE_DATABASE = frozenset({"api", "services", "schemas", "utils"})


class MisplacedEngine(ModuleRule):
    """A database connection created outside the db layer.

    ## What it does

    Reports calls in `api`, `services`, `schemas` and `utils` that create an engine, a session factory or a
    connection (`create_engine`, `create_async_engine`, `sessionmaker`, `psycopg.connect`, `asyncpg.create_pool`,
    `MongoClient`, …) in an application that has a `db` layer. Entry points, wiring, models and modules without a
    role (`extensions.py`, `core/…`) may create them. So may a module that is named after the database
    (`utils/db.py`) or that is a program (`if __name__ == "__main__"`).

    ## Why is this bad?

    Every engine has its own connection pool, settings and lifetime. A second one is easily forgotten: it is not
    closed at shutdown, not replaced in tests, and not updated when the address of the database changes.

    ## Example

    `app/db/session.py`:

    ```python
    from sqlalchemy import create_engine

    engine = create_engine("postgresql:///shop")
    ```

    `app/services/reports.py`:

    ```python
    from sqlalchemy import create_engine, text


    def count_orders() -> int:
        engine = create_engine("postgresql:///shop")  # error: LC304
        with engine.connect() as connection:
            return connection.scalar(text("select count(*) from orders"))
    ```

    ## Use instead

    `app/services/reports.py`:

    ```python
    from sqlalchemy import text

    from app.db.session import engine


    def count_orders() -> int:
        with engine.connect() as connection:
            return connection.scalar(text("select count(*) from orders"))
    ```

    ## Limits

    A connection to the database of the application cannot be distinguished from one to another database. Give a
    services module that reads other databases the role `db`.
    """

    code = "LC304"
    name = "misplaced-engine"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = NEEDLES

    def applies_to(self, module: Module) -> bool:
        """Check the layers that use the database without opening it."""
        return super().applies_to(module) and module.named in _ABOVE_THE_DATABASE

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Report calls that create a connection, except in programs."""
        for call in () if module.is_program else module.nodes(ast.Call):
            name = module.full_name(call.func)
            if name in MAKERS and not _is_in_memory(call):
                yield module.finding(
                    call,
                    f"`{module.module.named}` must not open the database:"
                    f" `{name.rpartition('.')[2]}` is called outside `{_HOME}`",
                    notes=[f"help: create it once in `{_HOME}`, and import it from there"],
                )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the findings of applications with a db layer."""
        with_database = {module.application for module in project.modules if module.named == _HOME}
        names = OwnNames(project)
        return (
            located
            for located in found
            if located.module.application in with_database and not names.say(located.module, _HOME)
        )


def _is_in_memory(call: ast.Call) -> bool:
    """Return whether the opened database is in memory, and so not that of the application."""
    address = call.args[0] if call.args else None
    return isinstance(address, ast.Constant) and address.value in {":memory:", "sqlite://", "sqlite:///:memory:"}
