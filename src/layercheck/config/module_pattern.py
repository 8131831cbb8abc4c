"""Patterns for modules, as contracts use them: `app.services`, `app.*.models`, `*_repo`, `{x}`, `role:api`, `/regex/`."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.model.module import Module

_ROLE = "role:"
_ANY_SEGMENTS = "**"
_PIECE = compile_later(r"\*|\{(?P<capture>[^{}]*)\}|(?P<literal>[^*{}]+)|(?P<stray>[{}])")
_LITERAL = compile_later(r"[\w-]+")
MOST_WILDCARDS = 3
"""With many of them, a name can be divided in so many ways that to try them takes hours."""


class PatternMatch(NamedTuple):
    """How a module fits a pattern."""

    head: str
    """The module or package that the pattern names itself, of which the module is a part: `app.features.cart`."""
    captured: Mapping[str, str]
    """What the parts in braces stand for: `{x}` in `app.services.{x}`."""


_NOTHING: Mapping[str, str] = {}


class ModulePattern:
    """A pattern; make it with `parse_pattern`.

    A name means the module and all below it. `*` stands for one part of a name, or for some letters of one, `**` for any
    number of parts, `{name}` for one part that is remembered. `role:api` means the modules of a role. A regular
    expression in slashes must match the whole name, and means no more than that.
    """

    def __init__(
        self, text: str, expression: re.Pattern[str] | None, role: str = "", *, is_whole: bool = False
    ) -> None:
        self.text = text
        self.role = role
        """The role that is meant, empty where the pattern is about names."""
        self.captures = frozenset(expression.groupindex) - {"head"} if expression is not None else frozenset()
        """The names in braces."""
        self.is_plain = expression is None and not role
        """Whether it is the name of one module or package."""
        self._expression = expression
        self._is_whole = is_whole

    @cached_property
    def prefix(self) -> str:
        """The text with which every name that can match begins."""
        if self.role or self._is_whole:
            return ""
        return re.split(r"[*{]", self.text, maxsplit=1)[0]

    def match(self, module: Module, *, exactly: bool = False) -> PatternMatch | None:
        """Hold a module against the pattern; `exactly` leaves out what is below the modules that it names."""
        if self.role:
            return PatternMatch(self.text, _NOTHING) if module.role == self.role else None
        return self.match_name(module.name, exactly=exactly)

    def match_name(self, name: str, *, exactly: bool = False) -> PatternMatch | None:
        """Hold the name of a module against a pattern that is not about roles."""
        if self._expression is None:
            text = self.text
            is_match = not self.role and (name == text or (not exactly and name.startswith(f"{text}.")))
            return PatternMatch(text, _NOTHING) if is_match else None
        found = self._expression.fullmatch(name) if exactly or self._is_whole else self._expression.match(name)
        if found is None:
            return None
        if self._is_whole:
            return PatternMatch(name, {key: value for key, value in found.groupdict().items() if value is not None})
        captured = found.groupdict()
        return PatternMatch(captured.pop("head"), captured)

    def bind(self, captured: Mapping[str, str]) -> ModulePattern:
        """Put what another pattern has captured in the place of the braces."""
        if self._is_whole or not self.captures & captured.keys():
            return self
        text = self.text
        for name in self.captures & captured.keys():
            text = text.replace(f"{{{name}}}", captured[name])
        return parse_pattern(text)


@lru_cache(maxsize=4096)
def parse_pattern(text: str) -> ModulePattern:
    """Read a pattern. Raises ValueError with a sentence on what is wrong."""
    if text.startswith("/"):
        return _parse_expression(text)
    if text.startswith(_ROLE):
        role = text.removeprefix(_ROLE)
        if not role.isidentifier():
            raise ValueError(f"{text!r} names no role; write 'role:services', for example")
        return ModulePattern(text, None, role)
    if text.count("*") - text.count("**") > MOST_WILDCARDS:
        raise ValueError(f"{text!r} has more than {MOST_WILDCARDS} wildcards; several patterns can say the same")
    seen: set[str] = set()
    segments = text.split(".")
    expression = r"\.".join(_read_segment(text, segment, seen) for segment in segments)
    is_plain = not re.search(r"[*{]", text)
    if is_plain:
        return ModulePattern(text, None)
    return ModulePattern(text, re.compile(rf"(?P<head>{expression})(?:\.|\Z)"))


def _parse_expression(text: str) -> ModulePattern:
    if len(text) < 3 or not text.endswith("/"):
        raise ValueError(f"{text!r} is no regular expression: write it between two slashes, as in '/app\\..*_repo/'")
    try:
        return ModulePattern(text, re.compile(text[1:-1]), is_whole=True)
    except re.error as error:
        raise ValueError(f"{text!r} is not a valid regular expression: {error}") from None


def _read_segment(text: str, segment: str, seen: set[str]) -> str:
    """Read what is between two dots."""
    if segment == _ANY_SEGMENTS:
        return r"[^.]+(?:\.[^.]+)*"
    if not segment:
        raise ValueError(f"{text!r} is not a module such as 'app.web': a part between two dots is empty")
    if _ANY_SEGMENTS in segment:
        raise ValueError(f"{text!r} has '**' inside a name: it stands for whole parts, as in 'app.**.models'")
    pieces = []
    for piece in _PIECE.finditer(segment):
        if piece["stray"]:
            raise ValueError(f"{text!r} has a stray brace: '{{name}}' remembers a part of a name")
        if piece["capture"] is not None:
            pieces.append(_read_capture(text, piece["capture"], seen))
        elif piece["literal"]:
            if not _LITERAL.fullmatch(piece["literal"]):
                raise ValueError(f"{text!r} is not a module such as 'app.web'{_hint(text)}")
            pieces.append(re.escape(piece["literal"]))
        else:
            pieces.append("[^.]*" if len(segment) > 1 else "[^.]+")
    return "".join(pieces)


def _read_capture(text: str, name: str, seen: set[str]) -> str:
    if not name.isidentifier() or name == "head":
        raise ValueError(f"{text!r}: {{{name}}} is not a name that can be remembered; write {{x}}, for example")
    if name in seen:
        return f"(?P={name})"
    seen.add(name)
    return f"(?P<{name}>[^.]+)"


def _hint(text: str) -> str:
    """Write what was probably meant."""
    if "->" in text:
        return "; an arrow is allowed only in `ignore`"
    if "/" in text or "\\" in text:
        path = text.replace("\\", "/").strip("/").removesuffix(".py")
        return f"; write {path.replace('/', '.')!r}"
    return "; each module is an item of its own" if "," in text or " " in text else ""
