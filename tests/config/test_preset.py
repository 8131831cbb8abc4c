from __future__ import annotations

from collections import Counter

import msgspec

from layercheck.config.preset import has_preset, preset_names, read_preset
from layercheck.config.schema import Configuration
from layercheck.config.validation import find_problems


def test_presets_are_configurations_without_mistakes() -> None:
    assert "layered" in preset_names()
    for name in preset_names():
        assert has_preset(name)
        assert find_problems({**read_preset(name), "preset": name}, root=None) == []
        msgspec.convert(read_preset(name), Configuration)


def test_presets_differ_in_the_order_and_not_in_what_names_mean() -> None:
    assert preset_names() == ("django", "hexagonal", "layered")
    for name in preset_names():
        assert read_preset(name)["roles"] == read_preset("layered")["roles"]


def test_no_folder_has_two_layers_and_all_layers_of_folders_are_in_the_order() -> None:
    hexagonal = read_preset("hexagonal")
    counts = Counter(name for names in hexagonal["folders"].values() for name in names)
    assert counts.most_common(1)[0][1] == 1
    assert [each for each in hexagonal["layers"] if each in hexagonal["folders"]] == list(hexagonal["folders"])
    assert not counts.keys() & {"core", "db", "models", "shared"}


def test_names_outside_the_folder_of_presets_are_none() -> None:
    assert not has_preset("../presets/layered")
    assert not has_preset("")


def test_no_name_has_two_roles_and_ambiguous_names_have_none() -> None:
    roles = read_preset("layered")["roles"]
    assert list(roles) == ["main", "api", "services", "models", "db", "schemas", "utils", "wiring"]
    counts = Counter(name for names in roles.values() for name in names)
    assert counts.most_common(1)[0][1] == 1
    ambiguous = {"domain", "commands", "storage", "types", "validators", "server", "contexts"}
    assert not counts.keys() & {*ambiguous, "adapters", "infrastructure", "core"}
