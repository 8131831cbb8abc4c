"""Many free modules that import each other, and many imports of a higher layer by them, as in a large package."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck.project.exact_imports import ExactImports
from tests.rules.layers.shop import check_imports
from tests.running import of_rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from layercheck.model.imports import Import

MANY = 12


def test_the_way_to_a_link_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[tuple[str, str]] = Counter()
    between = ExactImports.between

    def count(self: ExactImports, path: str, imported: str) -> Sequence[Import]:
        asked[path, imported] += 1
        return between(self, path, imported)

    monkeypatch.setattr(ExactImports, "between", count)
    others = "".join(f"import app.free{at}\n" for at in range(MANY))
    files = {f"app/free{at}.py": f"{others}import app.api.users\nimport app.services.users\n" for at in range(MANY)}
    report = check_imports(tmp_path, {"models": "import app.free0\n"}, files=files)

    assert len(of_rule(report, "LC106")) == 2 * MANY
    # By the rule about direct imports, by the search for links and for each layer on the way; not once for each link.
    assert max(asked.values()) <= 4
