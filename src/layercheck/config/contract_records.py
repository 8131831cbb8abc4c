"""Contracts, typed: what a team declares about its modules; one record for each kind."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, inspect

from layercheck.model.imports import COUNTED_KINDS, ImportKind
from layercheck.model.severity import Severity

Text = Annotated[str, Meta(pattern=r"\S")]
"""A text that says something."""
PATTERN_MARK = "pattern"
ModulePatternText = Annotated[str, Meta(pattern=r"\S", extra={PATTERN_MARK: "module"})]
"""A pattern for modules of the project: `app.services`, `app.*.models`, `role:services`, `/regex/`."""
TargetText = Annotated[str, Meta(pattern=r"\S", extra={PATTERN_MARK: "target"})]
"""A pattern for modules, or something from outside: `sqlalchemy.orm`, `third-party`, `standard-library`."""
PathPatternText = Annotated[str, Meta(pattern=r"\S", extra={PATTERN_MARK: "path"})]
"""A pattern for paths of files: `app/services/*_service.py`."""

InterfaceEntryText = Annotated[str, Meta(pattern=r"\S", extra={PATTERN_MARK: "interface"})]
"""An entry of an interface: `api`, `models.User`, `create_*`, `/regex/`."""


class IgnoredImport(msgspec.Struct, frozen=True, rename={"pattern": "import"}, forbid_unknown_fields=True):
    """An import that breaks a contract and may, with the reason."""

    pattern: Text
    reason: str = ""


class Contract(
    msgspec.Struct,
    frozen=True,
    rename="kebab",
    forbid_unknown_fields=True,
    kw_only=True,
    tag_field="kind",
    tag="contract",
):
    """What all kinds have in common; derive from it for a kind of one's own."""

    name: Annotated[Text, Meta(description="Unique name; findings, the baseline and messages use it.")]
    reason: Annotated[str, Meta(description="Why the contract exists; shown with each finding.")] = ""
    severity: Annotated[
        Severity | None, Meta(description="Severity of the findings; that of the rule when it is left out.")
    ] = None
    imports: Annotated[
        tuple[ImportKind, ...], Meta(description="Kinds of import that count; all but `typing` by default.")
    ] = COUNTED_KINDS
    ignore: Annotated[
        tuple[Text | IgnoredImport, ...],
        Meta(
            description="Imports that may break the contract: `a.b -> c.d`, with wildcards, or a table with `import` and "
            "`reason`."
        ),
    ] = ()


class LayersContract(Contract, frozen=True, tag="layers"):
    """Layers, highest first: a layer may import lower ones only."""

    layers: Annotated[
        tuple[Text, ...],
        Meta(description="Layers, highest first: `a | b` independent siblings, `a : b` siblings, `(a)` optional."),
    ]
    containers: Annotated[
        tuple[ModulePatternText, ...],
        Meta(description="Packages that each have these layers; the layers are then named relative to them."),
    ] = ()
    closed: Annotated[tuple[Text, ...], Meta(description="Layers that higher layers may not skip.")] = ()
    exhaustive: Annotated[bool, Meta(description="Whether every child of a container must be a layer.")] = False
    exhaustive_ignores: Annotated[
        tuple[Text, ...], Meta(description="Children of containers that need not be layers.")
    ] = ()
    indirect: Annotated[bool, Meta(description="Whether chains through modules without a layer count.")] = True


class ForbiddenContract(Contract, frozen=True, tag="forbidden"):
    """Modules that may not import others."""

    sources: Annotated[tuple[ModulePatternText, ...], Meta(description="Modules that may not import the targets.")]
    targets: Annotated[
        tuple[TargetText, ...],
        Meta(description="Modules or libraries that may not be imported (`app.db`, `sqlalchemy.orm`, `third-party`)."),
    ]
    indirect: Annotated[bool, Meta(description="Whether chains through other modules count.")] = True
    as_packages: Annotated[bool, Meta(description="Whether a module means all modules below it as well.")] = True


class AllowedContract(Contract, frozen=True, tag="allowed"):
    """Modules that may import the targets and nothing else."""

    sources: Annotated[tuple[ModulePatternText, ...], Meta(description="Modules that may import the targets only.")]
    targets: Annotated[
        tuple[TargetText, ...],
        Meta(
            description="Modules and libraries that may be imported, besides the source itself. Libraries are judged if at "
            "least one is named, or `third-party` or `standard-library`."
        ),
    ]


class IndependenceContract(Contract, frozen=True, tag="independence"):
    """Modules that may not import each other."""

    modules: Annotated[
        tuple[ModulePatternText, ...],
        Meta(description="Modules that may not import each other; `app.features.*` means every child of a package."),
    ]
    indirect: Annotated[bool, Meta(description="Whether chains through other modules count.")] = True


class ProtectedContract(Contract, frozen=True, tag="protected"):
    """Modules that only some may import."""

    modules: Annotated[tuple[ModulePatternText, ...], Meta(description="Modules that are protected.")]
    importers: Annotated[
        tuple[ModulePatternText, ...], Meta(description="Modules that may import them; none if empty.")
    ] = ()
    as_packages: Annotated[bool, Meta(description="Whether a module means all modules below it as well.")] = True


class PublicContract(Contract, frozen=True, tag="public"):
    """Packages of which others may use the interface only."""

    packages: Annotated[tuple[ModulePatternText, ...], Meta(description="Packages with an interface.")]
    interface: Annotated[
        tuple[InterfaceEntryText, ...],
        Meta(
            description="Names and modules in a package that others may use (`api`, `models.User`, `create_*`, or `/regex/` "
            "for the whole path); when empty, the names in `__all__` of the package, or those without an underscore."
        ),
    ] = ()
    importers: Annotated[
        tuple[ModulePatternText, ...], Meta(description="Modules that may use everything in the packages.")
    ] = ()
    sources: Annotated[
        tuple[ModulePatternText, ...],
        Meta(description="Modules that may use the interface only; all outside of the packages by default."),
    ] = ()


class PrivateContract(Contract, frozen=True, tag="private"):
    """Modules with an underscore, which only their own package may import."""

    packages: Annotated[
        tuple[ModulePatternText, ...], Meta(description="Packages whose private modules count; all when empty.")
    ] = ()


class RequiredContract(Contract, frozen=True, tag="required"):
    """Modules that must import others."""

    sources: Annotated[
        tuple[ModulePatternText, ...],
        Meta(description="Modules that must import a target, each by itself or by a module below it."),
    ]
    targets: Annotated[
        tuple[TargetText, ...], Meta(description="Modules or libraries of which at least one must be imported.")
    ]


class PlacementContract(Contract, frozen=True, tag="placement"):
    """Files that stand at named places only."""

    places: Annotated[
        tuple[PathPatternText, ...],
        Meta(description="Where modules may stand: paths such as `app/services/*_service.py`, `app/models/**`."),
    ]
    within: Annotated[
        tuple[PathPatternText, ...], Meta(description="Paths that the contract is about; the whole project by default.")
    ] = ("**",)


class AcyclicContract(Contract, frozen=True, tag="acyclic"):
    """Modules, or the children of packages, without import cycles."""

    packages: Annotated[
        tuple[ModulePatternText, ...], Meta(description="Packages in which there may be no cycle; all when empty.")
    ] = ()
    between: Annotated[
        Literal["siblings", "modules"],
        Meta(
            description="`siblings`: children of each package, at any depth, count as one; `modules`: single modules.",
        ),
    ] = "siblings"
    depth: Annotated[
        int, Meta(ge=0, description="How many levels below the packages are looked at; only between siblings.")
    ] = 10
    skip: Annotated[
        tuple[ModulePatternText, ...], Meta(description="Packages whose children may import each other in cycles.")
    ] = ()


def kind_of(record: type[Contract]) -> str:
    """Return the word that `kind` calls a record by."""
    return str(record.__struct_config__.tag)


CONTRACTS: dict[str, type[Contract]] = {
    kind_of(each): each
    for each in (
        LayersContract,
        ForbiddenContract,
        AllowedContract,
        IndependenceContract,
        ProtectedContract,
        PublicContract,
        PrivateContract,
        AcyclicContract,
        RequiredContract,
        PlacementContract,
    )
}
"""Our own kinds, by the word that `kind` calls them by."""


def pattern_keys(record: type[Contract], mark: str) -> tuple[str, ...]:
    """List the keys of a kind that hold patterns of one mark: `module`, `target`, `path` or `interface`."""
    return tuple(key for key, found in _list_marks(record) if found == mark)


@cache
def _list_marks(record: type[Contract]) -> list[tuple[str, object]]:
    """List the keys that hold a list, with the mark of what is in it; msgspec takes a millisecond for each kind."""
    described = inspect.type_info(record)
    marks = []
    for field in described.fields if isinstance(described, inspect.StructType) else ():
        item = getattr(field.type, "type", field.type) if isinstance(field.type, inspect.Metadata) else field.type
        each = getattr(item, "item_type", None)
        if isinstance(each, inspect.Metadata):
            marks.append((field.encode_name, (each.extra or {}).get(PATTERN_MARK)))
    return marks
