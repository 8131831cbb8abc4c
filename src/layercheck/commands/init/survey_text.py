"""What `layercheck init` prints: what it recognised, and how many findings each setting gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.init.contracts import describe_layers, name_origin
from layercheck.reporters.summary import count_roles, describe_roles_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.commands.init.survey import Measured, Survey
    from layercheck.model.report import Coverage

_MOST_ROOTS = 3


def describe_survey(survey: Survey, chosen: Measured) -> Iterator[str]:
    """Describe what was recognised and how many findings each setting gives, one per line."""
    coverage = chosen.report.coverage
    yield "Recognised"
    yield f"  root     {survey.root}"
    for label, line in zip(("layout  ", *[" " * 8] * _MOST_ROOTS), describe_roots(coverage), strict=False):
        yield f"  {label} {line}"
    yield f"  modules  {coverage.modules:,}"
    if survey.contract:
        yield f"  layers   those of {name_origin(survey.contract)}, which is judged where it stands:"
        yield from (f"             {line}" for line in describe_layers(survey.contract))
    elif survey.guess:
        yield "  layers   not recognised by name; guessed from the imports, highest first:"
        yield from (f"             {line}" for line in survey.guess.lines)
        if survey.guess.against:
            yield f"           imports that contradict the guess: {survey.guess.against:,}"
    else:
        yield f"  layers   {' > '.join(coverage.layers)}"
    yield ""
    yield "Findings with each setting"
    width = max(len(each.setting.name) for each in survey.measured)
    yield f"  {'errors':>7} {'warnings':>9}  setting"
    for each in survey.measured:
        mark = "*" if each is chosen else " "
        name = each.setting.name.ljust(width)
        yield f"{mark} {each.errors:>7,} {each.warnings:>9,}  {name}  {each.setting.summary}"


def describe_roots(coverage: Coverage) -> Iterator[str]:
    """Describe the first few applications with their modules by role."""
    # Where a contract names the modules of the layers, no application has any.
    counted = [root for root in coverage.applications if root.roles or root.unmapped or not coverage.roles]
    for root in counted[:_MOST_ROOTS]:
        yield f"{root.path} ({root.style}): {count_roles(root.roles, root.unmapped)}"
    if not counted and coverage.roles:
        yield describe_roles_everywhere(coverage)
    if len(counted) > _MOST_ROOTS:
        yield f"+{len(counted) - _MOST_ROOTS} more applications"
