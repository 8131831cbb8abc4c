"""The configuration, typed; the descriptions are the documentation of the keys and go into the JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from layercheck.model.finding import Severity
from layercheck.suppressions.policy import SuppressionPolicy

Name = Annotated[str, Meta(pattern=r"\S")]
"""A text that says something: an empty or blank one is a mistake wherever it stands."""


class Configuration(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What `[tool.layercheck]` may say; every key is optional."""

    preset: Annotated[
        Name, Meta(description="Named starting point for everything else: `layered`, or one that a plugin gives.")
    ] = "layered"
    plugins: Annotated[
        tuple[Name, ...],
        Meta(
            description="Plugins besides those that are installed: modules of the project (`mycompany.rules`) or files "
            "relative to this one (`tools/lint_rules.py`). Their code is run."
        ),
    ] = ()
    source_roots: Annotated[
        tuple[Name, ...],
        Meta(
            description="Folders from which modules are imported, relative to the folder of this file; "
            "found by themselves when empty."
        ),
    ] = ()
    packages: Annotated[tuple[Name, ...], Meta(description="Top-level packages to read; all when empty.")] = ()
    exclude: Annotated[tuple[Name, ...], Meta(description="Files and folders to leave out, in .gitignore syntax.")] = ()
    exhaustive: Annotated[
        bool,
        Meta(description="Whether every module below an application's root must have a role or a layer."),
    ] = False
    fail_on: Annotated[
        Severity,
        Meta(description="The least severe finding that makes `check` exit with 1; `--fail-on` comes before it."),
    ] = Severity.ERROR
    roles: Annotated[
        dict[Name, tuple[Name, ...]],
        Meta(
            description="Names (`web`) or modules (`app.web`) for each role, added to the preset's names; "
            "a role that the preset does not have is a new one."
        ),
    ] = {}
    layers: Annotated[
        tuple[Name, ...],
        Meta(
            description="Layers, highest first, instead of the preset's: role names or modules; "
            "`a | b` independent siblings, `a : b` siblings that may import each other, `(a)` optional."
        ),
    ] = ()
    closed: Annotated[
        tuple[Name, ...], Meta(description="Layers that may not be skipped by the layers above them.")
    ] = ()
    isolated: Annotated[
        tuple[Name, ...], Meta(description="Roles or layers that may import no layer of the order.")
    ] = ()
    leaf: Annotated[
        tuple[Name, ...],
        Meta(description="Roles or layers that may import no layer at all, and that every layer may import."),
    ] = ()
    select: Annotated[
        tuple[Name, ...],
        Meta(description="Codes, prefixes (`LC1`) or names of the rules to run; the default set when empty."),
    ] = ()
    extend_select: Annotated[
        tuple[Name, ...],
        Meta(description="Codes, prefixes or names of rules to run besides those that `select` means."),
    ] = ()
    ignore: Annotated[tuple[Name, ...], Meta(description="Codes, prefixes or names of rules not to run.")] = ()
    severity: Annotated[
        dict[Name, Severity], Meta(description="Severity by rule: by code, prefix (`LC1`) or name.")
    ] = {}
    rules: Annotated[dict[Name, dict[str, Any]], Meta(description="Options by rule, by code or name.")] = {}
    per_path_ignores: Annotated[
        dict[Name, tuple[Name, ...]],
        Meta(description="Rules not reported for files that match a pattern (.gitignore syntax)."),
    ] = {}
    strict: Annotated[
        tuple[Name, ...],
        Meta(
            description="Packages (`app.services`, `app.*.models`) that take no entries in the baseline: "
            "what is found in them is always reported."
        ),
    ] = ()
    suppressions: Annotated[
        SuppressionPolicy, Meta(description="What is asked of the comments that put findings aside.")
    ] = SuppressionPolicy()
