from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/__init__.py": "",
    "app/web.py": "import app.free\n",
    "app/domain.py": "import app.free\nimport app.web, app.other\nimport sqlalchemy\n",
    "app/free.py": "import app.db\n",
    "app/other.py": "import app.web\n",
    "app/db.py": "import app.domain\n",
}
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


def test_the_line_of_the_ignored_import_is_reported(tmp_path: Path) -> None:
    report = check_tree(
        tmp_path, FILES, f'[[contracts]]\nname = "a"\n{PURE}ignore = [\n  "app.free -> app.db",\n  "x -> y",\n]\n'
    )

    (found,) = of_rule(report, "LC132")

    assert found.location.span is not None
    assert found.location.span.start.line == 8
