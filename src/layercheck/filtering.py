"""Which findings are to be reported: not those ignored for their path, only those in the part that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.config.selection import is_selected
from layercheck.plugins import may_be_foreign
from layercheck.sources.scan import COMMENT, NOQA
from layercheck.suppressions import apply_suppressions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from layercheck.config.schema import Configuration
    from layercheck.model.violation import Suppressed, Violation
    from layercheck.plugins import Plugins
    from layercheck.rule import Rule
    from layercheck.sources.store import SourceStore


def drop_ignored_paths(
    violations: Iterable[Violation], per_path_ignores: Mapping[str, Sequence[str]]
) -> list[Violation]:
    """Leave out what the configuration ignores for the files that match a pattern (.gitignore syntax)."""
    if not per_path_ignores:
        return list(violations)
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  (30 ms, and seldom needed)

    ignores = [(GitIgnoreSpec.from_lines([pattern]), rules) for pattern, rules in per_path_ignores.items()]
    return [
        violation
        for violation in violations
        if not any(
            spec.match_file(violation.location.path)
            and not is_selected(violation.code, violation.name, select=(), ignore=rules)
            for spec, rules in ignores
        )
    ]


def put_aside(
    configuration: Configuration,
    store: SourceStore,
    found: Iterable[Violation],
    rules: Iterable[Rule],
    today: dt.date,
    *,
    plugins: Plugins,
) -> tuple[tuple[Violation, ...], tuple[Suppressed, ...], bool]:
    """Take away what is ignored for its path and what comments suppress; add what is wrong with the comments.

    Returns the findings, those that comments suppress, and whether a comment names a day: then tomorrow's outcome may
    be another. `rules` are those that ran to their end, `plugins` give all that there are.
    """
    flags = COMMENT | (NOQA if configuration.suppressions.noqa else 0)
    suppressions = {
        path: store.suppressions(path) for path, facts in sorted(store.facts.items()) if facts.scan.flags & flags
    }
    known = dict(plugins.names)
    if not plugins.is_whole:
        words = {rule for in_file in suppressions.values() for each in in_file for rule in each.rules}
        known |= {word: word for word in words - {*known, *known.values()} if may_be_foreign(word)}
    severities = {rule.code: rule.severity for rule in rules}
    kept, suppressed, about_comments = apply_suppressions(
        drop_ignored_paths(found, configuration.per_path_ignores),
        suppressions,
        known=known,
        active=severities,
        policy=configuration.suppressions,
        today=today.isoformat(),
    )
    complaints = [
        msgspec.structs.replace(violation, severity=severities[violation.code])
        for violation in drop_ignored_paths(about_comments, configuration.per_path_ignores)
        if violation.code in severities
    ]
    is_dated = any(each.until for in_file in suppressions.values() for each in in_file)
    return (*kept, *complaints), suppressed, is_dated


def keep_parts(violations: Iterable[Violation], parts: Sequence[str], configuration_path: str) -> list[Violation]:
    """Keep what stands in one of the parts (files or folders), or takes its way through one of them.

    Mistakes in the configuration concern every part.
    """
    wanted = frozenset(parts)
    return [violation for violation in violations if is_in_parts(violation, wanted, configuration_path)]


def is_in_parts(violation: Violation, parts: Collection[str], configuration_path: str) -> bool:
    """Tell whether a finding stands in one of the parts, or runs through one; where there are none, all do."""
    places = (violation.location, *(hop.location for hop in violation.chain))
    return (
        not parts
        # As a whole it only stands for a file that the project lacks.
        or (violation.location.path == configuration_path and violation.location.span is not None)
        or any(is_within(place.path, parts) for place in places)
    )


def is_within(path: str, parts: Collection[str]) -> bool:
    """Tell whether a file is one of the parts or lies in one; there may be thousands of them."""
    while path not in parts:
        path, slash, _ = path.rpartition("/")
        if not slash:
            return False
    return True
