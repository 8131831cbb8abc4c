"""What a change does to the findings about tangles, in real repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.repositories import SHOP, GitRepository, told

if TYPE_CHECKING:
    from pathlib import Path

RING = {
    **SHOP,
    "layercheck.toml": "",
    "app/services/a.py": "from app.services import b, c\n",
    "app/services/b.py": "from app.services import a\n",
    "app/services/c.py": "from app.services import a, d\n",
    "app/services/d.py": "from app.services import c\n",
}
WHOLE = "LC150 app.services.a app.services.b app.services.c app.services.d"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"app/services/x.py": "y = 1\n"}, {"carried": [WHOLE]}),
        (
            {"app/services/d.py": "y = 1\n"},
            {"carried": ["LC150 app.services.a app.services.b app.services.c"]},
        ),
        (
            {"app/services/a.py": "from app.services import b\n", "app/services/c.py": "from app.services import d\n"},
            {"carried": ["LC150 app.services.a app.services.b", "LC150 app.services.c app.services.d"]},
        ),
        (
            {
                "app/services/e.py": "from app.services import a\n",
                "app/services/b.py": "from app.services import a, e\n",
            },
            {"introduced": [f"{WHOLE} app.services.e"]},
        ),
        (
            {
                "app/services/b.py": "from app.services import a, d\n",
                "app/services/d.py": "from app.services import b, c\n",
            },
            {"introduced": [WHOLE]},
        ),
        (
            {f"app/services/{name}.py": "y = 1\n" for name in "abcd"},
            {"resolved": [WHOLE]},
        ),
    ],
    ids=["nothing", "a member less", "two parts", "a new member", "a larger cut", "no cycle"],
)
def test_a_new_member_or_a_larger_cut_is_new_and_less_is_not(
    tmp_path: Path, changed: dict[str, str], expected: dict[str, list[str]]
) -> None:
    repository = GitRepository.make(tmp_path, RING)
    repository.write(changed)

    assert told(repository.compare().findings) == expected


def test_a_renamed_member_moves_the_tangle(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, RING)
    repository.git("mv", "app/services/d.py", "app/services/e.py")
    repository.write({"app/services/c.py": "from app.services import a, e\n"})

    assert told(repository.compare().findings) == {
        "moved": ["LC150 app.services.a app.services.b app.services.c app.services.e"]
    }


def test_a_deferred_import_ties_no_tangle(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({"app/models/user.py": "def f():\n    from app.services import users\n"})

    assert repository.compare().tangles == ()
