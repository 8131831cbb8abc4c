"""Explain the findings on a line, or a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.errors import UsageError

if TYPE_CHECKING:
    from layercheck.server.checker import Checker
    from layercheck.server.inquiry import Shown
    from layercheck.server.language_server import LayercheckServer

NAME = "layercheck.explain"


async def run(server: LayercheckServer, uri: object = None, line: object = None, *_: object) -> str:
    """Explain what is found on a line (1-based) of an open document, or without one what is known of the module."""
    shown = await server.require_shown(uri)
    if isinstance(line, int):
        text = await server.work(lambda checker: _explain_line(checker, shown, line))
    else:
        text = await server.work(lambda checker: _explain_module(checker, shown))
    return await server.pages.show(f"{shown.document.path.stem}.explained.md", text)


def _explain_line(checker: Checker, shown: Shown, line: int) -> str:
    # The server answers before it has loaded what only some of its commands need.
    from layercheck.commands.explain.explain_place import explain_place  # noqa: PLC0415
    from layercheck.commands.explain.markdown_pages import write_explanations  # noqa: PLC0415
    from layercheck.commands.explain.place_argument import Place  # noqa: PLC0415
    from layercheck.engine.options import CheckOptions  # noqa: PLC0415

    target = shown.get_target()
    source = checker.find_project(target).source
    explanations = explain_place(target, CheckOptions(source=source), Place(shown.document.path, line))
    return write_explanations(explanations, "")


def _explain_module(checker: Checker, shown: Shown) -> str:
    from layercheck.commands.explain.explain_module import describe_module  # noqa: PLC0415  (see above)
    from layercheck.commands.explain.module_pages import write_markdown  # noqa: PLC0415  (see above)

    project = checker.open_project(shown.get_target())
    module = project.module_at.get(shown.path)
    if module is None:
        raise UsageError(f"{shown.path} is no module of the project")
    return write_markdown(describe_module(project, module), "")
