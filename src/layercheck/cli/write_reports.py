"""From a report to the files and streams it was asked for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import msgspec

from layercheck.cli.ci_server import SUMMARY_FORMAT, append_summary
from layercheck.cli.colour import wants_colour
from layercheck.cli.messages import say
from layercheck.cli.output_files import encode, write_file, write_stdout_bytes
from layercheck.reporters.registry import load_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.cli.colour import ColourChoice
    from layercheck.cli.outputs import Output
    from layercheck.model.report import Report
    from layercheck.rule.hookspecs import Renderer
    from layercheck.rule.render_context import RenderContext


def write_reports(
    report: Report,
    outputs: Iterable[Output],
    context: RenderContext,
    *,
    colour: ColourChoice,
    plugin_formats: Mapping[str, Renderer],
) -> bytes:
    """Write every output: files first, as the reader of standard output may close it. Returns what was written there.

    `plugin_formats` are the formats of plugins. Raises UsageError and PluginError.
    """
    printed = b""
    coloured = msgspec.structs.replace(context, colour=wants_colour(colour, sys.stdout, os.environ))
    for output in sorted(outputs, key=lambda output: output.file is None):
        render = load_format(output.format, plugin_formats)
        if output.format == SUMMARY_FORMAT:
            append_summary(report, context, os.environ)
        if output.file is None:
            printed += (data := encode(render(report, coloured)))
            write_stdout_bytes(data)
        else:
            write_file(output.file, render(report, context))
        if output.note:
            say(output.note)
    return printed
