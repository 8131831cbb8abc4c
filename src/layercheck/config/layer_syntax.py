"""Layers as they are written: `"main"`, `"models : db"`, `"api | (jobs)"`, in import-linter's syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_COLON = compile_later(r"(?<!\brole):")
"""Parts siblings; in `role:services` it is part of a name."""


class Member(msgspec.Struct, frozen=True):
    """One layer: a role (`services`) or a module (`app.usecases`, `app.*.models`)."""

    name: str
    optional: bool = False
    """Whether it may be missing: written in parentheses."""


class Level(msgspec.Struct, frozen=True):
    """Layers that stand side by side."""

    members: tuple[Member, ...]
    independent: bool = True
    """Whether the members may not import each other; True for a level of one."""


def parse_layers(lines: Sequence[str]) -> tuple[Level, ...]:
    """Read the order of the layers, highest first; `|` parts independent siblings, `:` others, `(x)` is optional.

    Raises ValueError with a sentence for the first line that is not understood, or when a layer is named twice.
    """
    levels = tuple(map(parse_level, lines))
    seen: set[str] = set()
    for member in (member for level in levels for member in level.members):
        if member.name in seen:
            raise ValueError(f"the layer {member.name!r} is listed twice")
        seen.add(member.name)
    return levels


def parse_level(line: str, *, check: Callable[[str], object] | None = None) -> Level:
    """Read one line of the order; `check` judges the names (None: by import-linter's form).

    Raises ValueError with a sentence on what is wrong.
    """
    if "|" in line and _COLON.search(line):
        raise ValueError(
            f"{line!r} mixes '|' (siblings that may not import each other) and ':' (siblings that may): use one of them"
        )
    separator = "|" if "|" in line else ":"
    parts = line.split("|") if "|" in line else _COLON.split(line)
    if len(parts) > 1 and not all(map(str.strip, parts)):
        raise ValueError(f"{line!r} needs a role or a module on both sides of every {separator!r}")
    members = tuple(_parse_member(part, check or check_module_expression) for part in parts)
    for index, member in enumerate(members):
        if member.name in {earlier.name for earlier in members[:index]}:
            raise ValueError(f"{line!r} names {member.name!r} twice")
    return Level(members, independent=separator == "|" or len(members) == 1)


def check_module_expression(text: str) -> None:
    """Hold a module, or a set of modules, to import-linter's form: `app.web`, `app.*.models`, `app.**`.

    Raises ValueError with a sentence on what is wrong.
    """
    previous = ""
    for part in text.split("."):
        if part in {"*", "**"}:
            if previous == "**" or (previous == "*" and part == "**"):
                raise ValueError(f"{text!r} has a wildcard next to '**'")
        elif "*" in part:
            raise ValueError(f"{text!r} has a wildcard inside a name; '*' and '**' match whole names")
        elif not part.isidentifier():
            raise ValueError(f"{text!r} is not a name or a module such as 'app.web'{_hint(text)}")
        previous = part


def _parse_member(part: str, check: Callable[[str], object]) -> Member:
    name = part.strip()
    optional = name.startswith("(") and name.endswith(")")
    if optional:
        name = name[1:-1].strip()
    if "(" in name or ")" in name:
        raise ValueError(f"{part.strip()!r} has a stray parenthesis; '(x)' makes one layer optional, as in '(a) | (b)'")
    if not name:
        raise ValueError(f"{part!r} names no layer")
    check(name)
    return Member(name, optional)


def _hint(text: str) -> str:
    """How to write what was probably meant."""
    if "/" in text or "\\" in text:
        path = text.replace("\\", "/").strip("/").removesuffix(".py")
        return f"; write {path.replace('/', '.')!r}"
    if "," in text or " " in text:
        return "; siblings are separated by '|' or ':'"
    return ""
