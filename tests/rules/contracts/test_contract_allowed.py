from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.contracts.shop import find_broken, pairs

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app.web.views": "from app.core import run\nimport app.db.tables\nfrom . import urls\n",
    "app.web.urls": "",
    "app.core": "def run(): ...\n",
    "app.db.tables": "",
}


def test_all_but_the_targets_and_the_source_itself_is_found(tmp_path: Path) -> None:
    found = find_broken(tmp_path, "LC123", FILES, 'kind = "allowed"\nsources = ["app.web"]\ntargets = ["app.core"]\n')

    assert pairs(found) == ["app.web.views -> app.db.tables"]
    assert found[0].message == "The rule: `app.web` may import only `app.core`: app.web.views imports app.db.tables"


def test_libraries_are_judged_where_one_is_named(tmp_path: Path) -> None:
    files = {
        "app.domain": "from __future__ import annotations\nimport json\nimport sqlalchemy.orm\nimport pydantic, requests\n"
    }
    contract = 'kind = "allowed"\nsources = ["app.domain"]\ntargets = [{}]\n'

    def libraries(targets: str) -> list[str]:
        return [each.imported or "" for each in find_broken(tmp_path, "LC123", files, contract.format(targets))]

    assert libraries('"app.core"') == []
    assert libraries('"sqlalchemy.orm"') == ["json", "pydantic", "requests"]
    assert libraries('"sqlalchemy.orm", "standard-library"') == ["pydantic", "requests"]
    assert libraries('"third-party"') == ["json"]
    assert libraries('"sqlalchemy.ext", "standard-library", "pydantic", "requests"') == ["sqlalchemy.orm"]


def test_a_part_of_a_library_is_known_by_the_names_taken(tmp_path: Path) -> None:
    files = {"app.domain": "from sqlalchemy import orm, text\n"}
    contract = 'kind = "allowed"\nsources = ["app.domain"]\ntargets = ["sqlalchemy.orm"]\n'

    (found,) = find_broken(tmp_path, "LC123", files, contract)

    assert found.message.endswith("app.domain imports sqlalchemy.text")
    assert found.object == "sqlalchemy:the-rule"


def test_imports_of_a_kind_that_does_not_count_are_allowed(tmp_path: Path) -> None:
    files = {"app.domain": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import requests\n"}
    contract = 'kind = "allowed"\nsources = ["app.domain"]\ntargets = ["standard-library"]\n'

    assert not find_broken(tmp_path, "LC123", files, contract)


def test_an_ignored_library_is_left_out(tmp_path: Path) -> None:
    files = {"app.domain": "import requests\nimport httpx\n"}
    contract = 'kind = "allowed"\nsources = ["app.domain"]\ntargets = ["standard-library"]\n'

    found = find_broken(tmp_path, "LC123", files, contract + 'ignore = ["app.domain -> requests"]\n')

    assert [each.imported for each in found] == ["httpx"]
