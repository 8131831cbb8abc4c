from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILES = {
    "app/__init__.py": "",
    "app/web.py": "import app.free\n",
    "app/domain.py": "import app.free\nimport app.web, app.other\nimport sqlalchemy\n",
    "app/free.py": "import app.db\n",
    "app/other.py": "import app.web\n",
    "app/db.py": "import app.domain\n",
}
KINDS = (
    'kind = "layers"\nlayers = ["app.a", "app.b", "app.c"]\n',
    'kind = "forbidden"\nsources = ["app.a"]\ntargets = ["app.d.x", "requests"]\n',
    'kind = "independence"\nmodules = ["app.a", "app.b"]\n',
    'kind = "protected"\nmodules = ["app.c"]\nimporters = ["app.d"]\n',
    'kind = "private"\n',
    'kind = "acyclic"\npackages = ["app"]\n',
)
PURE = 'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["app.db"]\n'


def _unused(root: Path, contract: str) -> list[str]:
    report = check_tree(root, FILES, f'[[contracts]]\nname = "a"\n{contract}')
    return [each.message.removeprefix("a: ") for each in of_rule(report, "LC132")]


@pytest.mark.parametrize(
    ("contract", "ignored", "message"),
    [
        (PURE, "app.domain -> app.free", ""),
        (PURE, "app.free -> app.db", ""),
        (PURE, "app.domain -> app.web", ""),
        (PURE, "app.other -> app.web", ""),
        (PURE, "app.db -> app.domain", "would not break the contract"),
        (PURE, "app.web -> app.db", "is no import of the project"),
        (PURE, "app.domain -> app.fre", "is no import of the project; did you mean 'app.free'?"),
        (PURE, "app.domian -> app.free", "is no import of the project; did you mean 'app.domain'?"),
        (PURE + "indirect = false\n", "app.domain -> app.free", "would not break the contract"),
        ('kind = "acyclic"\n', "app.db -> app.domain", ""),
        ('kind = "acyclic"\n', "app.web -> app.free", ""),
        ('kind = "protected"\nmodules = ["app.db"]\n', "app.free -> app.db", ""),
        ('kind = "protected"\nmodules = ["app.db"]\n', "app.domain -> app.free", "would not break the contract"),
        ('kind = "allowed"\nsources = ["app.db"]\ntargets = ["app.web"]\n', "app.db -> app.domain", ""),
        ('kind = "placement"\nplaces = ["app"]\n', "app.db -> app.domain", "would not break the contract"),
        ('kind = "independence"\nmodules = ["app.web", "app.db"]\n', "app.web -> app.free", ""),
    ],
)
def test_an_ignored_import_has_to_be_of_use(tmp_path: Path, contract: str, ignored: str, message: str) -> None:
    found = _unused(tmp_path, f'{contract}ignore = ["{ignored}"]\n')

    assert found == ([f"`{ignored}` (ignore) {message}"] if message else [])


def test_a_library_can_be_ignored(tmp_path: Path) -> None:
    contract = 'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["sqlalchemy"]\nignore = ["{}"]\n'

    assert not _unused(tmp_path, contract.format("app.domain -> sqlalchemy"))
    assert _unused(tmp_path, contract.format("app.domain -> requests"))


def test_a_library_that_the_contract_says_nothing_of_needs_not_be_ignored(tmp_path: Path) -> None:
    wide = 'kind = "forbidden"\nsources = ["app.web"]\ntargets = ["{}"]\nignore = ["app.domain -> sqlalchemy"]\n'

    assert not _unused(tmp_path / "a", wide.format("sqlalchemy"))  # app.web reaches app.domain
    for at, contract in enumerate((wide.format("requests"), PURE + 'ignore = ["app.domain -> sqlalchemy"]\n')):
        found = _unused(tmp_path / str(at), contract)
        assert found == ["`app.domain -> sqlalchemy` (ignore) would not break the contract"]


def test_of_two_lines_for_one_import_the_first_is_not_needed(tmp_path: Path) -> None:
    ignored = 'ignore = ["app.domain -> app.free", "app.domain -> app.*"]\n'

    assert _unused(tmp_path, PURE + ignored) == [
        "`app.domain -> app.free` (ignore) names only imports that other lines ignore as well"
    ]


@pytest.mark.parametrize("seed", range(12))
def test_without_the_lines_that_are_reported_the_same_is_found(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    names = [f"app.{package}.{name}" for package in "abcd" for name in ("x", "y", "_z")]
    files = {f"app/{package}/__init__.py": "" for package in "abcd"} | {"app/__init__.py": ""}
    edges = [tuple(dice.sample(names, 2)) for _ in range(16)]
    for name in names:
        lines = [f"import {end}\n" for start, end in edges if start == name] + dice.choice([[], ["import requests\n"]])
        files[f"{name.replace('.', '/')}.py"] = "".join(lines)
    # Each line is one import, several or none, and some lines mean the same.
    ignored = [f"{start} -> {end}" for start, end in dice.sample(edges, 8)]
    ignored += [f"app.{one}.* -> app.{other}.*" for one, other in zip("abcd", "badc", strict=True)]
    ignored += [f"{dice.choice(names)} -> requests", f"{dice.choice(names)} -> {dice.choice(names)}"]
    ignored = list(dict.fromkeys(ignored))

    def find(root: Path, lists: Sequence[Sequence[str]]) -> tuple[set[str], str]:
        tables = (
            f'[[contracts]]\nname = "{at}"\n{kind}ignore = {json.dumps(lines)}\n'
            for at, (kind, lines) in enumerate(zip(KINDS, lists, strict=True))
        )
        found = check_tree(root, files, "".join(tables), select=["LC12", "LC132"]).findings
        broken = {f"{each.code} {each.subject} {each.object}" for each in found if each.code != "LC132"}
        return broken, "\n".join(each.message for each in found if each.code == "LC132")

    broken, unused = find(tmp_path / "before", [ignored] * len(KINDS))
    needed = [[line for line in ignored if f"{at}: `{line}` (ignore)" not in unused] for at in range(len(KINDS))]

    assert any(needed)
    assert find(tmp_path / "after", needed) == (broken, "")


def test_the_line_of_the_ignored_import_is_reported(tmp_path: Path) -> None:
    report = check_tree(
        tmp_path, FILES, f'[[contracts]]\nname = "a"\n{PURE}ignore = [\n  "app.free -> app.db",\n  "x -> y",\n]\n'
    )

    (found,) = of_rule(report, "LC132")

    assert found.location.span is not None
    assert found.location.span.start.line == 8
