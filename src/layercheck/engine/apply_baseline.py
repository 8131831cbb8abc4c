"""The step that holds what is found against what is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.engine.timings import timed
from layercheck.rule.rule_names import may_be_foreign

if TYPE_CHECKING:
    from layercheck.baseline.baseline_checker import BaselineResult
    from layercheck.baseline.baseline_file import Baseline
    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.run_rules import Found


def read_baseline(files: OpenFiles) -> Baseline | None:
    """Read the baseline of a project; None where there is none. Raises BaselineError."""
    return parse_baseline(files) if files.accepted else None


def parse_baseline(files: OpenFiles) -> Baseline:
    """Read the baseline of a project, empty where there is none. Raises BaselineError."""
    # Most projects have none, and do without this.
    from layercheck.baseline.baseline_file import find_codes, parse_texts  # noqa: PLC0415
    from layercheck.baseline.entry_findings import EXPIRED, STALE  # noqa: PLC0415

    plugins = files.target.plugins
    # What is wrong with the baseline itself cannot be accepted in it.
    acceptable = {code: name for code, name in plugins.names.items() if code not in {STALE, EXPIRED}}
    if not plugins.includes_plugins:
        # Entries for rules of plugins that are left out are kept, and say nothing.
        acceptable |= {code: code for code in find_codes(files.accepted) - acceptable.keys() if may_be_foreign(code)}
    return parse_texts(files.target.root, files.accepted, acceptable)


def apply_baseline(files: OpenFiles, found: Found, baseline: Baseline) -> BaselineResult:
    """Tell accepted findings from new ones, and find what is wrong with the entries."""
    from layercheck.baseline.baseline_checker import BaselineChecker, BaselineResult  # noqa: PLC0415  (see above)

    with timed(files.timings, "report"):
        checker = BaselineChecker(found.project, found.store, baseline, rules=found.rules, paths=files.target.paths)
        outcome = checker.match_baseline(found.findings, files.options.day, is_ci=files.options.is_ci)
    return BaselineResult(baseline, checker, outcome)
