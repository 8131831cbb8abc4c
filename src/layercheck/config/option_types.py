"""The types of options as the configuration wants them: msgspec structs that know every key they have."""

from __future__ import annotations

import functools
import typing
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import dataclasses


def as_struct(options: Any) -> type[msgspec.Struct]:
    """Return the struct by which options are checked, described and read.

    A struct that refuses unknown keys is its own; of another one, it is one that does; of a frozen dataclass, one with
    the same fields, whose keys are written with dashes. Raises TypeError for any other class, and for fields without
    defaults or of types that cannot stand in a configuration; NameError for annotations that cannot be resolved.
    """
    if not isinstance(options, type):
        raise TypeError(f"expected a class, found {options!r}")
    return _make_struct(options)


@functools.cache
def _make_struct(options: Any) -> type[msgspec.Struct]:
    struct: type[msgspec.Struct] = options
    if issubclass(options, msgspec.Struct):
        if not options.__struct_config__.forbid_unknown_fields:
            struct = msgspec.defstruct(
                options.__name__, [], bases=(options,), module=options.__module__, forbid_unknown_fields=True
            )
    elif _is_frozen_dataclass(options):
        struct = _of_dataclass(options)
    else:
        raise TypeError(f"{options.__name__} is neither a msgspec Struct nor a frozen dataclass")
    _require_defaults(struct)
    return struct


def as_options(read: msgspec.Struct, options: type[Any]) -> Any:
    """Turn what was read with `as_struct(options)` into the options that a rule sees."""
    if isinstance(read, options):
        return read
    return options(**{name: getattr(read, name) for name in read.__struct_fields__})


def _is_frozen_dataclass(options: Any) -> bool:
    parameters = getattr(options, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


def _of_dataclass(options: type[Any]) -> type[msgspec.Struct]:
    import dataclasses  # noqa: PLC0415  (our own options are structs, and with it come modules that are slow to import)

    hints = typing.get_type_hints(options, include_extras=True)
    fields = [(each.name, hints[each.name], _default(each)) for each in dataclasses.fields(options) if each.init]

    def check(self: msgspec.Struct) -> None:
        as_options(self, options)  # the dataclass may ask more of its fields, and say so with a ValueError

    return msgspec.defstruct(
        options.__name__,
        fields,
        module=options.__module__,
        namespace={"__post_init__": check, "__doc__": options.__doc__},
        frozen=True,
        rename="kebab",
        forbid_unknown_fields=True,
        kw_only=True,
    )


def _default(field: dataclasses.Field[Any]) -> Any:
    import dataclasses  # noqa: PLC0415  (see above)

    if field.default_factory is not dataclasses.MISSING:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.NODEFAULT if field.default is dataclasses.MISSING else msgspec.field(default=field.default)


def _require_defaults(struct: type[msgspec.Struct]) -> None:
    required = [each.name for each in msgspec.structs.fields(struct) if each.required]
    if required:
        raise TypeError(f"{struct.__name__}.{required[0]} has no default; every option needs one")
    msgspec.convert({}, struct)  # finds out now what msgspec cannot read
