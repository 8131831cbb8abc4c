"""From the options of `layercheck check` to one report on all projects that are asked about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from layercheck.combining import combine_reports
from layercheck.errors import NothingCheckedError
from layercheck.model.violation import Severity
from layercheck.sources.cache import FOLDER_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layercheck.pipeline import CheckOptions
    from layercheck.report import Report
    from layercheck.scope import Scope


def check_all(scopes: Sequence[Scope], options: dict[str, Any]) -> tuple[Path, Report]:
    """Check every project, and write comments first if that is asked for; return the root of the report as well."""
    if options["add_ignore"] is not None:
        _add_ignores(scopes, options)
    return combine_reports({scope.root: _check(scope, scopes, options) for scope in scopes})


def _check(scope: Scope, scopes: Sequence[Scope], options: dict[str, Any]) -> Report:
    # Everything that reads and judges; whoever only asks for --help does without.
    from layercheck.cli.progress import sign_of_life  # noqa: PLC0415
    from layercheck.pipeline import check  # noqa: PLC0415

    try:
        with sign_of_life(f"layercheck: checking {scope.root}"):
            how = _make_options(scope, scopes, options)
            if options["since"] is not None:
                from layercheck.history.comparison import report_introduced  # noqa: PLC0415  (needs git)
                from layercheck.history.sides import Question  # noqa: PLC0415

                question = Question(scope, options["since"], cache_folder=how.cache_folder, exact=how.exact)
                return report_introduced(question)
            return check(scope, how)
    except NothingCheckedError as error:
        if len(scopes) == 1:
            raise
        raise NothingCheckedError(f"{scope.root}: {error}") from error


def _make_options(scope: Scope, scopes: Sequence[Scope], options: dict[str, Any]) -> CheckOptions:
    from layercheck.pipeline import CheckOptions  # noqa: PLC0415  (see above)

    return CheckOptions(
        cache_folder=None if options["no_cache"] else _choose_cache(scope, scopes, options["cache_dir"]),
        exact=options["exact"],
        pass_over=options["force_exclude"],
    )


def _choose_cache(scope: Scope, scopes: Sequence[Scope], wanted: Path | None) -> Path:
    if wanted is None:
        return scope.root / FOLDER_NAME
    top = os.path.commonpath([each.root for each in scopes])
    return wanted / scope.root.relative_to(top)


def _add_ignores(scopes: Sequence[Scope], options: dict[str, Any]) -> None:
    """Write the comments, and tell on stderr what was done; the report that follows shows what is left."""
    from layercheck.exempting import exempt, require_discipline  # noqa: PLC0415  (parses files)
    from layercheck.plugins import all_rules  # noqa: PLC0415

    reason = options["add_ignore"].strip()
    for scope in scopes:
        require_discipline(reason, scope.loaded.configuration.suppressions)
    names = {rule.code: rule.name for rule in all_rules()}
    # What is only worth knowing is no reason to write into the code, unless it fails the check.
    down_to = max(Severity.WARNING, Severity(options["fail_on"]), key=lambda severity: severity.rank)
    for scope in scopes:
        done = exempt(_check(scope, scopes, options), scope.root, reason, names, down_to=down_to)
        click.echo(f"layercheck: {done.places} comments written in {done.files} files of {scope.root}", err=True)
        for path, why in done.left.items():
            click.echo(f"layercheck: left alone: {path}: {why}", err=True)
