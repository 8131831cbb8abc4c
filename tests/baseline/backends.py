"""Small backends with any imports one likes, and what is known of them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from layercheck.baseline.entry_line import parse_entry
from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.running import PROJECT_FILES, run_here, write_project

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from layercheck.model.report import Report

FILE = "layercheck-baseline.txt"
TODAY = dt.date(2026, 6, 15)

MODULES = tuple(f"app.{layer}.m{number}" for layer in ("api", "services", "models") for number in (1, 2, 3))
EDGES = tuple((a, b) for a, b in product(MODULES, MODULES) if a != b)
FORBIDDEN = tuple(
    (a, b) for a, b in EDGES if ("app.models" in a and "app.models" not in b) or ("services" in a and "api" in b)
)
"""Imports of a higher layer."""

Edge = tuple[str, str]
edges = st.sets(st.sampled_from(EDGES), max_size=14)
forbidden = st.sampled_from(FORBIDDEN)


_SAYS = {"services": "Service", "api": "(MethodView)"}


def path_of(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def write_backend(root: Path, imports: Iterable[Edge], configuration: str = "") -> Path:
    """Write the backend anew, whatever was there before; the baseline and the history stay."""
    shutil.rmtree(root / "app", ignore_errors=True)
    by_importer: dict[str, list[str]] = defaultdict(list)
    for importer, imported in sorted(imports):
        by_importer[importer].append(imported)
    files = {
        path_of(module): "".join(f"import {imported}\n" for imported in by_importer[module])
        # Services and endpoints say what they are: the name of a folder above is not enough where the module moves deeper.
        + ("from flask.views import MethodView\n" if ".api." in module else "")
        + f"\n\nclass {module.title().replace('.', '')}{_SAYS.get(module.split('.')[1], '')}:\n    pass\n"
        for module in MODULES
    }
    return write_project(root, PROJECT_FILES | files, configuration)


def baseline(root: Path, *arguments: str) -> str:
    """Run `layercheck baseline` and return what it printed."""
    outcome = run_here("baseline", "--no-cache", *arguments, root)
    assert outcome.code == 0, outcome.err
    return outcome.out


def check_on(root: Path, today: dt.date = TODAY, *, is_ci: bool = False, cache: Path | None = None) -> Report:
    return check(find_target([root]), CheckOptions(cache_folder=cache, today=today, is_ci=is_ci))


def problems(report: Report) -> list[str]:
    """List what a CI run would fail or warn for."""
    return [f"{each.code} {each.subject} -> {each.object}" for each in report.findings if each.severity != "info"]


def known_in(root: Path, path: str = FILE) -> set[str]:
    """Read the lines of a baseline that are entries, notes included."""
    file = root / path
    text = file.read_text("utf-8") if file.exists() else ""
    lines = {line for line in text.splitlines() if line and not line.startswith("#")}
    assert all(parse_entry(line) for line in lines)
    return lines
