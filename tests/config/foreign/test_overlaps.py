from __future__ import annotations

from typing import Any

import pytest

from layercheck.config.foreign.overlaps import split_forbidden, split_protected


@pytest.mark.parametrize(
    ("sources", "targets", "parts", "doubts"),
    [
        (["a.b", "a.c"], ["a.d", "x"], [(["a.b", "a.c"], ["a.d", "x"])], 0),
        (["a.b", "a.c"], ["a.*"], [(["a.b"], ["a.*"]), (["a.c"], ["a.*"])], 0),
        (["a"], ["a.b", "x"], [(["a"], ["x"])], 0),
        (["a.b.c"], ["a.b", "x"], [(["a.b.c"], ["x"])], 0),
        (["a"], ["a"], [], 1),
        (["a.b.c"], ["a.*"], [(["a.b.c"], ["a.*"])], 1),
        (["a.*"], ["a.*"], [(["a.*"], ["a.*"])], 1),
        (["a.*.x"], ["a.*.y"], [(["a.*.x"], ["a.*.y"])], 0),
    ],
)
def test_forbidden_pairs_that_overlap_are_passed_over(
    sources: list[str], targets: list[str], parts: list[tuple[list[str], list[str]]], doubts: int
) -> None:
    found = list(split_forbidden({"name": "n", "sources": sources, "targets": targets}))

    assert [(part["sources"], part["targets"]) for part, _ in found if part] == parts
    assert sum(bool(message) for _, message in found) == doubts


@pytest.mark.parametrize(
    ("modules", "parts"),
    [(["a", "b"], [["a", "b"]]), (["a", "a.b"], [["a"], ["a.b"]]), (["a.*", "a.b.c"], [["a.*"], ["a.b.c"]])],
)
def test_protected_modules_that_overlap_are_parted(modules: list[str], parts: list[list[str]]) -> None:
    table: dict[str, Any] = {"name": "n", "modules": modules}

    assert [part["modules"] for part, _ in split_protected(table)] == parts
