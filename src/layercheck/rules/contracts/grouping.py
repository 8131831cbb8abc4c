"""From the patterns of a contract to groups of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import LIBRARY_WORDS, BrokenImport, parse_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from layercheck import GraphView, ModulePattern, PatternMatch, Selected, Step

    Captured = tuple[tuple[str, str], ...]
    """The values of some captures, in the order of their names."""


def group_modules(
    view: GraphView, patterns: Iterable[tuple[ModulePattern, int]], *, within: str = ""
) -> Mapping[int, int]:
    """Assign each module that fits a pattern to the group of that pattern; of several patterns, the closest decides.

    `within` is the package that the modules must lie in.
    """
    found: dict[int, tuple[int, int]] = {}
    for pattern, group in patterns:
        for number, match in view.select(pattern):
            if within and not is_within(view.modules[number].name, within):
                continue
            # A role says nothing of the name, so any name is closer.
            closeness = 0 if pattern.role else len(match.head)
            if number not in found or found[number][0] < closeness:
                found[number] = (closeness, group)
    return {number: group for number, (_, group) in found.items()}


def is_within(name: str, package: str) -> bool:
    """Return whether a module is a package or is in it."""
    return name == package or name.startswith(f"{package}.")


def report_direct(step: Step, message: str, pair: tuple[str, str], help_: str) -> BrokenImport:
    """Report an import that is wrong by itself."""
    library = "" if step.imported.path else step.imported.name
    return BrokenImport(((step,),), message, step, (pair,), help=help_, target=library)


def select_closest(view: GraphView, texts: Iterable[str], *, exactly: bool = False) -> dict[int, PatternMatch]:
    """Find the modules that fit one of several patterns, each with its closest pattern."""
    closest: dict[int, PatternMatch] = {}
    for text in texts:
        for number, match in view.select(parse_pattern(text), exactly=exactly):
            if number not in closest or len(match.head) > len(closest[number].head):
                closest[number] = match
    return closest


def leaves_any_out(
    view: GraphView, selected: Mapping[int, PatternMatch], is_free: Callable[[int, PatternMatch], bool]
) -> bool:
    """Tell whether there is a module that is not free to import, or to be imported by, one of those that are selected."""
    matches = {(match.head, *sorted(match.captured.items())): match for match in selected.values()}
    return any(not is_free(number, match) for match in matches.values() for number in range(len(view.modules)))


class BoundTargets:
    """The modules that targets name, for each set of values captured by a source."""

    def __init__(self, view: GraphView, texts: Iterable[str], *, exactly: bool = False) -> None:
        self._view = view
        self._exactly = exactly
        self._patterns = [parse_pattern(text) for text in texts]
        self._shared = frozenset[str]().union(*(pattern.captures for pattern in self._patterns))
        self._known: dict[Captured, frozenset[int]] = {}

    def captured_by(self, match: PatternMatch) -> Captured:
        """Find what of that which a source has captured the targets name."""
        return tuple(sorted(item for item in match.captured.items() if item[0] in self._shared))

    def select(self, captured: Captured) -> Iterator[Selected]:
        """Find the modules for what was captured, with the pattern of each."""
        for pattern in self._patterns:
            yield from self._view.select(pattern.bind(dict(captured)), exactly=self._exactly)

    def of(self, match: PatternMatch) -> frozenset[int]:
        """Find the modules for what a source has captured."""
        captured = self.captured_by(match)
        known = self._known.get(captured)
        if known is None:
            known = self._known[captured] = frozenset(each.number for each in self.select(captured))
        return known


def part_targets(view: GraphView, texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Split the targets of a contract into modules and libraries."""
    modules: list[str] = []
    libraries: list[str] = []
    for text in texts:
        (libraries if is_library(view, text) else modules).append(text)
    return modules, libraries


def is_library(view: GraphView, text: str) -> bool:
    """Return whether a target is a library: a word for several, or a name with which no module begins."""
    if text in LIBRARY_WORDS:
        return True
    pattern = parse_pattern(text)
    return pattern.is_plain and text.partition(".")[0] not in view.graph.own_packages
