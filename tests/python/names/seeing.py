"""A text as module rules see it."""

from __future__ import annotations

import ast
import textwrap

from layercheck.model.module import Module
from layercheck.python.tree.parser import parse
from layercheck.rule.source_module import SourceModule


def see(text: str, name: str = "app.api.users", *, is_package: bool = False) -> SourceModule:
    """Parse a text as the module `name`."""
    path = name.replace(".", "/") + ("/__init__.py" if is_package else ".py")
    module = Module(name=name, path=path, is_package=is_package, role="api", layer="api", application="app")
    return parse(textwrap.dedent(text), lambda parsed: SourceModule(module, parsed.tree, parsed.source))


def last_name(text: str, name: str = "app.api.users", *, is_package: bool = False) -> str | None:
    """Give the full name of the expression in the last expression statement of a text, wherever it stands."""
    module = see(text, name, is_package=is_package)
    return module.full_name(module.nodes(ast.Expr)[-1].value)
