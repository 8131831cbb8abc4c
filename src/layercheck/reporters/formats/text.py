"""The format for people: findings with their source lines, what repeats grouped, a summary last.

At a terminal the gravest findings are the last ones, right above the summary, and infos take a line for each rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.severity import Severity
from layercheck.reporters.finding_writer import FindingWriter
from layercheck.reporters.groups import Group, fold_infos, group_findings, ungroup_findings
from layercheck.reporters.paint import make_painter
from layercheck.reporters.summary import (
    advise_on_many,
    count_rules,
    describe_baseline,
    describe_coverage,
    describe_what_passes,
    summarise,
)
from layercheck.reporters.wrapping import wrap_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.report import Report
    from layercheck.reporters.paint import Painter
    from layercheck.rule.render_context import LastSave, RenderContext


def render(report: Report, context: RenderContext) -> str:
    """Write the report for a terminal."""
    paint = make_painter(colour=context.colour)
    writer = FindingWriter(context, paint)
    group = ungroup_findings if context.verbosity > 0 else group_findings
    folded = fold_infos(report.findings) if context.is_terminal and context.verbosity == 0 else []
    in_full = [each for each in report.findings if not folded or each.severity is not Severity.INFO]
    blocks = [writer.write_group(each) for each in group(in_full)]
    if context.is_terminal:
        # What is gravest stands where the reader looks: at the end.
        blocks.reverse()
    if folded:
        blocks.insert(0, "\n".join(map(writer.write_in_one_line, folded)))
    if context.verbosity >= 0:
        blocks.append("\n".join(_close(report, context, paint)))
        if context.last_save is not None:
            blocks.append("\n\n".join(_describe_last_save(report, context.last_save, writer, paint)))
    elif context.statistics and report.findings:
        blocks.append("\n".join(count_rules(report, paint, as_table=True)))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _describe_last_save(report: Report, last: LastSave, writer: FindingWriter, paint: Painter) -> Iterator[str]:
    """Write what the last save introduced, in full, where the reader looks: below everything else."""
    new = [each for each in report.findings if each.fingerprint in last.introduced]
    new.sort(key=lambda each: (-each.severity.rank, each.sort_key()))
    counted = [
        f"{len(new):,} new" if new else "nothing new",
        *([f"{last.resolved:,} resolved"] if last.resolved else []),
    ]
    yield paint(f"Since the last save: {', '.join(counted)}.", "strong")
    yield from (writer.write_group(Group(each, ())) for each in new[-_MOST_NEW:])
    if len(new) > _MOST_NEW:
        yield paint(f"+{len(new) - _MOST_NEW:,} more above", "faint")


_MOST_NEW = 5


def _close(report: Report, context: RenderContext, paint: Painter) -> Iterator[str]:
    for line in describe_coverage(report, context):
        lines = wrap_words(line, context.width, others="    ") if context.is_terminal else [line]
        yield from (paint(each, "faint") for each in lines)
    if report.baseline_summary is not None:
        yield paint(describe_baseline(report.baseline_summary), "faint")
    gravest = min((finding.severity for finding in report.findings), key=lambda each: each.rank, default=None)
    meaning = "error" if report.failures else "good" if gravest in {None, Severity.INFO} else str(gravest)
    yield paint(summarise(report), meaning)
    if gravest is not None:
        yield from count_rules(report, paint, as_table=context.statistics)
        if passes := describe_what_passes(report, context.fail_on):
            yield paint(passes, "faint")
        if advice := advise_on_many(report):
            yield from (paint(line, "faint") for line in advice)
        yield paint(f"For details, run `layercheck explain {report.count_by_rule()[0].code}`.", "faint")
