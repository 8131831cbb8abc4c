from __future__ import annotations

import pytest

from layercheck.config.schema import Configuration
from layercheck.project.layers import Layers, ModulePatterns, is_module_pattern

PRESET = Layers(
    Configuration(
        roles={name: (name,) for name in ("main", "api", "services", "models", "db", "schemas", "utils")},
        layers=("main", "api", "services", "models : db"),
        closed=("services",),
        isolated=("schemas",),
        leaf=("utils",),
    )
)
ALL = frozenset({"main", "api", "services", "models", "db", "schemas", "utils"})


def _layers(*lines: str, **keys: tuple[str, ...]) -> Layers:
    return Layers(Configuration(layers=lines, **keys))  # type: ignore[arg-type]  # only keys of texts are given


def test_the_order_of_the_preset() -> None:
    assert PRESET.order == "main > api > services > models : db"
    assert PRESET.rank == {"main": 0, "api": 1, "services": 2, "models": 3, "db": 3}
    assert PRESET.names == ALL
    assert PRESET.lowest == {"models", "db"}
    assert PRESET.is_above("api", "services")
    assert PRESET.is_above("main", "db")
    assert not PRESET.is_above("services", "api")
    assert not PRESET.is_above("models", "db")
    assert not PRESET.is_above("schemas", "db")
    assert not PRESET.is_above(None, "db")


def test_siblings_with_a_colon_are_not_independent() -> None:
    assert not PRESET.are_independent("models", "db")


def test_siblings_with_a_bar_are_independent() -> None:
    layers = _layers("web", "jobs | mails", "db")

    assert layers.are_independent("jobs", "mails")
    assert layers.are_independent("mails", "jobs")
    assert not layers.are_independent("jobs", "jobs")
    assert not layers.are_independent("web", "db")
    assert not layers.are_independent("other", "elsewhere")


def test_optional_layers_are_known_as_such() -> None:
    layers = _layers("(web)", "jobs | (mails)", "db")

    assert layers.optional == {"web", "mails"}
    assert layers.rank == {"web": 0, "jobs": 1, "mails": 1, "db": 2}


@pytest.mark.parametrize(
    ("layer", "other", "skipped"),
    [
        ("api", "models", ["services"]),
        ("api", "db", ["services"]),
        ("main", "db", ["services"]),
        ("api", "services", []),
        ("services", "db", []),
        ("db", "api", []),
        ("api", "schemas", []),
        ("schemas", "db", []),
    ],
)
def test_which_closed_layers_an_import_skips(layer: str, other: str, skipped: list[str]) -> None:
    assert PRESET.closed_between(layer, other) == skipped


def test_several_closed_layers() -> None:
    assert _layers("a", "b", "c", "d", closed=("b", "c")).closed_between("a", "d") == ["b", "c"]


@pytest.mark.parametrize(
    ("layer", "allowed"),
    [
        ("main", ["api", "services", "schemas", "utils"]),
        ("api", ["services", "schemas", "utils"]),
        ("services", ["db", "models", "schemas", "utils"]),
        ("models", ["db", "utils"]),
        ("db", ["models", "utils"]),
        ("schemas", ["utils"]),
        ("utils", []),
    ],
)
def test_what_each_layer_of_the_preset_may_import(layer: str, allowed: list[str]) -> None:
    assert PRESET.allowed_from(layer, ALL) == allowed


def test_only_what_is_there_is_allowed() -> None:
    assert PRESET.allowed_from("services", {"db", "services"}) == ["db"]


def test_independent_siblings_are_not_allowed_from_each_other() -> None:
    assert _layers("web", "jobs | mails", "db").allowed_from("jobs", {"web", "jobs", "mails", "db"}) == ["db"]


def test_layers_without_a_role_of_their_name_are_modules() -> None:
    layers = _layers("app.web", "app.*.models", leaf=("app.tools",))

    assert layers.modules.label_of("app.web") == "app.web"
    assert layers.modules.label_of("app.web.users.list") == "app.web"
    assert layers.modules.label_of("app.shop.models") == "app.*.models"
    assert layers.modules.label_of("app.tools.text") == "app.tools"
    assert layers.modules.label_of("app.webs") is None
    assert layers.modules.label_of("app") is None


def test_layers_that_are_roles_are_no_modules() -> None:
    assert not PRESET.modules
    assert PRESET.modules.label_of("api") is None


@pytest.mark.parametrize(
    ("pattern", "module", "matches"),
    [
        ("app.web", "app.web", True),
        ("app.web", "app.web.x.y", True),
        ("app.web", "app.website", False),
        ("app.web", "my.app.web", False),
        ("app.*.models", "app.shop.models", True),
        ("app.*.models", "app.shop.models.user", True),
        ("app.*.models", "app.models", False),
        ("app.*.models", "app.a.b.models", False),
        ("app.**.models", "app.a.b.models", True),
        ("app.**.models", "app.a.models.x", True),
        ("app.**.models", "app.models", False),
        ("app.**", "app.x", True),
        ("app.**", "app", False),
        ("app.*", "app.x.y", True),
        ("*.web", "app.web", True),
        ("**.web", "a.b.web", True),
        ("app.*.models", "app.shop.modelsx", False),
    ],
)
def test_patterns(pattern: str, module: str, matches: bool) -> None:
    assert (ModulePatterns({"label": [pattern]}).label_of(module) == "label") is matches


def test_the_deepest_plain_pattern_counts_before_any_wildcard() -> None:
    patterns = ModulePatterns({"wild": ["app.**"], "outer": ["app.web"], "inner": ["app.web.admin"]})

    assert patterns.label_of("app.web.x") == "outer"
    assert patterns.label_of("app.web.admin.x") == "inner"
    assert patterns.label_of("app.db") == "wild"


def test_modules_are_told_from_names() -> None:
    assert is_module_pattern("app.web")
    assert is_module_pattern("*")
    assert not is_module_pattern("web")
