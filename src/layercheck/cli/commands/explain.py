"""`layercheck explain`: the documentation of a rule, or details of one finding or module."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from layercheck.cli.ci_server import is_ci
from layercheck.cli.colour import wants_colour
from layercheck.cli.completions import complete_subject
from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.output_files import write_stdout
from layercheck.cli.question_options import QuestionRequest, choose_project
from layercheck.cli.rule_pages import FORMATS, lay_out, show_rule
from layercheck.cli.shared_options import (
    cache_options,
    color_option,
    config_option,
    output_format_option,
    plugins_option,
)
from layercheck.cli.terminal_width import find_width
from layercheck.errors import NothingCheckedError, UsageError
from layercheck.files.discovery import SUFFIXES
from layercheck.reporters.display import display_prefix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.cli.colour import ColourChoice
    from layercheck.commands.explain.explanation import Explanation
    from layercheck.commands.explain.place_argument import Place
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget


class _Request(QuestionRequest, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    subject: str
    color: ColourChoice


@click.command(
    cls=ExplainedCommand,
    examples=(
        ("layercheck explain LC101", "Explain a rule:"),
        ("layercheck explain app/services/orders.py:1", "Explain the finding in line 1 of a file:"),
    ),
)
@click.argument("subject", metavar="RULE|PATH:LINE[:COLUMN]|PATH", shell_complete=complete_subject)
@output_format_option(FORMATS)
@config_option
@plugins_option
@cache_options
@color_option
def command(**options: Any) -> int:
    """Explain a rule, a finding or a module.

    A rule is given by its code or name, a finding by its location in a report, a module by its path. For a finding, this
    shows both layers, what may be imported instead, which modules already provide the same thing without breaking a
    rule, and how to suppress or accept it. For a module, it shows the role and the evidence, what the module may import,
    its imports and its importers.
    """
    from layercheck.commands.explain.place_argument import parse_place  # noqa: PLC0415  (--help does without)

    request = _Request(**options)
    subject = request.subject
    place = parse_place(subject)
    if place is None and Path(subject).is_file() and subject.endswith(SUFFIXES):
        _explain_module(Path(subject), request)
    elif place is None:
        _explain_rule(subject, request)
    else:
        _explain_place(place, request)
    return 0


def _explain_rule(word: str, request: _Request) -> None:
    from layercheck.commands.explain.lookup import find_rule_at_need  # noqa: PLC0415
    from layercheck.rule.documentation import describe_rule  # noqa: PLC0415

    try:
        rule = find_rule_at_need(word, request.config, with_plugins=request.with_plugins)
    except UsageError:
        if Path(word).is_dir():
            raise UsageError(f"{word} is a folder; `layercheck roles {word}` lists the roles of its modules") from None
        if Path(word).is_file():
            raise UsageError(
                f"{word} is not a Python file; to explain a finding in it, add its line: {word}:1"
            ) from None
        if word.endswith(SUFFIXES) or "/" in word:
            raise UsageError(f"{word}: there is no such file, and no such rule") from None
        raise
    show_rule(describe_rule(rule), request.output_format, request.color)


def _explain_module(path: Path, request: _Request) -> None:
    from layercheck.commands.explain import module_pages  # noqa: PLC0415  (--help does without)
    from layercheck.commands.explain.explain_module import explain_module  # noqa: PLC0415

    target, how = choose_project([path], request)
    explanation = explain_module(target, how)
    if request.output_format == "json":
        write_stdout(module_pages.write_json(explanation))
    elif request.output_format == "markdown":
        write_stdout(module_pages.write_markdown(explanation, display_prefix(target.root)))
    else:
        write_stdout(module_pages.write_text(explanation, display_prefix(target.root)))


def _explain_place(place: Place, request: _Request) -> None:
    target, how = choose_project([place.path], request)
    try:
        explanations = _ask(target, how, place)
    except NothingCheckedError:
        # The outer configuration excludes the file; its folder may have been checked as a separate project.
        inner, how = choose_project([place.path.parent], request)
        if inner.root == target.root:
            raise
        target = inner
        explanations = _ask(target, how, place)
    write_stdout(_write(explanations, target, request))


def _ask(target: ProjectTarget, how: CheckOptions, place: Place) -> tuple[Explanation, ...]:
    from layercheck.cli.progress import show_progress  # noqa: PLC0415
    from layercheck.commands.explain.explain_place import explain_place  # noqa: PLC0415

    with show_progress(f"layercheck: checking {target.root}"):
        return explain_place(target, how._replace(is_ci=is_ci(os.environ)), place)


def _write(explanations: Sequence[Explanation], target: ProjectTarget, request: _Request) -> str:
    from layercheck.commands.explain import json_pages, markdown_pages, pages, text_pages  # noqa: PLC0415
    from layercheck.rule.render_context import RenderContext  # noqa: PLC0415

    prefix = display_prefix(target.root)
    if request.output_format == "json":
        return json_pages.write_explanations(explanations)
    if request.output_format == "markdown":
        return markdown_pages.write_explanations(explanations, prefix)
    colour = wants_colour(request.color, sys.stdout, os.environ)
    context = RenderContext(target.root, prefix=prefix, colour=colour, width=find_width())
    parts = [text_pages.write_explanations(explanations, context)]
    for page in {each.page.code: each.page for each in explanations if each.page is not None}.values():
        parts.append(lay_out(pages.write_summary(page), request.color))
        parts.append(f"Examples and options: layercheck explain {page.code}\n")
    return "\n".join(parts)
