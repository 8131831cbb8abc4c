"""Names that say little by themselves."""

from __future__ import annotations

WEAK_WORDS = frozenset(
    {
        *("handler", "handlers", "endpoint", "controller", "resource", "resources", "rest", "web"),
        *("manager", "managers", "logic", "business", "application", "domain"),
        *("table", "tables", "inbound", "outbound"),
        *("lib", "libs", "common", "shared", "_shared", "tool", "tools", "core", "server", "kit", "pkg", "pkgs"),
        *("security", "form", "forms", "query", "queries"),
    },
)
"""Names of folders and files that mean something else in many projects: LLM tools, signal handlers, HTTP clients.
They count only together with evidence of another kind."""

STRICT_WORDS = frozenset({"tool", "tools", "security", "lib", "libs", "common", "shared", "_shared"})
"""Of these, only plain functions are helpers: classes in `tools/` are most often tools of an agent."""

LIBRARY_WORDS = frozenset({"lib", "libs", "common", "shared", "_shared"})
"""Folders of helpers in which further folders are whole libraries: of clients, of telemetry, of anything."""

CLIENT_WORDS = frozenset({"client", "clients", "sdk"})
"""Last words of files that talk to somebody else's server, wherever they lie."""

DOUBTFUL_WORDS = frozenset({"api", "apis", "rest", "rest_api", "restapi", "web_api", "webapi", "ws_api"})
"""Folders that are as often a client of a foreign API, or a package's public face, as they are endpoints."""

NOT_ENTITIES = (
    *(
        "validator",
        "validators",
        "protocol",
        "factory",
        "policy",
        "mapper",
        "event",
        "events",
        "interface",
        "interfaces",
    ),
    *("port", "ports", "exceptions", "errors", "enums", "types", "constants"),
)
"""Last words of files in the `domain` of a hexagon that hold something else than its entities."""

ADAPTER_WORDS = frozenset({"outbound"})
"""Folders of a hexagon that hold what talks to databases beside what sends mail, signs tokens or asks other servers."""

ERROR_WORDS = frozenset({"errors", "error", "exceptions", "exception"})
"""Last words of files in which all layers find the exceptions they raise, though handlers of the api stand beside them."""

PARTS_OF_API = frozenset({"permissions", "throttling", "throttles", "pagination", "renderers"})
"""Names of files that serve the endpoints in some frameworks, and in other projects hold rights, lists or templates."""

TASK_WORDS = frozenset({"tasks", "jobs", "worker", "workers"})
"""Last words of files that run without a request, wherever they lie, and names of folders of such files. A `task` or a
`job` may be what endpoints are about."""

CODE_WORDS = frozenset({"repo", "repos", "repository", "repositories"})
"""Last words of files with endpoints, which are about repositories of code."""

SUBJECTS = frozenset({"repos", "repositories"})
"""Names of files that hold services about repositories of code, where they lie in a folder of services."""

CLIENTS = frozenset(
    {
        *(
            "integrations",
            "clients",
            "client",
            "connectors",
            "provider",
            "providers",
            "external",
            "gateways",
            "adapters",
            "adapter",
        ),
    },
)
"""Folders that talk to others: what is called a service there is theirs."""

BUSINESS_WORDS = frozenset(
    {"logic", "manager", "managers", "application", "business", "handler", "handlers"},
)
"""Weak words for files that are services where they use what is stored."""
