"""The statements that a test can make. Each of them passes or raises AssertionError."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layercheck.architecture.judged_project import JudgedProject, Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

# Failures are shown at the statement in the test.
__tracebackhide__ = True
_HERE = os.path.dirname(__file__)  # noqa: PTH120  (as frames write it)


class Project:
    """A project whose modules are spoken of; its files are read once, with its own configuration."""

    def __init__(self, path: str | Path = ".") -> None:
        """`path` is the folder of the project, from where the tests are run."""
        self._judged = JudgedProject(Path(os.path.abspath(path)))  # noqa: PTH100  (links stay links)

    def layers(
        self,
        *layers: str,
        containers: Sequence[str] = (),
        closed: Sequence[str] = (),
        exhaustive: bool = False,
        indirect: bool = True,
        ignore: Sequence[str] = (),
        because: str = "",
    ) -> None:
        """State the layers, highest first: a layer may import lower ones only. All keys are those of a contract.

        `"a | b"` are independent siblings, `"a : b"` siblings, `"(a)"` may be missing. Raises AssertionError.
        """
        keys = {"layers": layers, "containers": containers, "closed": closed, "exhaustive": exhaustive}
        _require(self._judged, "layers", keys | {"indirect": indirect}, "layers", ignore, because)

    def modules(self, *patterns: str) -> Modules:
        """Speak of modules: `"app.services"` (and all below it), `"app.*.models"`, `"role:services"`, `"/regex/"`."""
        return Modules(self._judged, patterns)


class Modules:
    """Some modules of a project; every method states something of them and raises AssertionError where it is not so.

    Patterns that match no module, and statements that nothing could break, fail as well. `ignore` are imports that may
    break the statement (`"app.a -> app.b"`), `because` is shown with the failure.
    """

    def __init__(self, project: JudgedProject, patterns: Sequence[str]) -> None:
        self._project = project
        self._patterns = patterns

    def should_not_import(
        self, *targets: str, indirect: bool = True, ignore: Sequence[str] = (), because: str = ""
    ) -> None:
        """State that they import none of the targets (modules or libraries), nor through others unless `indirect=False`."""
        keys = {"sources": self._patterns, "targets": targets, "indirect": indirect}
        _require(self._project, "forbidden", keys, "should not import", ignore, because)

    def should_only_import(self, *targets: str, ignore: Sequence[str] = (), because: str = "") -> None:
        """State that they import nothing but the targets and themselves."""
        keys = {"sources": self._patterns, "targets": targets}
        _require(self._project, "allowed", keys, "should only import", ignore, because)

    def should_import(self, *targets: str, ignore: Sequence[str] = (), because: str = "") -> None:
        """State that each imports at least one of the targets."""
        keys = {"sources": self._patterns, "targets": targets}
        _require(self._project, "required", keys, "should import", ignore, because)

    def should_only_be_imported_by(self, *importers: str, ignore: Sequence[str] = (), because: str = "") -> None:
        """State that nobody else imports them; without importers, nobody at all."""
        keys = {"modules": self._patterns, "importers": importers}
        _require(self._project, "protected", keys, "should only be imported by", ignore, because)

    def should_be_independent(self, *, indirect: bool = True, ignore: Sequence[str] = (), because: str = "") -> None:
        """State that they do not import each other, nor through others unless `indirect=False`."""
        keys = {"modules": self._patterns, "indirect": indirect}
        _require(self._project, "independence", keys, "should be independent", ignore, because)

    def should_only_be_used_through(
        self, *interface: str, importers: Sequence[str] = (), ignore: Sequence[str] = (), because: str = ""
    ) -> None:
        """State that others take from these packages only names and modules of the interface (`"api"`, `"models.User"`)."""
        keys = {"packages": self._patterns, "interface": interface, "importers": importers}
        _require(self._project, "public", keys, "should only be used through", ignore, because)

    def should_have_no_cycles(
        self, *, between: str = "siblings", ignore: Sequence[str] = (), because: str = ""
    ) -> None:
        """State that there is no import cycle between the children of these packages, or between `"modules"`."""
        keys = {"packages": self._patterns, "between": between}
        _require(self._project, "acyclic", keys, "should have no cycles", ignore, because)


_projects: dict[str, Project] = {}
"""The projects that tests without one speak of, by folder: each is read once."""


def layers(*names: str, **keys: Any) -> None:
    """State the layers of the project in the current folder, as `Project.layers` does."""
    _find_project().layers(*names, **keys)


def modules(*patterns: str) -> Modules:
    """Speak of modules of the project in the current folder."""
    return _find_project().modules(*patterns)


def _find_project() -> Project:
    folder = os.getcwd()  # noqa: PTH109  (a key)
    if folder not in _projects:
        _projects[folder] = Project(folder)
    return _projects[folder]


def _require(
    project: JudgedProject, kind: str, keys: dict[str, Any], name: str, ignore: Sequence[str], because: str
) -> None:
    given = {key: list(value) if isinstance(value, tuple | list) else value for key, value in keys.items()}
    table = {"name": name, "kind": kind, "ignore": list(ignore), "reason": because, **given}
    difference = project.judge({key: value for key, value in table.items() if value not in ([], "")}, _find_place())
    if difference:
        raise AssertionError(difference)


def _find_place() -> Place:
    """Find the line of the test that makes the statement."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001  (there is no other way)
    while frame is not None and frame.f_code.co_filename.startswith(_HERE):
        frame = frame.f_back
    return Place("", 1) if frame is None else Place(frame.f_code.co_filename, frame.f_lineno)
