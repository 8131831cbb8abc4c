from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from layercheck.errors import UsageError
from layercheck.model.report import Coverage, build_report
from layercheck.reporters.registry import list_formats, load_format
from layercheck.rule.render_context import RenderContext


def test_the_formats_of_the_first_hour_are_there() -> None:
    assert {"concise", "json", "text"} <= set(list_formats())


@pytest.mark.parametrize("name", list_formats())
def test_every_format_renders_an_empty_report(name: str) -> None:
    report = build_report((), (), Coverage((), "layered", 2, {}))
    assert isinstance(load_format(name)(report, RenderContext(Path())), str)


def test_an_unknown_format_is_a_mistake_of_the_user() -> None:
    with pytest.raises(UsageError, match=r"unknown output format 'xml'; choose one of agent, azure, .*, text"):
        load_format("xml")


def test_listing_imports_no_format_and_plain_output_imports_neither_rich_nor_click() -> None:
    script = (
        "import sys\n"
        "from layercheck.reporters.registry import list_formats, load_format\n"
        "list_formats()\n"
        "assert not [name for name in sys.modules if name.startswith('layercheck.reporters.formats.')]\n"
        "[load_format(name) for name in ('concise', 'json', 'text')]\n"
        "assert not {'rich', 'click', 'libcst', 'grimp'} & set(sys.modules), sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
