"""Every place where a value does not have the shape of its type; msgspec itself stops at the first."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from layercheck.config.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.config.keys import KeyPath
    from layercheck.config.problems import KeyProblem

_ARRAYS = (inspect.ListType, inspect.VarTupleType, inspect.SetType, inspect.FrozenSetType)
_WORDS: dict[type[inspect.Type], tuple[str, str]] = {
    inspect.StrType: ("a string", "strings"),
    inspect.BoolType: ("true or false", "true or false"),
    inspect.IntType: ("a whole number", "whole numbers"),
    inspect.FloatType: ("a number", "numbers"),
    inspect.StructType: ("a table", "tables"),
    inspect.DictType: ("a table", "tables"),
}


def validate_shape(value: Any, type_: type[msgspec.Struct]) -> Iterator[KeyProblem]:
    """Find what keeps `value`, read from TOML, from being a `type_`; nothing when it is one."""
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        found = list(_of(value, inspect.type_info(type_), ()))
        # A type may be narrower than what is looked at here (lengths, unions of tables, plugins' own types).
        yield from found or [((), str(error))]


def _of(value: Any, kind: inspect.Type, path: KeyPath) -> Iterator[KeyProblem]:
    if isinstance(kind, inspect.UnionType) and isinstance(value, dict):
        # Of a table, something can be said beyond that it is none of them.
        kind = next((each for each in kind.types if isinstance(each, inspect.StructType)), kind)
    if isinstance(kind, inspect.Metadata):
        yield from _of(value, kind.type, path)
    elif isinstance(kind, inspect.StructType) and isinstance(value, dict):
        yield from _of_struct(value, kind, path)
    elif isinstance(kind, inspect.DictType) and isinstance(value, dict):
        for key, item in value.items():
            yield from _of(key, kind.key_type, (*path, key))
            yield from _of(item, kind.value_type, (*path, key))
    elif isinstance(kind, _ARRAYS) and isinstance(value, (list, tuple)):
        if kind.min_length and len(value) < kind.min_length:
            yield path, f"expected {_expected(kind)}, found an empty list"
        for index, item in enumerate(value):
            yield from _of(item, kind.item_type, (*path, index))
    elif not _fits(value, kind):
        expected = "some text" if isinstance(value, str) and isinstance(kind, inspect.StrType) else _expected(kind)
        yield path, f"expected {expected}, found {found(value)}{_meant(value, kind)}"


def _of_struct(value: dict[str, Any], kind: inspect.StructType, path: KeyPath) -> Iterator[KeyProblem]:
    fields = {field.encode_name: field for field in kind.fields}
    for key, item in value.items():
        if key in fields:
            yield from _of(item, fields[key].type, (*path, key))
        elif kind.cls.__struct_config__.forbid_unknown_fields:
            guess = did_you_mean(key, fields) or f"; known are {', '.join(fields) or 'none'}"
            yield (*path, key), f"unknown key {key!r}{guess}"
    for key, field in fields.items():
        if field.required and key not in value:
            yield path, f"the key {key!r} is missing: expected {_expected(field.type)}"


def _fits(value: Any, kind: inspect.Type) -> bool:
    """Whether a value without parts is one of its kind; kinds that are not looked at always fit."""
    match kind:
        case inspect.StrType():
            return isinstance(value, str) and (kind.pattern is None or re.search(kind.pattern, value) is not None)
        case inspect.BoolType():
            return isinstance(value, bool)
        case inspect.IntType():
            return isinstance(value, int) and not isinstance(value, bool) and _is_in_range(value, kind)
        case inspect.FloatType():
            return isinstance(value, (int, float)) and not isinstance(value, bool) and _is_in_range(value, kind)
        case inspect.EnumType() | inspect.LiteralType():
            return value in _choices(kind)
        case inspect.UnionType():
            return any(not list(_of(value, each, ())) for each in kind.types)
        case inspect.StructType() | inspect.DictType():
            return isinstance(value, dict)
        case inspect.NoneType():
            return False  # TOML has no null
    return not isinstance(kind, _ARRAYS) or isinstance(value, (list, tuple))


def _is_in_range(value: float, kind: inspect.IntType | inspect.FloatType) -> bool:
    return (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le)


def _choices(kind: inspect.EnumType | inspect.LiteralType) -> tuple[Any, ...]:
    if isinstance(kind, inspect.EnumType):
        return tuple(member.value for member in kind.cls)
    return kind.values


def _expected(kind: inspect.Type, *, many: bool = False) -> str:
    match kind:
        case inspect.Metadata():
            return _expected(kind.type, many=many)
        case inspect.EnumType() | inspect.LiteralType():
            return ("" if many else "one of ") + ", ".join(found(choice) for choice in _choices(kind))
        case inspect.UnionType():
            return " or ".join(_expected(each) for each in kind.types if not isinstance(each, inspect.NoneType))
        case inspect.IntType(ge=least, le=most) | inspect.FloatType(ge=least, le=most) if least is not None:
            span = f" from {least:g} to {most:g}" if most is not None else f" of at least {least:g}"
            return _WORDS[type(kind)][many] + span
    if isinstance(kind, _ARRAYS):
        return f"{'lists' if many else 'a list'} of {_expected(kind.item_type, many=True)}"
    return _WORDS.get(type(kind), ("something else", "something else"))[many]


def found(value: Any) -> str:
    """Show a value in a message."""
    match value:
        case str():
            return repr(value) if value.strip() else "an empty string"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case dict():
            return "a table"
        case list() | tuple():
            return "a list"
        case dt.date() | dt.time():
            return "a date or time"
    return f"{value!r}"


def _meant(value: Any, kind: inspect.Type) -> str:
    """Guess what the user most likely wanted to write."""
    if isinstance(kind, (inspect.EnumType, inspect.LiteralType)) and isinstance(value, str):
        return did_you_mean(value, map(str, _choices(kind)))
    if isinstance(kind, _ARRAYS) and isinstance(value, str) and value.strip():
        return f"; did you mean [{value!r}]?"
    return ""
