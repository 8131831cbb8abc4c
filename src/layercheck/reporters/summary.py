"""The last lines of a report: what was read, what was found, what to do next."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from layercheck.model.report import UNRECOGNISED
from layercheck.model.severity import Severity
from layercheck.plurals import count
from layercheck.reporters.display import make_printable, show_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck.model.report import BaselineSummary, BlindSpotPlace, Coverage, Report
    from layercheck.model.stood_down import StoodDown
    from layercheck.reporters.paint import Painter
    from layercheck.rule.render_context import RenderContext

MOST_APPLICATIONS = 3
"""Applications that are shown; `-v` shows all."""
_UNREAD = {
    "": ("through", "linked folder"),
    "ipynb": ("in", "notebook"),
    "pyw": ("in", "Windows script"),
    "pyx": ("in", "Cython module"),
}
"""What is not read, by its ending."""


def describe_coverage(report: Report, context: RenderContext) -> Iterator[str]:
    """Describe what was recognised: applications, their layers, their modules by role, and what was not judged."""
    coverage = report.coverage
    yield from describe_applications(coverage, prefix=context.prefix, show_all=context.verbosity > 0)
    if coverage.layers and not _is_about_contracts_alone(coverage):
        yield "layers, highest first: " + make_printable(" > ".join(coverage.layers))
    if absent := describe_absent_layers(report):
        yield make_printable(absent)
    if coverage.not_checked_out:
        files = count(coverage.not_checked_out, "file")
        yield f"not judged, not checked out (sparse checkout): {files}; rules that need all files did not run"
    if coverage.unread:
        yield _describe_unread(coverage.unread, context)
    if coverage.outside:
        yield _describe_unjudged("in no application", coverage.outside, context)
    if coverage.without_layer:
        yield _describe_unjudged("in no layer", coverage.without_layer, context)
    if context.verbosity > 0 and coverage.unmapped:
        yield "without a role: " + make_printable(", ".join(coverage.unmapped))
    if coverage.stood_down:
        yield from _describe_stood_down(coverage.stood_down, context)
    if coverage.blind_spots:
        yield from _describe_blind_spots(coverage.blind_spots, context)


def describe_applications(coverage: Coverage, *, prefix: str = "", show_all: bool = False) -> Iterator[str]:
    """Describe the applications with their modules by role, the first few unless `show_all`, one per line."""
    # Where the configuration names the modules of the layers, no application has any.
    counted = [root for root in coverage.applications if root.roles or root.unmapped or not coverage.roles]
    shown = counted if show_all else counted[:MOST_APPLICATIONS]
    for root in shown:
        yield f"{show_path(root.path, prefix)} ({root.style}): {count_roles(root.roles, root.unmapped)}"
    if not counted and coverage.roles:
        yield _describe_roles_everywhere(coverage)
    if left := len(counted) - len(shown):
        yield f"+{left} more applications; in all {count_roles(coverage.roles, len(coverage.unmapped))}"


def _describe_unjudged(where: str, counts: Mapping[str, int], context: RenderContext) -> str:
    """Name what lies outside of all applications or layers, the largest parts first."""
    ranked = sorted(counts, key=lambda path: (-counts[path], path))
    shown = ranked if context.verbosity > 0 else ranked[:MOST_APPLICATIONS]
    paths = [show_path(path, context.prefix) for path in shown]
    more = f" and {len(ranked) - len(shown)} more" if len(ranked) > len(shown) else ""
    return f"not judged, {where}: {count(sum(counts.values()), 'module')} ({', '.join(paths)}{more})"


def _describe_unread(unread: Sequence[str], context: RenderContext) -> str:
    """Count what may import and is not read, by kind."""
    kinds = Counter("" if path.endswith("/") else path.rpartition(".")[2] for path in unread)
    counts = ", ".join(
        f"{_UNREAD[kind][0]} {count(number, _UNREAD[kind][1])}" for kind, number in sorted(kinds.items())
    )
    shown = unread if context.verbosity > 0 else unread[:MOST_APPLICATIONS]
    paths = ", ".join(show_path(path, context.prefix) for path in shown)
    more = f" and {len(unread) - len(shown):,} more" if len(unread) > len(shown) else ""
    return f"not checked: imports {counts} ({paths}{more})"


def _describe_stood_down(stood_down: Sequence[StoodDown], context: RenderContext) -> Iterator[str]:
    """Name the rules whose convention does not hold here, and with -v what was counted."""
    if context.verbosity <= 0:
        codes = ", ".join(dict.fromkeys(each.code for each in stood_down))
        yield f"stood down, as most of the code does otherwise or roles are only likely: {codes} (counts: -v)"
        return
    for each in stood_down:
        where = f" in {show_path(each.application, context.prefix)}" if each.application else ""
        yield f"{each.code} {each.name} stood down{where}: {make_printable(each.reason)}"


def _describe_blind_spots(spots: Sequence[BlindSpotPlace], context: RenderContext) -> Iterator[str]:
    places = [
        f"{show_path(spot.path, context.prefix)}:{spot.line}:{spot.column} {make_printable(spot.what)}"
        for spot in spots
    ]
    if context.verbosity > 0:
        yield "imports that cannot be resolved statically:"
        yield from (f"  {place}" for place in places)
    elif len(places) == 1:
        yield f"1 import cannot be resolved statically: {places[0]}"
    else:
        yield f"{len(places):,} imports cannot be resolved statically, the first at {places[0]}"


def _describe_roles_everywhere(coverage: Coverage) -> str:
    """Count the modules of a project whose layers come from its configuration, or in which no application was recognised."""
    what = "no application recognised" if coverage.layout == UNRECOGNISED else "configured"
    return f"{what}: {count_roles(coverage.roles, len(coverage.unmapped))}"


def count_roles(roles: Mapping[str, int], unmapped: int) -> str:
    """Count modules by role, the most frequent first: `3 models, 2 api, 1 without a role`."""
    ranked = sorted(roles.items(), key=lambda item: (-item[1], item[0]))
    counts = [f"{count} {role}" for role, count in ranked if count]
    return make_printable(", ".join([*counts, f"{unmapped} without a role"] if unmapped or not counts else counts))


def summarise(report: Report) -> str:
    """Return the verdict in one line."""
    counts = report.count_by_severity()
    modules = count(report.coverage.modules, "module")
    hidden = _describe_hidden(report)
    found = [count(number, severity) for severity, number in counts.items() if number]
    if report.failures:
        description = f"; found {_enumerate(found)}" if found else ""
        return f"No verdict on {modules}: {count(len(report.failures), 'rule')} failed{description}{hidden}."
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        return f"Found {_enumerate(found)} in {modules}{hidden}."
    if report.baselined:
        verdict = f"No new findings in {modules}"
        return f"{verdict}; {found[0]}{hidden}." if found else f"{verdict}{hidden}."
    return f"{_describe_kept(report.coverage, modules)}{f'; {found[0]}' if found else ''}{hidden}."


def _describe_hidden(report: Report) -> str:
    """Count what was found and is not shown: a verdict that is silent about it would be read as one on everything."""
    parts = [f"{len(report.suppressed):,} suppressed"] if report.suppressed else []
    parts += [f"{report.coverage.ignored:,} in per-path-ignores"] if report.coverage.ignored else []
    return f" ({', '.join(parts)})" if parts else ""


def _describe_kept(coverage: Coverage, modules: str) -> str:
    """Say what is kept: the layers, the contracts, or both."""
    contracts = count(coverage.contracts, "contract") if coverage.contracts else ""
    is_one = coverage.modules == 1
    absent = coverage.not_checked_out
    if _is_about_contracts_alone(coverage) and not absent:
        return f"{modules} keeps {contracts}" if is_one else f"All {modules} keep {contracts}"
    if not coverage.judges_layers and not contracts:
        return f"Checked {modules}; no order of layers was judged"
    without = len(coverage.unmapped)
    outside, unlayered = sum(coverage.outside.values()), sum(coverage.without_layer.values())
    if without or outside or unlayered or absent:
        judged = count(coverage.modules - without - outside - unlayered, "module")
        parts = [f"{without:,} without a role"] if without else []
        parts += [f"{unlayered:,} in no layer"] if unlayered else []
        parts += [f"{outside:,} in no application"] if outside else []
        parts += [f"{absent:,} not checked out"] if absent else []
        broken = f"No layer and none of {contracts}" if contracts else "No layer"
        return f"{broken} is broken in {judged}; not judged: {', '.join(parts)}"
    kept = f"the layers and {contracts}" if contracts else "the layers"
    return f"{modules} keeps {kept}" if is_one else f"All {modules} keep {kept}"


def _is_about_contracts_alone(coverage: Coverage) -> bool:
    """Return whether only contracts were judged: no layers were recognised, or no order of them was judged."""
    has_layers = bool(coverage.applications) or not coverage.roles.keys().isdisjoint(_names_of(coverage))
    return coverage.contracts > 0 and not (has_layers and coverage.judges_layers)


def _names_of(coverage: Coverage) -> list[str]:
    """List the layers of the order one by one."""
    return [word for line in coverage.layers for word in re.findall(r"[\w.]+", line)]


def describe_what_passes(report: Report, fail_on: Severity) -> str:
    """Say that warnings do not fail the run, and what makes them; empty where there are none, or where they do."""
    warnings = report.count_by_severity()[Severity.WARNING]
    if not warnings or fail_on.rank >= Severity.WARNING.rank:
        return ""
    return f'{count(warnings, "warning")} {"does" if warnings == 1 else "do"} not fail the run; fail-on = "warning" changes that'


_MANY = 50


def advise_on_many(report: Report) -> list[str]:
    """Say how to begin where a first run finds a lot; empty where there is a baseline, or not much to do."""
    counts = report.count_by_severity()
    if report.baseline_summary is not None or counts[Severity.ERROR] + counts[Severity.WARNING] <= _MANY:
        return []
    return [
        "To accept these findings and fail on new ones only, run `layercheck baseline --all`.",
        "To set up a configuration that fits this project, run `layercheck init`.",
    ]


def describe_absent_layers(report: Report) -> str:
    """Name the layers of the order that have no modules, and the rule that has nothing to do without them."""
    present = report.coverage.roles.keys()
    absent = [
        layer for layer in _names_of(report.coverage) if layer not in present and "." not in layer and layer != "main"
    ]
    if not absent or not present or _is_about_contracts_alone(report.coverage):
        return ""
    note = ", so LC102 reports nothing" if "services" in absent else ""
    return f"no modules in {', '.join(absent)}{note}"


def describe_baseline(summary: BaselineSummary) -> str:
    """Describe how many findings the baseline knows, and how many of its entries have become needless: `known 41 (-3)`."""
    change = f" (-{summary.stale:,})" if summary.stale else ""
    others = {"moved": summary.moved, "expired": summary.expired, "expiring soon": summary.expiring}
    return ", ".join([f"known {summary.known:,}{change}", *(f"{what} {n:,}" for what, n in others.items() if n)])


def _enumerate(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def count_rules(report: Report, paint: Painter, *, as_table: bool) -> Iterator[str]:
    """List the rules that were broken, a line each, the gravest first; as a table with a head and their severity."""
    rules = report.count_by_rule()
    code_width = max((len(rule.code) for rule in rules), default=0)
    name_width = max((len(rule.name) for rule in rules), default=0)
    if as_table:
        yield paint(f"{'count':>6}  {'code':{code_width}}  {'name':{name_width}}  severity", "faint")
    for rule in rules:
        code = paint(f"{rule.code:{code_width}}", rule.severity)
        line = f"{rule.count:>6,}  {code}  {rule.name:{name_width}}"
        yield f"{line}  {rule.severity}" if as_table else line.rstrip()
