"""Problems in roles, layers and in what closed, isolated and leaf name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.config.layer_syntax import check_module_expression, parse_level
from layercheck.config.problems import subtable, texts
from layercheck.config.schema import Configuration
from layercheck.config.suggestion import did_you_mean
from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from layercheck.config.keys import KeyPath
    from layercheck.config.problems import KeyProblem

_WORD = compile_later(r"[\w.-]+")
_EXPRESSION = compile_later(r"[\w.*]+")
_FOLDER = compile_later(r"[\w-]+")
_NAMING = ("layers", "closed", "isolated", "leaf")
_STARTS = "main"
_ALWAYS = frozenset({"tests", "migrations", "scripts"})
"""The roles of modules beside applications, whatever the preset."""
_KEYS = frozenset(Configuration.__struct_encode_fields__)


def validate_roles(table: Mapping[str, Any], preset: Mapping[str, Any]) -> Iterator[KeyProblem]:
    """Find roles that cannot be, names that are none, and names given twice."""
    owner: dict[str, str] = {}
    known = _known_roles(table, preset)
    for role, names in subtable(table, "roles").items():
        if role in _KEYS:
            yield ("roles", role), _misplaced(role)
            continue
        if role.strip() and not role.isidentifier():
            yield ("roles", role), f"{role!r} cannot be a role: expected one word{did_you_mean(role, preset['roles'])}"
        elif role.strip() and role not in known:
            yield (
                ("roles", role),
                (
                    f"expected a role, found {role!r}; a role of your own must be named in `layers`, `leaf`, `isolated`"
                    f" or the options of a rule{did_you_mean(role, sorted(known))}"
                ),
            )
        for index, name in texts(names):
            path = ("roles", role, index)
            try:
                check_module_expression(name)
            except ValueError as error:
                yield path, str(error)
            if name in owner:
                yield path, f"{name!r} is given twice{_to_other(owner[name], role)}"
            owner[name] = role


def validate_layers(table: Mapping[str, Any], preset: Mapping[str, Any]) -> Iterator[KeyProblem]:
    """Find lines that are not understood, layers that stand twice, and names that mean no layer or no folder."""
    order: set[str] = set()
    lines = list(texts(table.get("layers", preset["layers"])))
    yield from validate_order(lines, ("layers",), order)
    if len(lines) == 1 and len(order) == 1 and (problem := _of_single_layer(next(iter(order)))):
        yield ("layers", lines[0][0]), problem
    roles = {*preset["roles"], *subtable(table, "roles")}
    yield from _of_named_layers(table, "closed", order, "a layer of the order")
    yield from _of_named_layers(table, "isolated", order | roles, "a role or a layer")
    yield from _of_named_layers(table, "leaf", order | roles, "a role or a layer")
    yield from _of_folders(table, order)


def _of_folders(table: Mapping[str, Any], order: set[str]) -> Iterator[KeyProblem]:
    """Find layers that are not in the order, names that no folder has, and names given twice."""
    owner: dict[str, str] = {}
    for layer, names in subtable(table, "folders").items():
        if layer == _STARTS:
            yield ("folders", layer), f"{layer!r} holds what starts the application and does not go by folders"
        elif layer.strip() and layer not in order:
            known = did_you_mean(layer, sorted(order))
            yield ("folders", layer), f"expected a layer of the order, found {layer!r}{known}"
        for index, name in texts(names):
            path = ("folders", layer, index)
            if not _FOLDER.fullmatch(name):
                yield path, f"{name!r} is not the name of a folder; modules are named in `layers` or `roles`"
            if name in owner:
                yield path, f"{name!r} is given twice{_to_other(owner[name], layer)}"
            owner[name] = layer


def _to_other(owner: str, role: str) -> str:
    return f": to {owner!r} already" if owner != role else ""


def validate_order(
    lines: Iterable[tuple[int, str]],
    path: KeyPath,
    order: set[str],
    check: Callable[[str], object] | None = None,
) -> Iterator[KeyProblem]:
    """Find lines that are not understood, and layers that stand twice; puts the layers into `order`.

    `check` is as in `parse_level`.
    """
    for index, line in lines:
        try:
            level = parse_level(line, check=check)
        except ValueError as error:
            yield (*path, index), str(error)
            continue
        for member in level.members:
            if member.name in order:
                yield (*path, index), f"the layer {member.name!r} is already listed above"
            order.add(member.name)


def _of_single_layer(layer: str) -> str:
    """Find problems of an order of one pattern, which may be meant as all modules that match it."""
    package, _, last = layer.rpartition(".")
    if "*" not in last:
        return ""
    example = package.replace("*", "x") or "app"
    return (
        f"{layer!r} is one layer that holds all modules that match, and one layer has no order; "
        f'name the layers one by one, highest first: ["{example}.api", "{example}.services"]'
    )


def known_layers(table: Mapping[str, Any], preset: Mapping[str, Any]) -> set[str]:
    """Collect every role and layer that a module may have."""
    named = {**preset, **table}
    words = {word for key in _NAMING for _, text in texts(named.get(key)) for word in _EXPRESSION.findall(text)}
    return {*_ALWAYS, *preset["roles"], *subtable(table, "roles"), *words}


def _known_roles(table: Mapping[str, Any], preset: Mapping[str, Any]) -> set[str]:
    """Collect the roles that mean something: those of the preset, those beside applications, those that a key names."""
    known = {*preset["roles"], *_ALWAYS}
    for key in _NAMING:
        for _, text in texts(table.get(key)):
            known.update(_WORD.findall(text))
    return known | set(_WORD.findall(repr(table.get("rules", ""))))


def _of_named_layers(table: Mapping[str, Any], key: str, known: set[str], expected: str) -> Iterator[KeyProblem]:
    seen: set[str] = set()
    for index, name in texts(table.get(key)):
        if name in seen:
            yield (key, index), f"{name!r} is named twice"
        elif name not in known:
            yield (key, index), f"expected {expected}, found {name!r}{did_you_mean(name, sorted(known))}"
        seen.add(name)


def _misplaced(key: str) -> str:
    return (
        f"{key!r} is a key of its own and no role: TOML takes what follows a [table] header as part of that table; "
        f"move {key!r} above the header"
    )
