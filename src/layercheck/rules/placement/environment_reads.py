"""Reads of environment variables, without other uses of the environment."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import SourceModule

NEEDLES = (b"environ", b"getenv", b"load_dotenv", b"dotenv_values", b"decouple")
_ENVIRONMENTS = frozenset({"os.environ", "os.environb"})
_READERS = frozenset(
    {"os.getenv", "os.getenvb", "os.environ.get", "os.environb.get", "os.environ.__getitem__", "decouple.config"}
)
_FILE_READERS = frozenset({"dotenv.load_dotenv", "dotenv.dotenv_values", "dotenv.main.load_dotenv"})
_NOT_OURS = frozenset(
    {
        *("PATH", "HOME", "USER", "USERNAME", "USERPROFILE", "LOGNAME", "SHELL", "TERM", "EDITOR", "VISUAL", "PAGER"),
        *("LANG", "LC_ALL", "TZ", "PWD", "TMPDIR", "TEMP", "TMP", "HOSTNAME", "COMPUTERNAME", "DISPLAY", "COLUMNS"),
        *("APPDATA", "LOCALAPPDATA", "PROGRAMFILES", "SYSTEMROOT", "VIRTUAL_ENV", "CI", "PYTEST_CURRENT_TEST"),
        *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "NO_COLOR", "FORCE_COLOR"),
        *("RUN_MAIN", "SERVER_SOFTWARE", "GATEWAY_INTERFACE", "DJANGO_SETTINGS_MODULE", "WERKZEUG_RUN_MAIN"),
    }
)
"""Variables of the system, shells and tools, which are not settings of the application."""
_NOT_OURS_BEGIN = ("XDG_", "PYTHON", "GITHUB_", "GITLAB_", "CI_", "KUBERNETES_", "PYTEST_", "LC_")


class EnvironmentRead(NamedTuple):
    """One read of the environment."""

    node: ast.expr
    key: str
    """The variable that is read; empty for a whole `.env` file."""


def environment_reads(module: SourceModule) -> Iterator[EnvironmentRead]:
    """Find the reads of variables of the application; writing, copying and passing on the environment are not reads."""
    for call in module.nodes(ast.Call):
        called = module.full_name(call.func)
        if called in _FILE_READERS:
            yield EnvironmentRead(call, "")
        elif called in _READERS and call.args:
            yield from _read(call, call.args[0])
    for subscript in module.nodes(ast.Subscript):
        if isinstance(subscript.ctx, ast.Load) and module.full_name(subscript.value) in _ENVIRONMENTS:
            yield from _read(subscript, subscript.slice)
    for test in module.nodes(ast.Compare):
        if isinstance(test.ops[0], ast.In | ast.NotIn) and module.full_name(test.comparators[0]) in _ENVIRONMENTS:
            yield from _read(test, test.left)


def _read(node: ast.expr, key: ast.expr) -> Iterator[EnvironmentRead]:
    # A key that is computed belongs to a tool that reads variables for others.
    if isinstance(key, ast.Constant) and isinstance(key.value, str | bytes):
        name = key.value if isinstance(key.value, str) else key.value.decode(errors="replace")
        if name not in _NOT_OURS and not name.startswith(_NOT_OURS_BEGIN):
            yield EnvironmentRead(node, name)
