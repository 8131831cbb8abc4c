"""What `layercheck init` prints: what it recognised, and how many findings each setting gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.init.contracts import describe_layers, name_origin
from layercheck.reporters.summary import MOST_APPLICATIONS, describe_applications

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.commands.init.survey import Measured, Survey


def describe_survey(survey: Survey, chosen: Measured) -> Iterator[str]:
    """Describe what was recognised and how many findings each setting gives, one per line."""
    coverage = chosen.report.coverage
    yield "Recognised"
    yield f"  root     {survey.root}"
    for label, line in zip(("layout  ", *[" " * 8] * MOST_APPLICATIONS), describe_applications(coverage), strict=False):
        yield f"  {label} {line}"
    yield f"  modules  {coverage.modules:,}"
    if survey.contract:
        yield f"  layers   those of {name_origin(survey.contract)}, which is judged in that file:"
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
