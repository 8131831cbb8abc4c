"""What the server asks of the thread that checks, and what it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from lsprotocol import types

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.server.document import Document


class Mark(NamedTuple):
    """A finding, and what the client is told of it."""

    finding: Finding
    diagnostic: types.Diagnostic


class Shown(NamedTuple):
    """What the client is told of one document."""

    document: Document
    target: ProjectTarget | None
    """None where the document belongs to no project."""
    marks: tuple[Mark, ...] = ()
    is_broken: bool = False
    """Whether it cannot be read, so that most places are those of its last state in which it could."""
    accepted: int = 0
    """How many findings in it comments and the baseline put aside."""

    @property
    def path(self) -> str:
        """Where the document is in its project."""
        return self.document.path.relative_to(self.get_target().root).as_posix()

    def get_target(self) -> ProjectTarget:
        """Get the project of a document that belongs to one."""
        if self.target is None:
            raise ValueError(f"{self.document.uri} belongs to no project")
        return self.target


class Inquiry(NamedTuple):
    """What there is to check."""

    documents: Sequence[Document]
    folders: Sequence[Path]
    """Those of the workspace."""
    changed: Collection[str] | None
    """The URIs of the documents that have changed; None: anything may have."""
    is_whole: bool
    """Whether all of the workspace is wanted, not only the projects of the documents."""


class Outcome(NamedTuple):
    """What one look at the open documents gave."""

    shown: tuple[Shown, ...]
    """Of the documents that there was a verdict on; of the others the last one stays."""
    closed: dict[str, list[types.Diagnostic]]
    """What is found in all files that are not open, by URI."""
    problems: dict[str, list[types.Diagnostic]]
    """The mistakes in configurations and baselines, and the rules that failed, by URI."""
    messages: tuple[str, ...]
    """What else went wrong."""
