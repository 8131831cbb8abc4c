from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.finding import Severity
from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/__init__.py": "",
    "app/web.py": "import sqlalchemy\n",
    "app/domain/__init__.py": "",
    "app/domain/order.py": "",
    "app/services/mail.py": "def send(): ...\n",
}


@pytest.mark.parametrize(
    ("contract", "messages"),
    [
        ('kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["app.web"]\n', []),
        (
            'kind = "forbidden"\nsources = ["app.domian"]\ntargets = ["app.web"]\n',
            ["`app.domian` (sources) matches no module; did you mean 'app.domain'?"],
        ),
        (
            'kind = "forbidden"\nsources = ["app.order"]\ntargets = ["app.web"]\n',
            ["`app.order` (sources) matches no module; did you mean 'app.domain.order'?"],
        ),
        (
            'kind = "forbidden"\nsources = ["app.*_x"]\ntargets = ["app.web"]\n',
            ["`app.*_x` (sources) matches no module"],
        ),
        (
            'kind = "forbidden"\nsources = ["role:service"]\ntargets = ["app.web"]\n',
            ["`role:service` (sources) matches no module; did you mean 'role:services'?"],
        ),
        (
            'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["sqlalchmey"]\n',
            ["nobody imports the library `sqlalchmey` (targets); did you mean 'sqlalchemy'?"],
        ),
        ('kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["requests", "sqlalchemy2"]\n', []),
        (
            'kind = "forbidden"\nsources = ["app.domain.order"]\ntargets = ["app.domain.order"]\n',
            ["the contract cannot be broken: every source is a target as well"],
        ),
        (
            'kind = "layers"\nlayers = ["app.web", "app.core", "(app.db)", "app.domain"]\n',
            ["the layer `app.core` does not exist; did you mean 'app.domain'?"],
        ),
        (
            'kind = "layers"\nlayers = ["app.web", "(app.db)"]\n',
            ["the contract cannot be broken: no two of its layers have modules"],
        ),
        (
            'kind = "independence"\nmodules = ["app.web"]\n',
            ["the contract cannot be broken: `app.web` alone has nothing to be independent of"],
        ),
        (
            'kind = "placement"\nplaces = ["x"]\nwithin = ["app/wbe.py"]\n',
            ["`app/wbe.py` (within) matches no module; did you mean 'app/web.py'?"],
        ),
    ],
)
def test_what_has_no_effect_is_found(tmp_path: Path, contract: str, messages: list[str]) -> None:
    report = check_tree(tmp_path, FILES, f'[[contracts]]\nname = "a"\n{contract}')

    found = of_rule(report, "LC131")

    got = [each.message.removeprefix("a: ") for each in found]
    assert [one.split(";")[0] if "app.core" in one else one for one in got] == [
        one.split(";")[0] if "app.core" in one else one for one in messages
    ]
    assert all(each.location.path == "layercheck.toml" for each in found)


def test_a_part_that_would_make_a_contract_milder_is_a_warning(tmp_path: Path) -> None:
    contract = '[[contracts]]\nname = "a"\nkind = "protected"\nmodules = ["app.web"]\nimporters = [\n  "app.gone",\n]\n'

    (found,) = of_rule(check_tree(tmp_path, FILES, contract), "LC131")

    assert found.severity is Severity.WARNING
    assert found.location.span is not None
    assert found.location.span.start.line == 6
