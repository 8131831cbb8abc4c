"""What holds for every project: shown on made-up ones."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from tests.made_up_projects import (
    CONFIGURATION,
    DIRECT_FORMS,
    MODULES,
    Project,
    path_of,
    projects,
    projects_and_blocks,
    write_import,
)
from tests.running import check_folder, run_apart, run_here, write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW = settings(max_examples=15, deadline=None, database=None, derandomize=True)
SOME = settings(max_examples=30, deadline=None, database=None, derandomize=True)
MONOTONE = frozenset({"LC101", "LC102", "LC103", "LC104", "LC105", "LC106", "LC109"})

ModuleFinding = tuple[str, str | None, str | None]


@contextmanager
def _written(project: Project) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield write_project(Path(folder) / "backend", project.files, CONFIGURATION)


def _findings(project: Project) -> set[ModuleFinding]:
    with _written(project) as root:
        report = check_folder(root)
    return {(each.code, each.importer, each.imported) for each in report.findings}


def _fingerprints(project: Project) -> set[str]:
    with _written(project) as root:
        return {each.fingerprint for each in check_folder(root).findings}


def _json(root: Path, *options: str) -> str:
    return run_here("check", "--output-format", "json", *options, root).out


def _grown(before: set[ModuleFinding], after: set[ModuleFinding]) -> set[ModuleFinding]:
    """Find what `after` holds that `before` does not."""
    return {finding for finding in after if finding[0] in MONOTONE} - before


@FEW
@given(projects())
def test_the_state_of_the_cache_changes_nothing(project: Project) -> None:
    with _written(project) as root:
        time.sleep(0.03)  # as old as it takes to be believed
        cache = root / ".layercheck_cache" / "facts.msgpack"
        expected = _json(root, "--no-cache")

        assert _json(root) == expected  # cold
        assert _json(root) == expected  # warm
        cache.write_bytes(cache.read_bytes()[: cache.stat().st_size // 2])
        assert _json(root) == expected  # truncated
        cache.unlink()
        assert _json(root) == expected


@FEW
@given(projects(), st.sampled_from(MODULES), st.sampled_from(MODULES))
def test_a_change_is_seen_whatever_the_cache_knows(project: Project, changed: str, imported: str) -> None:
    after = project.with_block(changed, f"import {imported}")
    with _written(project) as root:
        time.sleep(0.03)
        _json(root)
        write_tree(root, {path_of(changed): after.files[path_of(changed)]})

        assert _json(root) == _json(root, "--no-cache")
        write_tree(root, {path_of(changed): project.files[path_of(changed)]})
        assert _json(root) == _json(root, "--no-cache")


@FEW
@given(projects())
def test_exact_finds_the_same(project: Project) -> None:
    with _written(project) as root:
        exact, default = (json.loads(_json(root, "--no-cache", *options)) for options in (["--exact"], []))

    assert exact == default


@FEW
@given(projects())
def test_the_order_of_the_files_changes_nothing(project: Project) -> None:
    backwards = Project(dict(reversed(project.blocks.items())))
    with _written(project) as one, _written(backwards) as other:
        assert _json(one, "--no-cache") == _json(other, "--no-cache")


@SOME
@given(projects_and_blocks())
def test_removing_an_import_adds_no_finding(drawn: tuple[Project, str, int]) -> None:
    project, module, index = drawn

    before, after = _findings(project), _findings(project.without_block(module, index))

    assert _grown(before, after) == set()


@SOME
@given(projects(), st.sampled_from(MODULES))
def test_removing_a_module_adds_no_finding(project: Project, module: str) -> None:
    before, after = _findings(project), _findings(project.without_module(module))

    # `from app.db import m0` takes a name from `app.db` when the module is gone.
    package = module.rpartition(".")[0]
    before |= {(code, importer, package) for code, importer, imported in before if imported == module}
    before |= {("LC106", importer, package) for code, importer, imported in before if imported == package}
    assert _grown(before, after) == set()


_FORBIDDEN = [
    ("LC101", "db", "services"),
    ("LC101", "models", "api"),
    ("LC101", "services", "api"),
    ("LC102", "api", "models"),
    ("LC102", "api", "db"),
    ("LC103", "schemas", "services"),
    ("LC103", "schemas", "db"),
    ("LC104", "utils", "models"),
    ("LC104", "utils", "schemas"),
    ("LC109", "models", "schemas"),
    ("LC109", "db", "schemas"),
]


@SOME
@given(projects(), st.sampled_from(_FORBIDDEN), st.sampled_from(DIRECT_FORMS), st.booleans())
def test_adding_a_forbidden_import_adds_its_finding(
    project: Project, forbidden: tuple[str, str, str], form: str, at_the_end: bool
) -> None:
    code, importer, imported = forbidden[0], f"app.{forbidden[1]}.m0", f"app.{forbidden[2]}.m1"
    block = write_import(form, importer, imported)

    after = _findings(project.with_block(importer, block, None if at_the_end else 0))

    assert (code, importer, imported) in after


@SOME
@given(projects(), st.sampled_from(MODULES), st.sampled_from(DIRECT_FORMS))
def test_importing_the_entry_point_adds_its_finding(project: Project, importer: str, form: str) -> None:
    if importer == "app.main":
        return
    after = _findings(project.with_block(importer, write_import(form, importer, "app.main")))

    assert ("LC105", importer, "app.main") in after


@SOME
@given(projects_and_blocks(), st.sampled_from(["", "\n\n\n", "# a comment", "\x0c", "'text'", "x = 1"]))
def test_code_that_moves_keeps_its_fingerprints(drawn: tuple[Project, str, int], inserted: str) -> None:
    project, module, index = drawn

    assert _fingerprints(project.with_block(module, inserted, index)) == _fingerprints(project)


@FEW
@given(projects())
def test_no_finding_stands_twice(project: Project) -> None:
    with _written(project) as root:
        report = check_folder(root)

    fingerprints = [each.fingerprint for each in report.findings]
    assert len(set(fingerprints)) == len(fingerprints)


@pytest.mark.parametrize("output_format", ["json", "text", "concise"])
def test_the_seed_of_hashes_changes_nothing(tmp_path: Path, output_format: str) -> None:
    everyone_imports_everyone = {
        module: tuple(f"import {imported}" for imported in MODULES if imported != module) for module in MODULES
    }
    write_project(tmp_path, Project(everyone_imports_everyone).files, CONFIGURATION)

    outputs = {
        run_apart(
            "check",
            "--no-cache",
            "--output-format",
            output_format,
            folder=tmp_path,
            environment={"PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2", "3")
    }

    assert len(outputs) == 1
    assert outputs.pop().code == 1
