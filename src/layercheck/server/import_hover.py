"""What there is to know of an import: where it leads, from which layer to which, and what else is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.imports import ImportKind
from layercheck.server.markdown import write_plain
from layercheck.server.positions import Positions, overlap
from layercheck.server.role_text import is_layer_of_role, write_role, write_role_by_itself

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol import types
    from pygls.workspace import PositionCodec

    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.project import Project


def list_imports(
    project: Project, path: str, text: str, here: types.Range, codec: PositionCodec
) -> Iterator[tuple[types.Range, str]]:
    """Describe the imports of modules of the project that stand at a place of a file; they may share a range."""
    importer, positions = project.module_at.get(path), Positions(text, codec)
    if importer is None:
        return
    for _, imported in project.suspects_by(path):
        for found in project.imports_between(importer, imported, list(ImportKind)):
            range_ = positions.range_of(found.location.span)
            if overlap(range_, here):
                yield range_, "\n".join(_describe(project, found, importer, imported))


def _describe(project: Project, found: Import, importer: Module, imported: Module) -> Iterator[str]:
    kind = "" if found.kind is ImportKind.RUNTIME else f" ({found.kind})"
    yield write_plain(f"`{importer.name}` imports `{imported.name}`{kind}")
    yield ""
    for module in (importer, imported):
        yield f"- {write_plain(_describe_module(module))}"
    if importer.layer is not None:
        allowed = project.layers.allowed_from(importer.layer, project.present_layers(importer.application))
        layers = ", ".join((*(f"`{layer}`" for layer in allowed), "modules without a layer"))
        yield f"- {write_plain(f'`{importer.layer}` may import {layers}')}"


def _describe_module(module: Module) -> str:
    """Describe the layer and why, then the role and why, unless the layer follows from that."""
    if is_layer_of_role(module):
        return f"`{module.name}`: layer {write_role(module, quote='`')}: {module.evidence}"
    role = write_role_by_itself(module, quote="`")
    why = module.placed or "the configuration says so"
    layer = "no layer" if module.layer is None else f"layer `{module.layer}`: {why}"
    return f"`{module.name}`: {layer}; {role}: {module.evidence}"
