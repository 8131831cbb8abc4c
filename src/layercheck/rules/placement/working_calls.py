"""Calls with effects outside the program, and what they do."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from layercheck import compile_later

if TYPE_CHECKING:
    from layercheck import SourceModule

_VERBS = "(?:get|post|put|patch|delete|head|options|request|stream)"
_WORK = {
    "sends a request": rf"""
        (?:requests|httpx)\.{_VERBS} | requests\.(?:sessions\.)?[Ss]ession\(\)\.{_VERBS}
        | httpx\.(?:Async)?Client\(\)\.{_VERBS} | urllib\.request\.(?:urlopen|urlretrieve)
    """,
    "opens a connection": r"""
        (?:psycopg|psycopg2|sqlite3|pymysql|MySQLdb|pyodbc|oracledb|asyncpg|aiomysql|mysql\.connector)\.connect
        | sqlalchemy(?:\.\w+)*\.create_(?:async_)?engine\(\)\.(?:connect|begin|raw_connection)
        | socket\.create_connection | smtplib\.SMTP(?:_SSL)? | paramiko\.\w+\(\)\.connect
    """,
    "runs a process": r"""
        subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput) | os\.(?:system|popen)
    """,
    "changes files": r"""
        os\.(?:makedirs|mkdir|remove|unlink|rename|replace|rmdir|removedirs|symlink)
        | shutil\.(?:copy|copy2|copyfile|copytree|move|rmtree)
        | pathlib\.(?:Posix|Windows)?Path\b.*\.(?:mkdir|write_text|write_bytes|unlink|touch|rename|rmdir)
    """,
    "waits": r"time\.sleep",
    "runs an event loop": r"asyncio\.run | asyncio\.get_event_loop\(\)\.run_until_complete",
}
_PATTERNS = {work: compile_later(pattern, re.VERBOSE) for work, pattern in _WORK.items()}
_TABLES = frozenset({"create_all", "drop_all"})
_QUERIES = frozenset({"get", "create", "first", "last", "count", "exists", "get_or_create", "bulk_create", "aggregate"})
_WRITES = frozenset("wax+")

NEEDLES = (
    *(b"requests", b"httpx", b"urlopen", b"urlretrieve", b"connect(", b".begin(", b".raw_connection("),
    *(b"create_connection", b"SMTP", b"subprocess", b"shutil", b"mkdir", b"makedirs", b"write_text", b"write_bytes"),
    *(b"os.remove", b"os.unlink", b"os.ren", b"os.replace", b"os.rmdir", b"os.symlink", b"os.system", b"os.popen"),
    *(b".touch(", b".unlink(", b".rename(", b".rmdir(", b"sleep", b"asyncio.", b"open("),
    *(b"create_all", b"drop_all", b".objects."),
)
"""A file with such a call contains at least one of these texts."""


def work_of(module: SourceModule, call: ast.Call) -> str | None:
    """Describe the effect of a call: `sends a request`; None if it has no known effect."""
    called = call.func
    if isinstance(called, ast.Attribute):
        if called.attr in _TABLES:
            return "creates or drops tables"
        if called.attr in _QUERIES and _is_of_manager(called.value):
            return "queries the database"
    name = module.full_name(called)
    if name is None:
        return None
    if name in {"builtins.open", "io.open"}:
        return "changes files" if _opens_to_write(call, 1) else None
    if name.startswith("pathlib.Path") and name.endswith(".open"):
        return "changes files" if _opens_to_write(call, 0) else None
    return next((work for work, pattern in _PATTERNS.items() if pattern.fullmatch(name)), None)


def _opens_to_write(call: ast.Call, at: int) -> bool:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] or call.args[at : at + 1]
    mode = given[0] if given else None
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and not _WRITES.isdisjoint(mode.value)


def _is_of_manager(node: ast.expr) -> bool:
    """Return whether a value comes from `objects` of Django: `User.objects.filter(…)`."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False
