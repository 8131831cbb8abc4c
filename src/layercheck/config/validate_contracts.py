"""Mistakes in contracts: unknown kinds, names that stand twice, patterns and lines that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

import msgspec

from layercheck.config.contract_records import CONTRACTS, pattern_keys
from layercheck.config.declared_contract import slug_of
from layercheck.config.import_pattern import parse_import_pattern
from layercheck.config.interface_entry import parse_entry
from layercheck.config.library_pattern import LIBRARY_WORDS
from layercheck.config.module_pattern import parse_pattern
from layercheck.config.path_pattern import parse_path_pattern
from layercheck.config.problems import shape_problems, texts
from layercheck.config.suggestion import did_you_mean
from layercheck.config.validate_layers import validate_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from layercheck.config.contract_records import Contract
    from layercheck.config.keys import KeyPath
    from layercheck.config.problems import KeyProblem

    Kinds = Mapping[str, type[Contract]]

_KEY = "contracts"


def _read_target(text: str) -> object:
    return None if text in LIBRARY_WORDS else parse_pattern(text)


_READERS: dict[str, Callable[[str], object]] = {
    "module": parse_pattern,
    "target": _read_target,
    "path": parse_path_pattern,
    "interface": parse_entry,
}
"""What reads a pattern, by its mark."""


def validate_contracts(table: Mapping[str, Any], list_kinds: Callable[[], Kinds]) -> Iterator[KeyProblem]:
    """Find what is wrong with the contracts; `list_kinds` is asked for those of plugins only where ours are not enough."""
    given = table.get(_KEY)
    owners: dict[str, str] = {}
    for index, contract in enumerate(given if isinstance(given, list) else ()):
        if not isinstance(contract, dict):
            continue  # the shape is complained of already
        path = (_KEY, index)
        kind = contract.get("kind")
        name = contract.get("name")
        if isinstance(name, str) and name.strip():
            slug = slug_of(name)
            if slug in owners:
                yield (*path, "name"), f"the contract {name!r} is called like {owners[slug]!r}; names must differ"
            owners.setdefault(slug, name)
        if not isinstance(kind, str):
            known = ", ".join(sorted(CONTRACTS))
            yield (*path, "kind") if "kind" in contract else path, f"the key 'kind' is missing: expected one of {known}"
            continue
        kinds = CONTRACTS if kind in CONTRACTS else list_kinds()
        if kind in kinds:
            yield from _of_contract(contract, path, kinds[kind])
        else:
            guess = did_you_mean(kind, kinds) or f"; known are {', '.join(sorted(kinds))}"
            yield (*path, "kind"), f"unknown kind of contract {kind!r}{guess}"


def _of_contract(contract: dict[str, Any], path: KeyPath, record: type[Contract]) -> Iterator[KeyProblem]:
    rest = {key: value for key, value in contract.items() if key != "kind"}
    yield from shape_problems(rest, record, path)
    for mark, read in _READERS.items():
        for key in pattern_keys(record, mark):
            for index, text in texts(contract.get(key)):
                yield from _problem_of(read, text, (*path, key, index))
    for key in (*_required_keys(record), "imports"):
        if contract.get(key) == []:
            yield (*path, key), f"{key!r} is empty, so the contract can never be broken: name at least one"
    yield from _of_braces(contract, path, record)
    yield from _of_layers(contract, path)
    ignored = contract.get("ignore")
    lines = [each.get("import") if isinstance(each, dict) else each for each in ignored] if _is_list(ignored) else []
    for index, text in texts(lines):
        yield from _problem_of(parse_import_pattern, text, (*path, "ignore", index))


def _required_keys(record: type[Contract]) -> list[str]:
    """List the keys without which there is no contract; `msgspec.structs.fields` would evaluate every annotation for it."""
    keys, defaults = record.__struct_encode_fields__, record.__struct_defaults__
    first = len(keys) - len(defaults)
    return [key for at, key in enumerate(keys) if at < first or defaults[at - first] is msgspec.NODEFAULT]


def _of_braces(contract: Mapping[str, Any], path: KeyPath, record: type[Contract]) -> Iterator[KeyProblem]:
    """Find `{x}` in a pattern that no pattern of the first key remembers, so that it stands for nothing in particular."""
    order = list(record.__struct_encode_fields__).index
    keys = sorted((key for mark in ("module", "target") for key in pattern_keys(record, mark)), key=order)
    remembered = {name for _, text in texts(contract.get(keys[0])) for name in _captures_of(text)} if keys else set()
    for key in keys[1:]:
        for index, text in texts(contract.get(key)):
            if unknown := sorted(_captures_of(text) - remembered):
                yield (
                    (*path, key, index),
                    f"{{{unknown[0]}}} in {text!r} is in no pattern of {keys[0]!r}; write '*' if it may be anything",
                )


def _captures_of(text: str) -> frozenset[str]:
    try:
        return frozenset() if text in LIBRARY_WORDS else parse_pattern(text).captures
    except ValueError:
        return frozenset()


def _of_layers(contract: Mapping[str, Any], path: KeyPath) -> Iterator[KeyProblem]:
    if contract.get("kind") != "layers":
        return
    seen: set[str] = set()
    yield from validate_order(texts(contract.get("layers")), (*path, "layers"), seen, parse_pattern)
    for index, name in texts(contract.get("closed")):
        if name not in seen:
            yield (*path, "closed", index), f"expected a layer, found {name!r}{did_you_mean(name, sorted(seen))}"
    if contract.get("exhaustive") is True and not contract.get("containers"):
        yield (*path, "exhaustive"), "`exhaustive` needs `containers`: it is about their children"


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _problem_of(read: Callable[[str], object], text: str, path: KeyPath) -> Iterator[KeyProblem]:
    try:
        read(text)
    except ValueError as error:
        yield path, str(error)
