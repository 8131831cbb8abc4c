"""The configuration, typed; the descriptions are the documentation of the keys and go into the JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from layercheck.model.severity import Severity
from layercheck.suppressions.policy import SuppressionPolicy

Name = Annotated[str, Meta(pattern=r"\S")]
"""A text that says something: an empty or blank one is a mistake wherever it stands."""


class Configuration(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What `[tool.layercheck]` may say; every key is optional."""

    preset: Annotated[
        Name,
        Meta(
            description="Preset that the configuration is merged into: `layered`, `hexagonal`, `django`, or one from a "
            "plugin. Without `preset` and `layers`, that of the recognised style."
        ),
    ] = "layered"
    plugins: Annotated[
        tuple[Name, ...],
        Meta(
            description="Plugins in addition to installed ones: modules of the project (`mycompany.rules`) or files "
            "relative to this one (`tools/lint_rules.py`). Their code is run."
        ),
    ] = ()
    source_roots: Annotated[
        tuple[Name, ...],
        Meta(
            description="Folders from which modules are imported, relative to the folder of this file; "
            "detected from the imports when empty."
        ),
    ] = ()
    packages: Annotated[tuple[Name, ...], Meta(description="Top-level packages to read; all when empty.")] = ()
    exclude: Annotated[tuple[Name, ...], Meta(description="Files and folders not to check, in .gitignore syntax.")] = ()
    exhaustive: Annotated[
        bool,
        Meta(description="Whether every module of an application must have a role or a layer."),
    ] = False
    fail_on: Annotated[
        Severity,
        Meta(description="The least severe finding that makes `check` exit with 1; `--fail-on` overrides it."),
    ] = Severity.ERROR
    roles: Annotated[
        dict[Name, tuple[Name, ...]],
        Meta(
            description="Names (`flows`) or modules (`app.web`) for each role, added to those of the preset; "
            "a role that the preset does not have takes modules only."
        ),
    ] = {}
    layers: Annotated[
        tuple[Name, ...],
        Meta(
            description="Layers, highest first, that replace those of the preset: roles or modules; `a | b` siblings that "
            "may not import each other, `a : b` siblings that may, `(a)` optional."
        ),
    ] = ()
    folders: Annotated[
        dict[Name, tuple[Name, ...]],
        Meta(
            description="Names of folders for each layer that goes by folders: the outermost folder with such a name decides, "
            "whatever the roles of the modules in it; where there is none, the name of the file."
        ),
    ] = {}
    closed: Annotated[tuple[Name, ...], Meta(description="Layers that higher layers may not skip.")] = ()
    isolated: Annotated[
        tuple[Name, ...], Meta(description="Roles or layers that may import no layer of the order.")
    ] = ()
    leaf: Annotated[
        tuple[Name, ...],
        Meta(description="Roles or layers that may import no layer at all, and that every layer may import."),
    ] = ()
    contracts: Annotated[
        tuple[dict[str, Any], ...],
        Meta(description="Contracts about modules: an array of tables, each with a `name` and a `kind`."),
    ] = ()
    import_linter: Annotated[
        bool | tuple[Name, ...],
        Meta(
            description="Whether contracts of import-linter are judged as they are; a list names the files that hold them, "
            "relative to the project root, instead of those that import-linter would find."
        ),
    ] = True
    select: Annotated[
        tuple[Name, ...],
        Meta(description="Codes, prefixes (`LC1`) or names of the rules to run; the default set when empty."),
    ] = ()
    extend_select: Annotated[
        tuple[Name, ...],
        Meta(description="Codes, prefixes or names of rules to run in addition to `select`."),
    ] = ()
    ignore: Annotated[tuple[Name, ...], Meta(description="Codes, prefixes or names of rules not to run.")] = ()
    severity: Annotated[
        dict[Name, Severity], Meta(description="Severity by rule: by code, prefix (`LC1`) or name.")
    ] = {}
    rules: Annotated[dict[Name, dict[str, Any]], Meta(description="Options by rule, by code or name.")] = {}
    per_path_ignores: Annotated[
        dict[Name, tuple[Name, ...]],
        Meta(description="Rules that are not reported for files matching a pattern (.gitignore syntax)."),
    ] = {}
    strict: Annotated[
        tuple[Name, ...],
        Meta(
            description="Packages (`app.services`, `app.*.models`) without baseline entries: "
            "their findings are always reported."
        ),
    ] = ()
    suppressions: Annotated[SuppressionPolicy, Meta(description="Requirements for suppression comments.")] = (
        SuppressionPolicy()
    )
