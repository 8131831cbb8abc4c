from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity, compile_later
from layercheck.rules.fastapi.endpoints import LIBRARIES, NEEDLES, read_endpoints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Found, Located, ModuleFinding, Project, SourceModule

_ASKING = frozenset(
    {
        *("execute", "exec", "scalar", "scalars", "query", "get", "get_one", "commit", "flush", "refresh", "rollback"),
        *("merge", "connection"),
    }
)
_BLOCKING = compile_later(
    r"(?:sqlalchemy(?:\.orm(?:\.session|\.scoping)?)?|sqlmodel(?:\.orm\.session)?|flask_sqlalchemy)"
    r"\.(?:Session|scoped_session|sessionmaker|SQLAlchemy)\(\)(?:\(\)|\.session)?\.\w+"
)


class BlockingQuery(ModuleRule):
    """A database query that blocks the event loop.

    ## What it does

    Reports calls of a synchronous SQLAlchemy or SQLModel session (`execute`, `query`, `commit`, …) in an `async`
    FastAPI endpoint.

    ## Why is this bad?

    While the database works, the process cannot handle any other request. FastAPI runs a plain `def` endpoint in a
    separate thread, where waiting does no harm.

    ## Example

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter, Depends
    from sqlalchemy import text
    from sqlalchemy.orm import Session

    from app.services.sessions import get_session

    router = APIRouter()


    @router.get("/count")
    async def count_users(session: Session = Depends(get_session)) -> int:
        return session.execute(text("select count(*) from users")).scalar_one()  # error: LC505
    ```

    `app/services/sessions.py`:

    ```python
    def get_session(): ...
    ```

    ## Use instead

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter, Depends
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import AsyncSession

    from app.services.sessions import get_session

    router = APIRouter()


    @router.get("/count")
    async def count_users(session: AsyncSession = Depends(get_session)) -> int:
        return (await session.execute(text("select count(*) from users"))).scalar_one()
    ```

    ## Limits

    Sessions are followed through annotations and dependencies (`SessionDep`), but not into services. Other blocking
    calls (`requests`, `time.sleep`) are left to linters for asynchronous code.
    """

    code = "LC505"
    name = "blocking-query"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = NEEDLES

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect possible calls of a session; its kind may depend on other modules."""
        endpoints = {
            each.function for each in read_endpoints(module) if isinstance(each.function, ast.AsyncFunctionDef)
        }
        awaited = {node.value for node in module.nodes(ast.Await)} if endpoints else set()
        for call in module.nodes(ast.Call) if endpoints else ():
            if not isinstance(call.func, ast.Attribute) or call.func.attr not in _ASKING or call in awaited:
                continue
            function = module.function_around(call)
            name = module.full_name(call.func)
            if function in endpoints and name is not None:
                yield module.finding(
                    call,
                    f"`{ast.unparse(call.func)}` blocks the event loop in the async endpoint `{function.name}`",
                    names=(name,),
                    notes=["help: use an `AsyncSession` that is awaited, or a plain `def` endpoint"],
                )

    def conclude(self, project: Project, found: Found) -> list[Located]:
        """Keep the calls of synchronous sessions."""
        return [
            each
            for each in found
            for name in each.finding.names
            if _BLOCKING.fullmatch(project.kinds.full_name(name, seen_from=each.module.path) or name)
        ]
