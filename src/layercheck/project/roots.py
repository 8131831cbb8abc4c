"""Where the applications of a project are.

A *root* is the folder whose role-named children hold the most files, with entry points beside them. A tree of files
that merely has a `utils.py` and a `schema.py` is a library: what was found must also explain enough of what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.project.roles import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layercheck.project.folders import Folder

_DEEPEST = 4
"""Folders above an application's root, at most."""
_ENTRY_BONUS = 1.5
_THREE_ROLES_BONUS = 2.0
_ROLE_NAMED_MALUS = 0.3
_FAIR_SHARE = 0.1
"""Part of the best root's score that a further root must have."""
_FEATURE_FIRST = 3
"""Features below one parent that make a layout feature-first."""

_START_FILES = frozenset({"run", "server", "serve", "start", "application", "autoapp"})
"""Files that start a backend, under names too loose to make them entry points for the rules."""

_ENOUGH = {
    # (has an entry point, has three layers or more): share of the files below the root that must have a layer.
    (True, True): 0.1,
    (True, False): 0.4,
    (False, True): 0.4,
    (False, False): 0.6,
}
_ENOUGH_OF_PROJECT = 0.3
"""Part of the project's files that an application without an entry point must hold."""


def find_roots(folders: Sequence[Folder]) -> list[Folder]:
    """Folders that look like applications, the best first; none lies in another."""
    scored = [(score, folder) for folder in folders if (score := _score(folder))]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].depth, pair[1].path))
    roots: list[Folder] = []
    for score, folder in scored:
        if score < scored[0][0] * _FAIR_SHARE:
            break
        root = _top(folder)
        if not any(root is other or root in other.ancestors() or other in root.ancestors() for other in roots):
            roots.append(root)
    return roots


def is_application(root: Folder, counts: Mapping[str, int], unmapped: int, project: Folder) -> bool:
    """Whether the roles that were given below `root` are enough to take it for a backend.

    `counts`: files by role; `unmapped`: files without one; `project`: the folder that holds everything.
    """
    layers = LAYERS & counts.keys()
    if len(layers) < 2:
        return False
    has_entry = _is_started(root) or any(_is_started(folder) for folder in root.ancestors())
    if not has_entry and root.total < _ENOUGH_OF_PROJECT * project.total:
        return False
    with_layer = sum(counts[role] for role in layers)
    return with_layer >= _ENOUGH[has_entry, len(layers) > 2] * (with_layer + unmapped)


def style_of(root: Folder) -> str:
    """`layered`, `feature-first` or `flat`."""
    inside = [child for child in root.children if not child.aside]
    if root.features >= _FEATURE_FIRST or any(
        child.features >= _FEATURE_FIRST for child in inside if child.role is None
    ):
        return "feature-first"
    through = [part for child in inside if child.role is None for part in child.children if not part.aside]
    is_layered = any(child.role in LAYERS for child in (*inside, *through))
    return "layered" if is_layered else "flat"


def _score(folder: Folder) -> float:
    if folder.depth > _DEEPEST or folder.aside or folder.contributors < 2 or len(folder.evidence) < 2:
        return 0
    score = sum(folder.evidence.values())
    if folder.has_entry:
        score *= _ENTRY_BONUS
    if len(folder.evidence) > 2:
        score *= _THREE_ROLES_BONUS
    if folder.role in LAYERS:
        score *= _ROLE_NAMED_MALUS
    return score


def _top(folder: Folder) -> Folder:
    """The application that `folder` is the heart of: `app` for `app/core` or `app/modules`."""
    while folder.is_container and folder.parent is not None:
        folder = folder.parent
    return folder


def _is_started(folder: Folder) -> bool:
    return folder.has_entry or any(stem in _START_FILES for _, stem in folder.files)
