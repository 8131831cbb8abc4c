"""What `layercheck init` tells: what it recognised, and what each setting would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.commands.init.survey import Measured, Survey
    from layercheck.model.report import Coverage

_MOST_ROOTS = 3


def describe_survey(survey: Survey, chosen: Measured) -> Iterator[str]:
    """Tell what was recognised and what each setting finds today, a line each."""
    coverage = chosen.report.coverage
    yield "Recognised"
    yield f"  root     {survey.root}"
    for label, line in zip(("layout  ", *[" " * 8] * _MOST_ROOTS), describe_roots(coverage), strict=False):
        yield f"  {label} {line}"
    yield f"  modules  {coverage.modules:,}"
    if survey.contract:
        yield f"  layers   as the import-linter contract {survey.contract.name!r} in {survey.contract.path.name} has them:"
        yield from (f"             {line}" for line in survey.contract.lines)
    elif survey.guess:
        yield "  layers   no name tells them; a guess from who imports whom, highest first:"
        yield from (f"             {line}" for line in survey.guess.lines)
        if survey.guess.against:
            yield f"           imports that go against it: {survey.guess.against:,}"
    else:
        yield f"  layers   {' > '.join(coverage.layers)}"
    yield ""
    yield "What each setting finds today"
    width = max(len(each.setting.name) for each in survey.measured)
    yield f"  {'errors':>7} {'warnings':>9}  setting"
    for each in survey.measured:
        mark = "*" if each is chosen else " "
        name = each.setting.name.ljust(width)
        yield f"{mark} {each.errors:>7,} {each.warnings:>9,}  {name}  {each.setting.summary}"


def describe_roots(coverage: Coverage) -> Iterator[str]:
    """Tell the applications with their modules by role, the first few of them."""
    for root in coverage.applications[:_MOST_ROOTS]:
        counts = [f"{count} {role}" for role, count in sorted(root.roles.items(), key=lambda item: -item[1])]
        unmapped = [f"{root.unmapped} without a role"] if root.unmapped else []
        yield f"{root.path} ({root.style}): {', '.join([*counts, *unmapped])}"
    if len(coverage.applications) > _MOST_ROOTS:
        yield f"+{len(coverage.applications) - _MOST_ROOTS} more applications"
