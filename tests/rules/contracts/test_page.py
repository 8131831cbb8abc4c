"""docs/contracts.md says what is true: each kind reports its example where it is marked, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layercheck.config.contract_records import CONTRACTS
from layercheck.testing.written_trees import read_tree
from tests.running import check_folder, write_tree

PAGE = (Path(__file__).parents[3] / "docs" / "contracts.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### `([\w-]+)`\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_kind_has_a_section() -> None:
    assert set(SECTIONS) == set(CONTRACTS)


@pytest.mark.parametrize("kind", sorted(CONTRACTS))
def test_the_example_of_a_kind_is_reported_where_it_is_marked(kind: str, tmp_path: Path) -> None:
    tree = read_tree(SECTIONS[kind])

    report = check_folder(write_tree(tmp_path, tree.files), select=["LC0", "LC12", "LC13"])

    found = [
        (each.code, each.location.path, each.location.span.start.line if each.location.span else 1)
        for each in report.findings
    ]
    assert sorted(found) == sorted(tree.marks)


@pytest.mark.parametrize("kind", sorted(CONTRACTS))
def test_every_key_of_a_kind_is_explained(kind: str) -> None:
    record = CONTRACTS[kind]
    own = set(record.__struct_encode_fields__) - {"name", "reason", "severity", "imports", "ignore"}

    assert {key for key in own if key not in SECTIONS[kind]} <= {"as-packages", "importers"}
