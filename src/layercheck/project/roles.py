"""The role that a name tells: tables of words, and whether the outer or the inner name decides.

Which names stand for which layer comes from the preset. The tables here hold what people mean by those names *in
places*: that `dependencies.py` inside `api/` is wiring, that `managers.py` beside `models.py` belongs to the models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAIN = "main"
"""The role of the modules that start the application."""
WIRING = "wiring"
"""The role of the modules that put the application together."""
TESTS = "tests"
"""The role of tests and of what they share."""
MIGRATIONS = "migrations"
"""The role of the steps of a database schema."""
SCRIPTS = "scripts"
"""The role of modules that people run by hand."""
UTILS = "utils"
"""The role of helpers."""

ASIDE = frozenset({TESTS, MIGRATIONS, SCRIPTS})
"""The roles of modules that stand beside the application."""

LAYERS = frozenset({"api", "services", "models", "db", "schemas", "utils"})
"""The roles that tell a backend from any other tree of files."""

_BEATS: dict[str, frozenset[str]] = {
    "schemas": frozenset({"api", "models", "services"}),
    "models": frozenset({"services", "db"}),
    "db": frozenset({"services"}),
    "api": frozenset({"utils"}),
    "services": frozenset({"utils"}),
    "wiring": frozenset({"utils"}),
}
"""An inner role and the outer roles that it wins over; otherwise the outermost name decides."""

_ALWAYS_WIRING = frozenset({"deps", "dependencies", "dependency", "middleware", "middlewares", "urls"})
"""Wiring even inside `api`, where other wiring words (`api/v1/config.py`) name what the endpoint is about."""

_DEPENDENCIES = frozenset({"dependency", "dependencies", "deps"})

_SUFFIXES = frozenset(
    {
        *("service", "services", "usecase", "usecases"),
        *("model", "models"),
        *("schema", "schemas", "serializer", "serializers", "dto", "dtos"),
        *("repository", "repositories", "repo", "dao", "crud"),
        *("route", "routes", "router", "routers", "controller", "controllers", "endpoint", "endpoints"),
        *("view", "views", "viewset", "viewsets", "blueprint"),
        *("deps", "dependencies"),
    },
)
"""Last words of a file name that carry its role (`user_service.py`). Left out, as they end other names as well:
`api` (`github_api.py` is a client), `handlers` (`error_handlers.py`), `managers`, `config`, `db` (`init_db.py`)."""

_FOLDER_SUFFIXES = frozenset({"models", "schemas", "serializers", "repositories", "routes", "routers", "views"})
"""The same for folders: only plurals, as `user_service/` is an application of its own more often than a layer."""

_DATABASE_ROUTERS = frozenset({"db_router", "db_routers", "database_router", "database_routers"})
"""Django's routing of queries to databases, not of requests to views."""

_ONLY_FOLDERS = frozenset(
    {"application", "web", "rest", "business", "shared", "manager", "resource", "sql", "table", "tool"},
)
"""Names that say nothing as file names: `application.py` may start the server, `manager.py` manage anything."""

_ONLY_FILES = frozenset({"security"})
"""Names that say nothing as folder names: `security.py` hashes passwords, `security/` holds policies and providers."""

_TEST_FOLDERS = frozenset({"tests", "test", "testing"})
_MIGRATION_FOLDERS = frozenset({"migrations", "db_migrations", "alembic"})
_SCRIPT_FOLDERS = frozenset({"scripts", "script", "bin"})
_SCRIPT_FILES = frozenset({"setup", "noxfile", "fabfile"})
"""Scripts where they lie outside an application; in one, `forms/setup.py` is about setting something up."""
_ASIDE_FOLDERS = frozenset(
    {"docs", "doc", "examples", "example", "samples", "benchmarks", "benchmark", "tutorial", "tutorials"},
)


def aside_role(folder: str) -> str | None:
    """Say whether a folder with this name holds tests, migrations or scripts; None if it does not look so."""
    name = folder.lower()
    if name in _TEST_FOLDERS or name.endswith("_tests"):
        return TESTS
    if name in _MIGRATION_FOLDERS:
        return MIGRATIONS
    return SCRIPTS if name in _SCRIPT_FOLDERS or name in _ASIDE_FOLDERS else None


def is_subject_inside(folder: str) -> bool:
    """Whether a name of folders that lie aside (`docs`, `examples`) may be a feature's inside an application."""
    return folder.lower() in _ASIDE_FOLDERS


def is_script_file(stem: str) -> bool:
    """Whether a file outside every application is a script, by its name."""
    return stem in _SCRIPT_FILES or stem.endswith(".conf")


def is_always_wiring(name: str) -> bool:
    """Whether a folder or file name, or the last word of it, is wiring inside every layer of the application."""
    return name.lower().rpartition("_")[2] in _ALWAYS_WIRING or _sets_up_dependencies(name)


def _sets_up_dependencies(stem: str) -> bool:
    """Whether a name is that of a configuration of dependencies: `user_dependency_config`."""
    *before, last = stem.lower().split("_")
    return last in {"config", "setup"} and not _DEPENDENCIES.isdisjoint(before)


def inner_role(outer: str | None, inner: str | None, name: str) -> str | None:
    """Decide between the role `outer` of what lies around `name`, and `inner`, which the name says by itself."""
    if inner is None or outer is None:
        return inner or outer
    if outer in _BEATS.get(inner, ()) or (outer == "api" and inner == WIRING and is_always_wiring(name)):
        return inner
    return outer


class RoleNames:
    """The names of roles, to look up folders and files."""

    __slots__ = ("_folders", "_roles", "_stems")

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """Take `names`: role → its names, as the preset and the configuration have them."""
        self._roles: dict[str, str] = {}
        for role, words in names.items():
            for word in words:
                self._roles.setdefault(_folded(word), role)
        # A project repeats few names over many files; each is thought about once.
        self._folders: dict[str, str | None] = {}
        self._stems: dict[str, str | None] = {}

    def of_folder(self, name: str) -> str | None:
        """Return the role that the name of a folder tells; a folder is never an entry point."""
        if name not in self._folders:
            word = _folded(name)
            role = None if word in _ONLY_FILES else self._role_of(word) or self._role_of_last(word, _FOLDER_SUFFIXES)
            self._folders[name] = None if role == MAIN else role
        return self._folders[name]

    def of_stem(self, stem: str) -> str | None:
        """Return the role that the name of a file (without `.py`) tells, tests and migrations included."""
        if stem not in self._stems:
            self._stems[stem] = self._read_stem(stem)
        return self._stems[stem]

    def _read_stem(self, stem: str) -> str | None:
        if stem.startswith("test_") or stem.endswith("_test") or stem in {"conftest", "tests"}:
            return TESTS
        if stem == "migrations":
            return MIGRATIONS
        word = _folded(stem)
        if word in _DATABASE_ROUTERS:
            return "db"
        exact = None if word in _ONLY_FOLDERS else self._role_of(word)
        if exact == MAIN and stem.startswith("_") and stem != "__main__":
            return None
        if exact is None and _sets_up_dependencies(word):
            return WIRING
        return exact or self._role_of_last(word, _SUFFIXES)

    def _role_of(self, word: str) -> str | None:
        role = self._roles.get(word)
        if role is None and word[-1:].isdigit():
            # `api_v1`, `routesv2`; but not `db2`, which is a product.
            base = word.rstrip("0123456789")
            if base.endswith("v"):
                role = self._roles.get(base[:-1].rstrip("_"))
        return role

    def _role_of_last(self, word: str, suffixes: frozenset[str]) -> str | None:
        head, _, last = word.rpartition("_")
        # `0133_finding_service` is a step of a database's history.
        return self._roles.get(last) if head and last in suffixes and not head[0].isdigit() else None


def _folded(name: str) -> str:
    """Lower case, with underscores only inside; `use_case` as one word, so that it can be a last word."""
    word = name.lower().replace("-", "_")
    if not word.startswith("__"):
        word = word.strip("_")
    return word.replace("use_case", "usecase")
