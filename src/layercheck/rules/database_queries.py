"""Database queries: through sessions, statements, and the query methods of tables."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from layercheck import Kind, compile_later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Kinds, Located, Project, SourceModule

NEEDLES = (
    *(b".execute(", b".scalar", b".exec(", b".stream", b".query", b".objects", b"select(", b".add(", b".add_all("),
    *(b".merge(", b"session.get(", b"session.delete(", b"db.get(", b"db.delete(", b"bulk_save_objects("),
)

_SESSION = compile_later(
    r"(?:sqlalchemy|sqlmodel)\.(?:.+\.)?(?:(?:Async)?Session\(\)|(?:async_)?(?:sessionmaker\(\)|scoped_session)\(\))"
    r"|(?:flask_sqlalchemy\.SQLAlchemy|flask_appbuilder\.SQLA)\(\)\.session"
)
"""Full names of sessions."""
_MAY_BE_SESSION = compile_later(r"(?:session|db|database)[^.]*$", re.IGNORECASE)
"""Names of sessions in projects; following other names would cost much and find little."""
_ASKING = frozenset({"execute", "scalar", "scalars", "exec", "query", "stream", "stream_scalars"})
_USING = _ASKING | {"get", "get_one", "add", "add_all", "delete", "merge", "bulk_save_objects"}
"""Methods that read or change rows; commits and rollbacks may belong in an endpoint."""
_STATEMENTS = frozenset(
    f"{module}.{statement}"
    for module in ("sqlalchemy", "sqlmodel", "sqlalchemy.future", "sqlalchemy.sql", "sqlalchemy.sql.expression")
    for statement in ("select", "update", "delete", "insert")
)
_MANAGERS = frozenset({"query", "objects"})


_TRACES = compile_later(rb"(?i:sql|flask_appbuilder|session|db|database)|(?<!\brequest)\.\s*(?:query|objects)\b")


class Query(NamedTuple):
    """One possible query."""

    node: ast.AST
    text: str
    """Its text in messages: `session.execute`."""
    table: str = ""
    """The full name that must be a table for this to be a query."""
    session: str = ""
    """The full name that must be a session for this to be a query."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions that `sure_queries` checks with the whole project; empty for a certain query."""
        if self.table:
            return ("table", self.table)
        return ("session", self.session, self.text.rpartition(".")[2]) if self.session else ()


def may_hold_queries(data: bytes) -> bool:
    """Return whether `database_queries` may find anything in a file that contains one of `NEEDLES`, by its bytes."""
    return _TRACES.search(data) is not None


def database_queries(module: SourceModule) -> Iterator[Query]:
    """Find possible queries in the functions of a module."""
    for call in module.nodes(ast.Call):
        query = _query_of_call(module, call)
        if query is not None and module.function_around(call) is not None:
            yield query
    for attribute in module.nodes(ast.Attribute):
        if attribute.attr in _MANAGERS and module.function_around(attribute) is not None:
            table = module.full_name(attribute.value)
            if table is not None and table.rpartition(".")[2][:1].isupper() and "()" not in table:
                yield Query(attribute, f"{table.rpartition('.')[2]}.{attribute.attr}", table=table)


def sure_queries(project: Project, candidates: Sequence[Located]) -> list[Located]:
    """Keep the findings whose names fulfil the conditions of a query; reads the files needed for that at once."""
    kinds = project.kinds
    kinds.read_ahead((each.finding.names[1], each.module.path) for each in candidates if each.finding.names)
    return [each for each in candidates if _is_query(each.finding.names, kinds, each.module.path)]


def _is_query(conditions: Sequence[str], kinds: Kinds, path: str) -> bool:
    """Return whether the conditions of a query are true, in a project and as seen from one of its files."""
    match conditions:
        case ["table", table]:
            return kinds.of(table, seen_from=path) is Kind.TABLE
        case ["session", session, method]:
            return _is_session(session, method, kinds, path)
    return True


def _is_session(session: str, method: str, kinds: Kinds, path: str) -> bool:
    found = kinds.full_name(session, seen_from=path)
    if _SESSION.fullmatch(found):
        return True
    # A class of the project that descends from a session, a `NewType` of one, or what nobody can follow.
    is_resolved = found.partition(".")[0] not in {session.partition(".")[0], "typing", "typing_extensions"}
    is_called_so = session.removesuffix("()").lower().endswith(("session", "sessiondep"))
    return not is_resolved and is_called_so and method in _ASKING


def _query_of_call(module: SourceModule, call: ast.Call) -> Query | None:
    name = module.full_name(call.func)
    if name in _STATEMENTS:
        return Query(call, f"{name.rpartition('.')[2]}(…)")
    if name is None or not isinstance(call.func, ast.Attribute) or call.func.attr not in _USING:
        return None
    holder, text = name.rpartition(".")[0], ast.unparse(call.func)
    if _SESSION.fullmatch(holder):
        return Query(call, text)
    # What is neither of the project nor a session is something else: `requests.Session().get`.
    of_the_project = holder.partition(".")[0] == module.module.name.partition(".")[0]
    return Query(call, text, session=holder) if of_the_project and _MAY_BE_SESSION.search(holder) else None
