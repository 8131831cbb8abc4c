"""What a change does to the imports between layers, and to tangles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.repositories import SHOP, UPWARD, GitRepository

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.commands.diff.change import Change

TANGLED = {**SHOP, "app/services/users.py": f"{UPWARD}{SHOP['app/services/users.py']}"}
"""`app.api.users` and `app.services.users` import each other."""


def _edges(change: Change) -> list[tuple[str, str, str, int, int]]:
    return [(edge.importer, edge.imported, edge.kind, len(edge.added), len(edge.removed)) for edge in change.edges]


def test_a_first_import_makes_an_edge(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({"app/api/users.py": "from app.models import user\n" + SHOP["app/api/users.py"]})

    change = repository.compare()

    assert _edges(change) == [("api", "models", "new", 1, 0)]
    added = change.edges[0].added[0]
    assert (added.importer, added.imported) == ("app.api.users", "app.models.user")
    assert (added.location.path, added.location.span is not None) == ("app/api/users.py", True)


def test_a_last_import_takes_the_edge_with_it(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({"app/services/users.py": "def find(): ...\n"})

    assert _edges(repository.compare()) == [("services", "models", "removed", 0, 1)]


def test_one_import_more_changes_an_edge(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({"app/api/orders.py": "from app.services import users\n"})

    assert _edges(repository.compare()) == [("api", "services", "changed", 1, 0)]


def test_one_import_for_another_changes_an_edge(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    (tmp_path / "app/api/users.py").unlink()
    repository.write({"app/api/orders.py": "import app.services.users\nclass Orders: ...\n"})

    assert _edges(repository.compare()) == [("api", "services", "changed", 1, 1)]


def test_what_only_reads_like_an_import_is_none(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, "app/models/doc.py": f'"""\n{UPWARD}"""\n'})
    repository.write({"app/models/more.py": f'"""\n{UPWARD}"""\n', "app/models/doc.py": f'"""\n{UPWARD}."""\n'})

    change = repository.compare()

    assert (change.edges, change.tangles) == ((), ())


def test_text_that_becomes_an_import_makes_an_edge(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, "app/models/doc.py": f'"""\n{UPWARD}"""\n'})
    repository.write({"app/models/doc.py": UPWARD})

    assert _edges(repository.compare()) == [("models", "api", "new", 1, 0)]


def test_imports_for_type_checkers_make_no_edge(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    guarded = f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {UPWARD}"
    repository.write({"app/models/user.py": guarded + SHOP["app/models/user.py"]})

    change = repository.compare()

    assert (change.edges, change.tangles) == ((), ())


def test_a_renamed_package_changes_neither_edges_nor_tangles(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, TANGLED)
    repository.git("mv", "app", "shop")
    repository.write(
        {path.replace("app/", "shop/"): text.replace("from app", "from shop") for path, text in TANGLED.items()}
    )

    change = repository.compare()

    assert (change.edges, change.tangles) == ((), ())


def test_a_first_import_back_ties_a_tangle(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write(TANGLED)

    (tangle,) = repository.compare().tangles

    assert (tangle.kind, tangle.modules) == ("new", ("app.api.users", "app.services.users"))
    assert tangle.cycle == ("app.api.users", "app.services.users", "app.api.users")


def test_a_tangle_grows_by_a_module(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, TANGLED)
    repository.write({"app/models/user.py": UPWARD + SHOP["app/models/user.py"]})

    (tangle,) = repository.compare().tangles

    assert (tangle.kind, tangle.added, tangle.removed) == ("grown", ("app.models.user",), ())
    assert tangle.cycle == ("app.models.user", "app.api.users", "app.services.users", "app.models.user")


def test_a_tangle_shrinks_by_a_module(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**TANGLED, "app/models/user.py": UPWARD})
    repository.write(SHOP | {"app/services/users.py": TANGLED["app/services/users.py"]})

    (tangle,) = repository.compare().tangles

    assert (tangle.kind, tangle.added, tangle.removed) == ("shrunk", (), ("app.models.user",))


def test_a_tangle_dissolves(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, TANGLED)
    repository.write(SHOP)

    (tangle,) = repository.compare().tangles

    assert (tangle.kind, tangle.modules) == ("dissolved", ("app.api.users", "app.services.users"))


def test_two_tangles_that_meet_are_one_that_grew(tmp_path: Path) -> None:
    pairs = {f"app/services/{a}.py": f"from app.services import {b}\n" for a, b in ("ab", "ba", "cd", "dc")}
    repository = GitRepository.make(tmp_path, {**SHOP, **pairs})
    repository.write(
        {
            "app/services/a.py": "from app.services import b, c\n",
            "app/services/c.py": "from app.services import a, d\n",
        }
    )

    (tangle,) = repository.compare().tangles

    assert (tangle.kind, tangle.added) == ("grown", ("app.services.c", "app.services.d"))


def test_what_falls_off_a_tangle_is_nothing_new(tmp_path: Path) -> None:
    ring = {
        "app/services/a.py": "from app.services import b, c\n",
        "app/services/b.py": "from app.services import a\n",
        "app/services/c.py": "from app.services import a, d\n",
        "app/services/d.py": "from app.services import c\n",
    }
    repository = GitRepository.make(tmp_path, {**SHOP, **ring})
    repository.write({"app/services/a.py": "from app.services import b\n"})

    (tangle,) = repository.compare().tangles

    assert (tangle.kind, len(tangle.modules), len(tangle.removed)) == ("shrunk", 2, 2)
