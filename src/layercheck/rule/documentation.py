"""What a rule says of itself: the sections of its docstring, and its options with their types and defaults."""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from layercheck.model.severity import Severity
from layercheck.rule.rule_names import is_ours, name_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.rule.rule import Rule

EXAMPLE = "Example"
INSTEAD = "Use instead"
OPTIONS = "Options"
"""The heading of the section that explains the options, one list item each."""

_FIRST_VERSION = "0.1.0"
_SHOWN = re.compile(r"^`(?P<path>[^`]+)`:$", re.MULTILINE)
_NAMED = re.compile(r"`([^`\n]+)`")
_ITEM = re.compile(r"^- `(?P<name>[\w-]+)`:\s*(?P<text>.*(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)


class Documentation(NamedTuple):
    """What the docstring of a rule says."""

    title: str
    sections: dict[str, str]
    """Markdown by heading, in order."""


class OptionDocumentation(msgspec.Struct, frozen=True):
    """One option of a rule."""

    name: str
    """As the configuration spells it."""
    type: str
    default: str
    """As the configuration would write it; empty for an option that has none, or is left out."""
    description: str
    """Markdown; empty where the docstring says nothing of it."""


class RulePage(msgspec.Struct, frozen=True):
    """All that is known of a rule without looking at a project."""

    code: str
    name: str
    title: str
    severity: Severity
    """Where the configuration says nothing."""
    default: bool
    """Whether it runs where nobody selects it."""
    fixable: bool
    set: str
    """The folder of a rule of ours, the package of another's, or the file that is the plugin."""
    since: str
    """The first version of its package that has it; empty where nobody says."""
    sections: dict[str, str]
    """Markdown by heading, in order; in that of the options the list of them is left out."""
    options: tuple[OptionDocumentation, ...]


def _leaves_files(sections: Mapping[str, str]) -> bool:
    """Return whether what to use instead says nothing of some of the files in the example."""
    named = set(_NAMED.findall(sections.get(INSTEAD, "")))
    return bool(named) and not named.issuperset(_SHOWN.findall(sections.get(EXAMPLE, "")))


def read_documentation(rule: type[Rule]) -> Documentation:
    """Part the docstring of a rule into its title and its sections."""
    return read_docstring(rule.__doc__)


def read_docstring(docstring: str | None) -> Documentation:
    """Part a docstring into its title (all that is above the first heading) and its sections."""
    title, *sections = re.split(r"^## ", inspect.cleandoc(docstring or ""), flags=re.MULTILINE)
    parted = (section.partition("\n") for section in sections)
    return Documentation(title.strip(), {heading.strip(): body.strip() for heading, _, body in parted})


def describe_rule(rule: type[Rule]) -> RulePage:
    """Collect what is known of a rule."""
    title, sections = read_documentation(rule)
    description = {
        match["name"]: " ".join(match["text"].split()) for match in _ITEM.finditer(sections.get(OPTIONS, ""))
    }
    shown = dict(sections)
    if OPTIONS in shown:
        shown[OPTIONS] = _ITEM.sub("", shown[OPTIONS]).strip()
    if _leaves_files(sections):
        shown[INSTEAD] += "\n\nThe other files stay as they are."
    return RulePage(
        code=rule.code,
        name=rule.name,
        title=title,
        severity=rule.severity,
        default=rule.is_default,
        fixable=rule.fixable,
        set=name_set(rule),
        since=rule.since or (_FIRST_VERSION if is_ours(rule) else ""),
        sections=shown,
        options=tuple(_describe_options(rule, description)),
    )


def _describe_options(rule: type[Rule], description: dict[str, str]) -> Iterator[OptionDocumentation]:
    described = msgspec.inspect.type_info(rule.Options)
    if not isinstance(described, (msgspec.inspect.StructType, msgspec.inspect.DataclassType)):
        return
    for field in described.fields:
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        yield OptionDocumentation(
            name=field.encode_name,
            type=_name_type(field.type),
            default="" if default is None or default is msgspec.NODEFAULT else _write_value(default),
            description=description.get(field.encode_name, ""),
        )


def _name_type(described: msgspec.inspect.Type) -> str:
    """Describe a type in terms of TOML."""
    inner = msgspec.inspect
    match described:
        case inner.Metadata():
            return _name_type(described.type)
        case inner.EnumType():
            return _list_values(member.value for member in described.cls)
        case inner.LiteralType():
            return _list_values(described.values)
        case inner.UnionType():
            # TOML has no word for nothing: there, the option is left out.
            return " or ".join(_name_type(each) for each in described.types if not isinstance(each, inner.NoneType))
        case inner.VarTupleType() | inner.ListType() | inner.SetType() | inner.FrozenSetType():
            return f"list of {_name_type(described.item_type)}"
        case inner.DictType():
            return f"table of {_name_type(described.value_type)}"
    names: dict[type, str] = {
        inner.StrType: "text",
        inner.BoolType: "true or false",
        inner.IntType: "number",
        inner.FloatType: "number",
    }
    return names.get(type(described), type(described).__name__.removesuffix("Type").lower())


def _list_values(values: Iterator[Any] | tuple[Any, ...]) -> str:
    return ", ".join(map(str, values))


def _write_value(value: Any) -> str:
    """Write a value as TOML does; for all but tables that is how JSON does it."""
    value = msgspec.to_builtins(value)
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key)} = {_write_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return json.dumps(value, ensure_ascii=False)
