"""What a baseline promises, whatever the backend."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings, strategies as st

from layercheck.baseline.entry_line import parse_entry
from tests.baseline.backends import (
    FILE,
    FORBIDDEN,
    MODULES,
    baseline,
    check_on,
    edges,
    forbidden,
    known_in,
    path_of,
    problems,
    write_backend,
)
from tests.repositories import commit_all, make_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from hypothesis.strategies import DrawFn

    from tests.baseline.backends import Edge

promise = settings(max_examples=25, deadline=None)
promise_with_git = settings(max_examples=10, deadline=None)


def _accepts_less(line: str, accepted: set[str]) -> bool:
    """Tell whether a line stands for what is left of a tangle that was accepted."""
    entry = parse_entry(line)
    wholes = [each for each in map(parse_entry, accepted) if each.cut is not None]
    return entry.cut is not None and any(
        entry.members <= whole.members and entry.cut <= (whole.cut or 0) for whole in wholes
    )


@contextmanager
def backend(imports: set[Edge]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield write_backend(Path(folder) / "project", imports)


@given(edges)
@promise
def test_baseline_then_check_is_clean(imports: set[Edge]) -> None:
    with backend(imports) as root:
        before = problems(check_on(root))
        baseline(root, "--all")

        report = check_on(root, is_ci=True)

        assert problems(report) == []
        assert len(report.baselined) == len(before)
        assert len(known_in(root)) == len(before)


@given(edges, forbidden)
@promise
def test_baseline_then_one_new_forbidden_import_fails(imports: set[Edge], new: Edge) -> None:
    assume(new not in imports)
    with backend(imports) as root:
        baseline(root, "--all")
        write_backend(root, imports | {new})

        assert f"LC101 {new[0]} -> {new[1]}" in problems(check_on(root))


@given(st.sets(st.sampled_from(FORBIDDEN), min_size=1, max_size=6), forbidden, st.randoms())
@promise
def test_swapping_one_violation_for_another_fails(imports: set[Edge], new: Edge, random: Random) -> None:
    assume(new not in imports)
    gone = random.choice(sorted(imports))
    with backend(imports) as root:
        baseline(root, "--all")
        write_backend(root, (imports - {gone}) | {new})

        assert problems(check_on(root)) == [f"LC101 {new[0]} -> {new[1]}"]


@given(edges, edges)
@promise
def test_prune_only_shrinks_and_is_idempotent(then: set[Edge], now: set[Edge]) -> None:
    with backend(then) as root:
        baseline(root, "--all")
        accepted = known_in(root)
        write_backend(root, now)
        new = [each for each in problems(check_on(root, is_ci=True)) if not each.startswith("LC004")]

        baseline(root, "--prune")

        pruned = known_in(root)
        assert all(_accepts_less(each, accepted) for each in pruned - accepted)
        assert problems(check_on(root, is_ci=True)) == new
        assert "nothing to add or remove" in baseline(root, "--prune")
        assert known_in(root) == pruned


@given(edges, edges)
@promise
def test_check_never_writes(then: set[Edge], now: set[Edge]) -> None:
    with backend(then) as root:
        baseline(root, "--all")
        write_backend(root, now)
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

        check_on(root, is_ci=True)

        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@st.composite
def renamings(draw: DrawFn) -> dict[str, str]:
    """Rename one module, one package or the whole application: old name → new name."""
    kind = draw(st.sampled_from(["module", "deeper", "package", "application"]))
    if kind == "application":
        return {module: f"shop{module.removeprefix('app')}" for module in MODULES}
    if kind == "package":
        old, new = draw(st.sampled_from([("models", "entities"), ("services", "service"), ("api", "routers")]))
        return {module: module.replace(f".{old}.", f".{new}.") for module in MODULES}
    module = draw(st.sampled_from(MODULES))
    package, _, name = module.rpartition(".")
    return {module: f"{package}.renamed" if kind == "module" else f"{package}.inner.{name}"}


def rename_modules(root: Path, renaming: dict[str, str]) -> None:
    """Move files and mend their importers, as an editor does."""
    texts = {path: path.read_text("utf-8") for path in root.glob("app/**/*.py")}
    for path in texts:
        path.unlink()
    for path, text in texts.items():
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        target = root / path_of(renaming.get(module, module))
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = text.splitlines(keepends=True)
        mended = (
            f"import {renaming.get(line.split()[1], line.split()[1])}\n" if line.startswith("import ") else line
            for line in lines
        )
        target.write_text("".join(mended), "utf-8")
    for folder in sorted(root.glob("app/**/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


@given(edges, renamings(), st.booleans(), st.booleans())
@promise_with_git
def test_a_rename_with_its_importers_changes_no_verdict(
    imports: set[Edge], renaming: dict[str, str], is_committed: bool, is_per_package: bool
) -> None:
    with backend(imports) as root:
        baseline(root, "--all", "--per-package" if is_per_package else "--one-file")
        make_repository(root)
        known = len(check_on(root).baselined)

        rename_modules(root, renaming)
        if is_committed:
            commit_all(root, "rename")

        report = check_on(root, is_ci=True)
        assert problems(report) == []
        assert len(report.baselined) == known
        baseline(root, "--prune")
        pruned = check_on(root, is_ci=True)
        assert problems(pruned) == []
        assert pruned.baseline_summary is None or (pruned.baseline_summary.moved, pruned.baseline_summary.known) == (
            0,
            known,
        )


@given(edges, renamings(), forbidden)
@promise_with_git
def test_a_rename_hides_nothing_new(imports: set[Edge], renaming: dict[str, str], new: Edge) -> None:
    assume(new not in imports)
    with backend(imports) as root:
        baseline(root, "--all")
        make_repository(root)
        write_backend(root, imports | {new})

        rename_modules(root, renaming)

        importer, imported = (renaming.get(end, end) for end in new)
        assert f"LC101 {importer} -> {imported}" in problems(check_on(root, is_ci=True))


def test_without_a_baseline_there_is_no_debt(tmp_path: Path) -> None:
    report = check_on(write_backend(tmp_path, {FORBIDDEN[0]}))

    assert report.baseline_summary is None
    assert not (tmp_path / FILE).exists()
