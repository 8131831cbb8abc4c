"""The server with the client of the protocol's own package."""

from __future__ import annotations

import asyncio
import importlib
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.running import clean_environment, run_apart, write_project, write_tree
from tests.tool_server.test_tools import FILES

if TYPE_CHECKING:
    from pathlib import Path


def test_an_agent_asks_all_four_tools(tmp_path: Path) -> None:
    pytest.importorskip("mcp.server.mcpserver", reason="the extra mcp is not installed")
    mcp = importlib.import_module("mcp")
    root = write_project(tmp_path, FILES)

    async def ask() -> tuple[Any, ...]:
        server = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "layercheck", "mcp", str(root)], env=clean_environment(), cwd="/"
        )
        async with mcp.Client(server) as client:
            routes = {"importer": "app.api.users", "imported": "app.models.user"}
            return (
                await client.list_tools(),
                await client.call_tool("check", {}),
                await client.call_tool("explain", {"subject": "app/api/users.py:2"}),
                await client.call_tool("where_does_it_go", {"kind": "endpoint"}),
                await client.call_tool("legal_routes", routes),
                await client.call_tool("explain", {"subject": "../../etc/passwd:1"}),
                await client.call_tool("check", {"paths": ["app/models"]}),
                await client.call_tool("check", {"path": ["app/models"]}),
                await client.call_tool("explain", {"subject": "LC101", "banana": 1}),
            )

    listed, *answers, misspelt, unknown = asyncio.run(ask())

    tools = {tool.name: tool for tool in listed.tools}
    assert sorted(tools) == ["check", "explain", "legal_routes", "where_does_it_go"]
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert all(tool.description.count("\n\n") == 1 for tool in tools.values())
    check, explain, where, routes, outside, part = (answer.content[0].text for answer in answers)
    assert "app/api/users.py:2:6 error[LC102]" in check
    assert "app.services.users" in explain
    assert where == "endpoint in app: app/api/NAME.py\n"
    assert "- app.services.users (layer `services`): find_user\n" in routes
    assert answers[4].is_error
    assert "../../etc/passwd is not in the project" in outside
    assert "LC102" not in part
    assert not any(answer.is_error for answer in (*answers[:4], answers[5]))
    assert (misspelt.is_error, unknown.is_error) == (True, True)
    assert "the tool 'check' has no argument 'path'; did you mean 'paths'?" in misspelt.content[0].text
    assert "the tool 'explain' has no argument 'banana'; it has subject" in unknown.content[0].text


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    write_tree(tmp_path, {"none/sitecustomize.py": "import sys\nsys.modules['mcp'] = None\n"})
    path = {"PYTHONPATH": f"{tmp_path / 'none'}:{clean_environment()['PYTHONPATH']}"}

    outcome = run_apart("mcp", folder=tmp_path, environment=path)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "layercheck: `layercheck mcp` needs one more package: pip install 'layercheck[mcp]'\n"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    outcome = run_apart("mcp", "nowhere", folder=tmp_path)

    assert (outcome.code, outcome.out) == (2, "")
    assert "nowhere" in outcome.err
