from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.running import check_folder, check_tree, of_rule, write_tree

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/__init__.py": "",
    "app/web.py": "import sqlalchemy\n",
    "app/domain/__init__.py": "",
    "app/domain/order.py": "",
    "app/services/mail.py": "def send(): ...\n",
}


IMPORT_NAME = "write the name that imports have, such as 'sklearn'"


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
            ["no module imports the library `sqlalchmey` (targets); did you mean 'sqlalchemy'?"],
        ),
        ('kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["requests", "sqlalchemy2"]\n', []),
        (
            'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["third_party"]\n',
            ["no module imports the library `third_party` (targets); did you mean 'third-party'?"],
        ),
        (
            'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["stdlib"]\n',
            ["no module imports the library `stdlib` (targets); did you mean 'standard-library'?"],
        ),
        (
            'kind = "allowed"\nsources = ["app.domain"]\ntargets = ["standard-libary"]\n',
            ["`standard-libary` (targets) cannot be imported by this name; did you mean 'standard-library'?"],
        ),
        (
            'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["scikit-learn"]\n',
            [f"`scikit-learn` (targets) cannot be imported by this name; {IMPORT_NAME}"],
        ),
        (
            'kind = "protected"\nmodules = ["app"]\n',
            ["the contract cannot be broken: every module may import what is protected"],
        ),
        ('kind = "protected"\nmodules = ["app.domain"]\nimporters = ["app.web"]\n', []),
        (
            'kind = "protected"\nmodules = ["app.domain"]\nimporters = ["app.*", "/app/"]\n',
            ["the contract cannot be broken: every module may import what is protected"],
        ),
        (
            'kind = "public"\npackages = ["app.domain"]\nsources = ["app.domain"]\n',
            ["the contract cannot be broken: no module has to keep to the interface"],
        ),
        ('kind = "public"\npackages = ["app.domain"]\n', []),
        (
            'kind = "allowed"\nsources = ["app"]\ntargets = ["app.web"]\n',
            ["the contract cannot be broken: the sources may import everything"],
        ),
        ('kind = "allowed"\nsources = ["app"]\ntargets = ["app.web", "third-party"]\n', []),
        (
            'kind = "acyclic"\npackages = ["app.domain"]\n',
            ["the contract cannot be broken: no package that it looks at has two children"],
        ),
        (
            'kind = "acyclic"\npackages = ["app.web"]\nbetween = "modules"\n',
            ["the contract cannot be broken: there are no two modules in its packages"],
        ),
        ('kind = "acyclic"\n', []),
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
            ["the contract cannot be broken: `app.web` is the only module"],
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


@pytest.mark.parametrize(
    ("contract", "messages"),
    [
        (
            'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["app.web"]\nignore = ["** -> **"]\n',
            ["`** -> **` (ignore) ignores every import, so the contract cannot be broken"],
        ),
        (
            'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["app.web"]\nignore = ["/.*/ -> /.+/"]\n',
            ["`/.*/ -> /.+/` (ignore) ignores every import, so the contract cannot be broken"],
        ),
        ('kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["app.web"]\nignore = ["** -> app.web"]\n', []),
        (
            'kind = "placement"\nplaces = ["**"]\n',
            ["`**` (places) matches every place, so the contract cannot be broken"],
        ),
        (
            'kind = "placement"\nwithin = ["app"]\nplaces = ["app/**", "app/x"]\n',
            ["`app/**` (places) matches every place, so the contract cannot be broken"],
        ),
        ('kind = "placement"\nwithin = ["app"]\nplaces = ["app/domain"]\n', []),
        (
            'kind = "protected"\nmodules = ["app.web"]\nimporters = ["**"]\n',
            ["`**` (importers) matches every module, so the contract cannot be broken"],
        ),
        (
            'kind = "allowed"\nsources = ["app.web"]\ntargets = ["/.*/"]\n',
            ["`/.*/` (targets) matches every module, so the contract cannot be broken"],
        ),
        ('kind = "allowed"\nsources = ["app.web"]\ntargets = ["/.*/", "standard-library"]\n', []),
    ],
)
def test_what_is_too_wide_is_found(tmp_path: Path, contract: str, messages: list[str]) -> None:
    report = check_tree(tmp_path, FILES, f'[[contracts]]\nname = "a"\n{contract}')

    found = of_rule(report, "LC131")

    assert [each.message.removeprefix("a: ") for each in found] == messages
    assert all(each.severity is Severity.ERROR for each in found)


@pytest.mark.parametrize(
    ("face", "entry", "expected"),
    [
        ("def invoice(): ...\n", "invoice", []),
        (
            "def invoice(): ...\n",
            "inovice",
            ["`inovice` (interface) names nothing in `app.billing`; did you mean 'invoice'?"],
        ),
        ("", "api", []),
        ("", "api.pay", []),
        ("", "api.pay.x", []),
        ("", "api.pya", ["`api.pya` (interface) names nothing in `app.billing`; did you mean 'api.pay'?"]),
        ("", "quite_other", ["`quite_other` (interface) names nothing in `app.billing`"]),
        ("from lib import *\n", "anything", []),
        ("def __getattr__(name): ...\n", "anything", []),
        ("", "get_*", []),
        ("", "/get/", []),
    ],
)
def test_an_entry_of_an_interface_that_names_nothing_is_a_warning(
    tmp_path: Path, face: str, entry: str, expected: list[str]
) -> None:
    files = {**FILES, "app/billing/__init__.py": face, "app/billing/api.py": "def pay(): ...\n"}
    contract = f'[[contracts]]\nname = "a"\nkind = "public"\npackages = ["app.billing"]\ninterface = ["{entry}"]\n'

    found = of_rule(check_tree(tmp_path, files, contract), "LC131")

    assert [each.message.removeprefix("a: ") for each in found] == expected
    assert all(each.severity is Severity.WARNING for each in found)


@pytest.mark.parametrize("kind", ["allowed", "required", "forbidden"])
def test_a_misspelt_package_of_the_project_is_no_library(tmp_path: Path, kind: str) -> None:
    contract = f'[[contracts]]\nname = "a"\nkind = "{kind}"\nsources = ["app.web"]\ntargets = ["ap.domain"]\n'

    (found,) = of_rule(check_tree(tmp_path, FILES, contract), "LC131")

    assert found.message.endswith("did you mean 'app.domain'?")


@pytest.mark.parametrize("code", ["LC131", "LC132"])
def test_it_can_be_selected_alone(tmp_path: Path, code: str) -> None:
    ignore = 'ignore = ["app.gone -> app.web"]\n'
    contract = f'[[contracts]]\nname = "a"\nkind = "protected"\nmodules = ["app.wbe"]\n{ignore}'
    write_tree(tmp_path, {"only/__init__.py": "", "only/x.py": "", "layercheck.toml": contract})

    assert [each.code for each in check_folder(tmp_path, select=[code]).findings] == [code]


def test_a_part_that_would_make_a_contract_milder_is_a_warning(tmp_path: Path) -> None:
    contract = '[[contracts]]\nname = "a"\nkind = "protected"\nmodules = ["app.web"]\nimporters = [\n  "app.gone",\n]\n'

    (found,) = of_rule(check_tree(tmp_path, FILES, contract), "LC131")

    assert found.severity is Severity.WARNING
    assert found.location.span is not None
    assert found.location.span.start.line == 6


@pytest.mark.parametrize(
    ("entries", "exhaustive", "problem"),
    [
        ('["domain"]', "true", ""),
        (
            '["domian", "domain"]',
            "true",
            "`domian` (exhaustive-ignores) is not a child of a container; did you mean 'domain'?",
        ),
        ('["domain", "web"]', "true", "`web` (exhaustive-ignores) is a layer"),
        ('["domain"]', "false", "`domain` (exhaustive-ignores) has no effect without `exhaustive`"),
    ],
)
def test_an_exception_that_makes_no_difference_is_a_warning(
    tmp_path: Path, entries: str, exhaustive: str, problem: str
) -> None:
    contract = (
        '[[contracts]]\nname = "a"\nkind = "layers"\ncontainers = ["app"]\nlayers = ["web", "services"]\n'
        f"exhaustive = {exhaustive}\nexhaustive-ignores = {entries}\n"
    )

    found = of_rule(check_tree(tmp_path, FILES, contract), "LC131")

    assert [each.message.removeprefix("a: ") for each in found] == ([problem] if problem else [])
    assert all(each.severity is Severity.WARNING for each in found)
