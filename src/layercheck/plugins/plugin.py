"""One plugin: where it comes from and what it gives."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.trusted_code.containment import contained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from layercheck.rule.hookspecs import Renderer
    from layercheck.rule.rule import Rule
    from layercheck.trusted_code.project_modules import ProjectModules


class Origin(NamedTuple):
    """Where a plugin comes from."""

    label: str
    """As messages call it: `acme-rules 1.2`, `tools/lint_rules.py`, `mycompany.rules`."""
    remedy: str
    """What to do when something is wrong with it; a sentence."""
    home: str = ""
    """The file or folder of its code; empty as long as it is not known."""
    is_builtin: bool = False
    """Whether it is one of ours."""


class Plugin(NamedTuple):
    """One plugin, looked through."""

    origin: Origin
    version: str
    """Changes whenever its code may have changed."""
    rules: tuple[type[Rule], ...] = ()
    presets: Mapping[str, Mapping[str, Any]] = {}
    reporters: Mapping[str, Renderer] = {}
    modules: ProjectModules | None = None
    """The modules of the project that it is made of; they have to be in place while it runs."""

    def in_use(self) -> AbstractContextManager[None]:
        """Put in place what the plugin needs while its code runs, and keep foreign code from our output and exit code."""
        return nullcontext() if self.origin.is_builtin else self._contained()

    @contextmanager
    def _contained(self) -> Iterator[None]:
        with contained(), nullcontext() if self.modules is None else self.modules.in_use():
            yield
