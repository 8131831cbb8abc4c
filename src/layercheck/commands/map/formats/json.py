"""The form for programs: the same bytes for the same project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.reporters.formats.json import describe_failure
from layercheck.reporters.json_document import encode_document

if TYPE_CHECKING:
    from layercheck.commands.map.dependency_map import DependencyMap

_SCHEMA_VERSION = 1


def render(drawn: DependencyMap) -> str:
    """Write nodes and edges."""
    document = {"schema_version": _SCHEMA_VERSION, **msgspec.to_builtins(drawn)}
    return encode_document(document | {"failures": [describe_failure(each) for each in drawn.failures]})
