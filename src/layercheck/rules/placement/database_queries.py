"""What asks the database: sessions, statements, and the queries that tables offer."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.syntax.source_module import SourceModule

NEEDLES = (
    *(b".execute(", b".scalar", b".exec(", b".stream", b".query", b".objects", b"select(", b".add(", b".add_all("),
    *(b".merge(", b"session.get(", b"session.delete(", b"db.get(", b"db.delete(", b"bulk_save_objects("),
)

_SESSIONS = frozenset(
    {
        *("sqlalchemy.orm.Session()", "sqlalchemy.orm.session.Session()", "sqlmodel.Session()"),
        *("sqlalchemy.ext.asyncio.AsyncSession()", "sqlalchemy.ext.asyncio.session.AsyncSession()"),
        *("sqlmodel.ext.asyncio.session.AsyncSession()", "sqlmodel.orm.session.Session()"),
        *("sqlalchemy.orm.scoped_session()", "sqlalchemy.orm.sessionmaker()()"),
        *("sqlalchemy.ext.asyncio.async_sessionmaker()()", "flask_sqlalchemy.SQLAlchemy().session"),
    }
)
_ASKING = frozenset({"execute", "scalar", "scalars", "exec", "query", "stream", "stream_scalars"})
_USING = _ASKING | {"get", "get_one", "add", "add_all", "delete", "merge", "bulk_save_objects"}
"""What reads or changes rows; to commit and to roll back may well be the endpoint's business."""
_STATEMENTS = frozenset(
    f"{module}.{statement}"
    for module in ("sqlalchemy", "sqlmodel", "sqlalchemy.future", "sqlalchemy.sql", "sqlalchemy.sql.expression")
    for statement in ("select", "update", "delete", "insert")
)
_MANAGERS = frozenset({"query", "objects"})


class Query(NamedTuple):
    """One place where the database is asked."""

    node: ast.AST
    text: str
    """What a reader sees there: `session.execute`."""
    table: str = ""
    """The full name of what must be a table for this to be a query; empty where it is one for sure."""


def database_queries(module: SourceModule) -> Iterator[Query]:
    """Find the queries in the functions of a module."""
    for call in module.nodes(ast.Call):
        query = _query_of_call(module, call)
        if query is not None and module.function_around(call) is not None:
            yield query
    for attribute in module.nodes(ast.Attribute):
        if attribute.attr in _MANAGERS and module.function_around(attribute) is not None:
            table = module.full_name(attribute.value)
            if table is not None and table.rpartition(".")[2][:1].isupper() and "()" not in table:
                yield Query(attribute, f"{table.rpartition('.')[2]}.{attribute.attr}", table)


def _query_of_call(module: SourceModule, call: ast.Call) -> Query | None:
    name = module.full_name(call.func)
    if name in _STATEMENTS:
        return Query(call, f"{name.rpartition('.')[2]}(…)")
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _USING:
        return None
    holder = module.full_name(call.func.value)
    is_session = holder in _SESSIONS or (call.func.attr in _ASKING and _looks_like_a_session(holder))
    return Query(call, f"{ast.unparse(call.func.value)}.{call.func.attr}") if is_session else None


def _looks_like_a_session(holder: str | None) -> bool:
    """Tell whether something of the project that asks like a session is called like one as well."""
    return holder is not None and holder.removesuffix("()").lower().endswith(("session", "sessiondep"))
