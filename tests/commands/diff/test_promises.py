"""What holds for every change: shown on made-up projects in real repositories."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings

from tests.made_up_projects import CONFIGURATION, projects, projects_and_blocks
from tests.repositories import GitRepository, ends, told
from tests.running import PROJECT_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.commands.diff.change import Change
    from layercheck.model.finding import Finding
    from tests.made_up_projects import Project

FEW = settings(max_examples=8, deadline=None, database=None, derandomize=True)


def _compare(*states: Project) -> list[Change]:
    """Compare each state with the one before it, the last one in the work tree."""
    with tempfile.TemporaryDirectory() as folder:
        first, *others = states
        repository = GitRepository.make(Path(folder), {"layercheck.toml": CONFIGURATION, **first.files})
        changes = []
        for state in others:
            repository.git("rm", "-rq", "app")
            repository.write(state.files)
            changes.append(repository.compare("HEAD", cache=True))
            repository.commit()
        return changes


def _count(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(map(ends, findings))


@FEW
@given(projects())
def test_a_tree_compared_with_itself_shows_nothing(project: Project) -> None:
    (change,) = _compare(project, project)

    assert set(told(change.findings)) <= {"carried"}
    assert _count(change.findings.carried) == _count(change.report.findings)
    assert (change.edges, change.tangles) == ((), ())


@FEW
@given(projects(), projects())
def test_every_finding_of_both_sides_has_one_verdict(before: Project, after: Project) -> None:
    back_and_forth = _compare(before, after, before)
    forth, back = (change.findings for change in back_and_forth)
    of_after, of_before = (_count(change.report.findings) for change in back_and_forth)

    moved_to, moved_from = _count(pair.after for pair in forth.moved), _count(pair.before for pair in forth.moved)
    assert _count(forth.introduced) + _count(forth.carried) + moved_to == of_after
    assert _count(forth.resolved) + _count(forth.carried) + moved_from == of_before
    assert (forth.exposed, forth.dropped) == ((), ())
    # The way back undoes what the way there did.
    assert _count(back.introduced) == _count(forth.resolved)
    assert _count(back.resolved) == _count(forth.introduced)


@FEW
@given(projects())
def test_a_renamed_package_is_no_change(project: Project) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        repository = GitRepository.make(root, {**PROJECT_FILES, "layercheck.toml": CONFIGURATION, **project.files})
        repository.git("mv", "app", "shop")
        shop = {path.replace("app/", "shop/", 1): text.replace("app", "shop") for path, text in project.files.items()}
        repository.write({"layercheck.toml": CONFIGURATION.replace("app", "shop"), **shop})

        change = repository.compare()

    assert set(told(change.findings)) <= {"moved"}
    assert len(change.findings.moved) == len(change.report.findings)
    assert (change.edges, change.tangles) == ((), ())


@FEW
@given(projects_and_blocks())
def test_an_import_taken_away_and_brought_back_is_no_change(drawn: tuple[Project, str, int]) -> None:
    project, module, index = drawn
    away, back = _compare(project, project.without_block(module, index), project)

    assert _count(back.findings.introduced) == _count(away.findings.resolved)
    assert {(edge.importer, edge.imported, len(edge.added)) for edge in back.edges} == {
        (edge.importer, edge.imported, len(edge.removed)) for edge in away.edges
    }
