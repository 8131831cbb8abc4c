"""What there must be to give a verdict on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.document import FILE_NAMES
from layercheck.errors import NothingCheckedError, NothingNamedError
from layercheck.files.discovery import SUFFIXES
from layercheck.files.left_out import find_cause
from layercheck.model.target_paths import is_within
from layercheck.plurals import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.discovery import Discovery
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


def require_paths(target: ProjectTarget, discovery: Discovery) -> None:
    """Raise NothingNamedError where nothing that was named is a file of the project."""
    paths = frozenset(target.paths)
    known = (*discovery.files, *discovery.unreadable, target.configuration_path)
    if not any(is_within(path, paths) for path in known):
        first, *others = target.paths
        rest = f" and {len(others)} more" if others else ""
        why = _why_not_read(target, first)
        raise NothingNamedError(
            f"nothing that was named is read ({first}{rest}): {why}; --force-exclude passes over that", why
        )


def require_configuration(target: ProjectTarget, discovery: Discovery) -> None:
    """Raise NothingCheckedError where a sparse checkout lacks the file that would say how to check."""
    absent = [name for name in FILE_NAMES if name in discovery.not_checked_out]
    if absent and target.loaded.path is None:
        raise NothingCheckedError(
            f"{absent[0]} is not checked out (sparse checkout), so the configuration is not known: check it out, or give"
            " a configuration with --config"
        )


def _why_not_read(target: ProjectTarget, path: str) -> str:
    cause = find_cause(target.root, path, target.loaded.configuration.exclude)
    if cause is not None:
        return f"it is left out by {cause}"
    if path.endswith(SUFFIXES):
        return "it is in a folder that is not read"
    return "there is no Python file in it" if (target.root / path).is_dir() else "it is not a Python file"


def _describe_left_out(root: Path, exclude: Sequence[str]) -> str:
    """Say, as the end of a sentence, why nothing in a project is read; empty where nothing is left out."""
    entries = sorted(entry.name for entry in root.iterdir() if not entry.name.startswith("."))
    causes = {cause: name for name in reversed(entries) if (cause := find_cause(root, name, exclude))}
    return "".join(f" that is not left out ({name} by {cause})" for cause, name in [*causes.items()][-1:])


def _describe_absent(discovery: Discovery) -> str:
    """Say, as the end of a sentence, that the checkout is sparse; empty where it is whole."""
    absent = len(discovery.not_checked_out)
    return f" ({absent} are not checked out: `git sparse-checkout add FOLDER` adds more)" if absent else ""


def require_layers(project: Project, discovery: Discovery, root: Path, *, has_contracts: bool = False) -> None:
    """Raise NothingCheckedError where there are no files, or neither layers nor contracts that a rule reads."""
    if not discovery.files and not discovery.unreadable:
        why = _describe_absent(discovery) or _describe_left_out(root, project.loaded.configuration.exclude)
        raise NothingCheckedError(
            f"there is no Python file here{why}; give the path of your backend: layercheck check PATH"
        )
    if not project.modules and project.loaded.configuration.packages:
        raise NothingCheckedError(_describe_packages(project.loaded.configuration.packages, discovery))
    if has_contracts:
        return
    layers = {module.layer for module in project.modules if module.layer is not None}
    layers |= {module.named for module in project.modules if module.named in project.layers.names}
    if len(layers) < 2 and "layers" not in project.loaded.user_keys:
        seen = f" (only {', '.join(sorted(layers))})" if layers else ""
        raise NothingCheckedError(
            f"no layers were recognised in {count(len(project.modules), 'module')}{seen}{_describe_absent(discovery)}, so nothing"
            " could be checked.\n"
            "Say in pyproject.toml which modules are which, for example:\n\n"
            "    [tool.layercheck.roles]\n"
            '    api = ["app.web"]\n'
            '    services = ["app.usecases"]\n'
            '    models = ["app.tables"]\n\n'
            "or give layers of your own, highest first:\n\n"
            "    [tool.layercheck]\n"
            '    layers = ["app.web", "app.usecases", "app.tables"]\n\n'
            "or declare contracts: docs/contracts.md"
        )


def require_rules(active: Sequence[Rule]) -> None:
    """Raise NothingCheckedError where every rule is switched off, so that all would seem well."""
    if not active:
        raise NothingCheckedError("`select` and `ignore` leave no rule to run, so nothing could be checked")


def _describe_packages(packages: Sequence[str], discovery: Discovery) -> str:
    from layercheck.config.suggestion import did_you_mean  # noqa: PLC0415  (only for mistakes)

    folders = {folder for path in discovery.files for folder in path.split("/")[:-1]}
    guess = did_you_mean(packages[0], sorted(folders))
    return f"`packages` leaves nothing to check: there is no package {' or '.join(map(repr, packages))} here{guess}"
