from __future__ import annotations

import pytest

from layercheck.engine.path_ignores import PathIgnores
from layercheck.model.finding import Finding, Hop
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span
from layercheck.model.target_paths import keep_paths

FIRST = Span(Position(1, 0), Position(1, 1))


def _finding(path: str, code: str = "LC101", name: str = "layer-order") -> Finding:
    return Finding(code, name, Severity.ERROR, "a message", Location(path, FIRST), subject=path)


def _paths(findings: list[Finding]) -> list[str]:
    return [each.location.path for each in findings]


@pytest.mark.parametrize(
    ("ignores", "left"),
    [
        ({}, ["app/old/x.py", "app/x.py"]),
        ({"app/old/": ("LC101",)}, ["app/x.py"]),
        ({"app/old/**": ("layer-order",)}, ["app/x.py"]),
        ({"x.py": ("LC1",)}, []),
        ({"/x.py": ("LC1",)}, ["app/old/x.py", "app/x.py"]),
        ({"app/old/": ("LC102", "skipped-layer")}, ["app/old/x.py", "app/x.py"]),
        ({"app/old/": ("LC102",), "old": ("LC101",)}, ["app/x.py"]),
    ],
)
def test_findings_are_dropped_by_path_and_rule(ignores: dict[str, tuple[str, ...]], left: list[str]) -> None:
    found = [_finding("app/old/x.py"), _finding("app/x.py")]

    assert _paths(PathIgnores(ignores).drop(found)) == left


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ((), ["app/x.py", "app/y.py", "application/z.py", "layercheck.toml"]),
        (("app",), ["app/x.py", "app/y.py", "layercheck.toml"]),
        (("app/y.py",), ["app/y.py", "layercheck.toml"]),
        (("app/x.py", "application"), ["app/x.py", "application/z.py", "layercheck.toml"]),
        (("elsewhere",), ["layercheck.toml"]),
    ],
)
def test_only_the_parts_that_were_asked_for_are_kept(parts: tuple[str, ...], left: list[str]) -> None:
    found = list(map(_finding, ["app/x.py", "app/y.py", "application/z.py", "layercheck.toml"]))

    assert _paths(keep_paths(found, parts, "layercheck.toml")) == left


def test_what_the_project_lacks_is_no_mistake_in_the_configuration() -> None:
    found = [Finding("LC231", "x", Severity.INFO, "no README", Location("pyproject.toml"), subject="README.md")]

    assert keep_paths(found, ("app",), "pyproject.toml") == []
    assert keep_paths(found, ("pyproject.toml",), "pyproject.toml") == found


def test_a_chain_is_kept_in_every_part_that_it_runs_through() -> None:
    hops = tuple(Hop("a", "b", Location(path)) for path in ("app/models/x.py", "app/free.py"))
    found = [Finding("LC106", "x", Severity.WARNING, "m", Location("app/models/x.py"), subject="x", chain=hops)]

    assert keep_paths(found, ("app/free.py",), "") == found
    assert keep_paths(found, ("app/services",), "") == []
