from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.config.contract_records import CONTRACTS
from layercheck.config.loaded_configuration import load_configuration
from layercheck.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


def _problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "layercheck.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(path)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_contracts_become_records_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "layercheck.toml"
    path.write_text(
        'preset = "layered"\n\n[[contracts]]\nname = "a"\nkind = "layers"\nlayers = ["x", "y"]\n\n'
        '[[contracts]]\nname = "b"\nkind = "forbidden"\nsources = ["x"]\ntargets = [\n  "y",\n  "z",\n]\n',
        "utf-8",
    )

    first, second = load_configuration(path).contracts

    assert type(first.contract) is CONTRACTS["layers"]
    assert (first.contract.name, first.find_line(())) == ("a", 3)
    assert (second.find_line(()), second.find_line(("targets", 1))) == (8, 14)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '[[contracts]]\nname = "a"\nkind = "layer"\n',
            "3: contracts.kind: unknown kind of contract 'layer'; did you mean 'layers'?",
        ),
        ('[[contracts]]\nname = "a"\n', "1: contracts: the key 'kind' is missing: expected one of "),
        (
            '[[contracts]]\nname = "a"\nkind = "layers"\nlayer = []\nlayers = []\n',
            "4: contracts.layer: unknown key 'layer'; did you mean 'layers'?",
        ),
        (
            '[[contracts]]\nkind = "layers"\nlayers = ["x"]\n',
            "1: contracts: the key 'name' is missing: expected a string",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "layers"\nlayers = ["x", "y | x"]\n',
            "4: contracts.layers: the layer 'x' is already listed above",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "layers"\nlayers = ["x", "y/z"]\n',
            "4: contracts.layers: 'y/z' is not a module such as 'app.web'; write 'y.z'",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "layers"\nlayers = ["x", "y"]\nclosed = ["z"]\n',
            "5: contracts.closed: expected a layer, found 'z'",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "layers"\nlayers = ["x", "y"]\nexhaustive = true\n',
            "5: contracts.exhaustive: `exhaustive` needs `containers`: it is about their children",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "independence"\nmodules = ["x"]\nignore = [\n  "x",\n]\n',
            "6: contracts.ignore: 'x' is not an import: write 'app.models.user -> app.services.mail', for example",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "independence"\nmodules = ["x"]\nignore = [{ imports = "x -> y" }]\n',
            "5: contracts.ignore: the key 'import' is missing: expected a string",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "independence"\nmodules = ["x"]\nimports = ["runtim"]\n',
            "5: contracts.imports: expected one of ",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "allowed"\nsources = ["app.{x}"]\ntargets = ["app.{y}.{x}"]\n',
            "5: contracts.targets: {y} in 'app.{y}.{x}' is in no pattern of 'sources'; write '*' if it may be anything",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "placement"\nplaces = ["/app"]\n',
            "4: contracts.places: '/app' is no path relative to this file, such as 'app/services/*_service.py'",
        ),
        (
            '[[contracts]]\nname = "a"\nkind = "independence"\nmodules = []\n',
            "4: contracts.modules: 'modules' is empty, so the contract can never be broken: name at least one",
        ),
        ('contracts = ["x"]\n', "1: contracts: expected a table, found 'x'"),
        ('[contracts]\nname = "x"\n', "1: contracts: expected a list of tables, found a table"),
    ],
)
def test_a_mistake_is_described_at_its_line(tmp_path: Path, text: str, problem: str) -> None:
    assert any(each.startswith(problem) for each in _problems(tmp_path, text)), _problems(tmp_path, text)


def test_names_differ_by_more_than_case_and_punctuation(tmp_path: Path) -> None:
    contract = '[[contracts]]\nname = "{}"\nkind = "independence"\nmodules = ["x"]\n'

    problems = _problems(tmp_path, contract.format("The layers") + contract.format("the-layers"))

    assert problems == ["6: contracts.name: the contract 'the-layers' is called like 'The layers'; names must differ"]
