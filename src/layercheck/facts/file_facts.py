"""What is known of one file from its bytes alone."""

from __future__ import annotations

import msgspec

from layercheck.blake2 import blake2b
from layercheck.errors import UnreadableSourceError
from layercheck.model.definitions import FileDefinitions
from layercheck.model.examination import Examination
from layercheck.model.imports import FileImports
from layercheck.model.unreadable import Unreadable
from layercheck.python.imports.scan import Scan, scan_source
from layercheck.python.imports.scan_flags import REPEATED
from layercheck.python.outline import Outline, read_outline
from layercheck.suppressions.suppression import Suppression

_TOO_DEEP = Unreadable("is nested so deeply that Python refuses to compile it; split the long expression")
_REPEATED = Unreadable(
    "repeats an import statement more than 1,000 times in a row, and only the first 1,000 are counted; remove the others"
)


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """What is known of one file, as far as it was read; a pure function of its content, safe to share."""

    digest: bytes
    """Of the content; empty where the content could not be had."""
    scan: Scan
    unreadable: Unreadable | None = None
    """Why it cannot be read as far as this run reads."""
    imports: FileImports | None = None
    suppressions: tuple[Suppression, ...] | None = None
    examination: Examination | None = None
    definitions: FileDefinitions | None = None
    outline: Outline | None = None
    chains: dict[str, tuple[str, ...]] = {}
    """By name: what the text takes from it (`x.y` of `name.x.y`), sorted."""
    deferrable: frozenset[int] | None = None
    """The lines of the import statements of which only functions use anything."""
    earlier_error: Unreadable | None = None
    """What an earlier run found that read further than this one does so far."""

    @property
    def flaw(self) -> Unreadable | None:
        """What is wrong with a file that can be read, so that its imports are judged all the same."""
        if self.imports is not None and self.imports.nested_too_deeply:
            return _TOO_DEEP
        return _REPEATED if self.scan.flags & REPEATED else None


def scan_file(data: bytes) -> FileFacts:
    """Find the possible imports of a file, and its outline; a file that cannot be read at all imports nothing."""
    digest, outline = digest_of(data), read_outline(data)
    try:
        return FileFacts(digest, scan_source(data), outline=outline)
    except UnreadableSourceError as error:
        return FileFacts(digest, Scan(()), Unreadable(error.reason, error.line, error.column), outline=outline)


def digest_of(data: bytes) -> bytes:
    """Hash a content, to recognise it wherever and whenever it stands."""
    return blake2b(data, digest_size=16).digest()
