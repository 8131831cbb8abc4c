"""The step that leaves out what the configuration ignores and what comments suppress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.engine.path_ignores import PathIgnores, report_idle_ignores
from layercheck.engine.timings import timed
from layercheck.python.imports.scan_flags import COMMENT, NOQA
from layercheck.rule.rule_names import may_be_foreign
from layercheck.suppressions.matches import apply_suppressions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.config.schema import Configuration
    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.run_rules import Found
    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.finding import Finding, Suppressed
    from layercheck.plugins.registry import Plugins
    from layercheck.rule.rule import Rule
    from layercheck.suppressions.suppression import Suppression


def drop_suppressed(files: OpenFiles, found: Found) -> Found:
    """Leave out what is ignored for its path or suppressed by a comment; add what is wrong with either."""
    configuration, plugins = files.target.loaded.configuration, files.target.plugins
    with timed(files.timings, "rules"):
        ignores = PathIgnores(configuration.per_path_ignores)
        findings, suppressed, is_dated = suppress_findings(
            configuration,
            read_suppressions_of(found.store, configuration),
            found.findings,
            found.rules,
            files.options.day,
            plugins=plugins,
            ignores=ignores,
        )
        findings += tuple(ignores.drop(report_idle_ignores(ignores, found.project, found.rules, plugins)))
    return found._replace(findings=findings, suppressed=suppressed, ignored=ignores.count, is_dated=is_dated)


def read_suppressions_of(store: SourceStore, configuration: Configuration) -> dict[str, Sequence[Suppression]]:
    """Read the suppression comments of those files that may hold some."""
    flags = COMMENT | (NOQA if configuration.suppressions.noqa else 0)
    return {path: store.suppressions(path) for path, facts in store.facts.items() if facts.scan.flags & flags}


def suppress_findings(
    configuration: Configuration,
    suppressions: Mapping[str, Sequence[Suppression]],
    found: Iterable[Finding],
    rules: Iterable[Rule],
    today: dt.date,
    *,
    plugins: Plugins,
    ignores: PathIgnores | None = None,
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], bool]:
    """Take away what is ignored for its path and what comments suppress; add what is wrong with the comments.

    Returns the findings, those that comments suppress, and whether a comment names a day: then tomorrow's outcome may
    be another. `suppressions` are the comments of files, by path; `rules` are those that ran to their end, `plugins` give
    all that there are; `ignores` learn what they hide.
    """
    ignores = ignores or PathIgnores(configuration.per_path_ignores)
    known = dict(plugins.names)
    if not plugins.includes_plugins:
        words = {rule for in_file in suppressions.values() for each in in_file for rule in each.rules}
        known |= {word: word for word in words - {*known, *known.values()} if may_be_foreign(word)}
    severities = {rule.code: rule.severity for rule in rules}
    kept, suppressed, about_comments = apply_suppressions(
        ignores.drop(found),
        suppressions,
        known=known,
        active=severities,
        policy=configuration.suppressions,
        today=today.isoformat(),
    )
    problems = [
        msgspec.structs.replace(finding, severity=severities[finding.code])
        for finding in ignores.drop(about_comments)
        if finding.code in severities
    ]
    is_dated = any(each.until for in_file in suppressions.values() for each in in_file)
    return (*kept, *problems), suppressed, is_dated
