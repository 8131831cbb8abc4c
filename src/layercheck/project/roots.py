"""Where the applications of a project are.

A *root* is the folder whose role-named children hold the most files, with entry points beside them. A tree of files
that merely has a `utils.py` and a `schema.py` is a library: what was found must also explain enough of what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.roles import LAYERS, is_script_file

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
_IN_PLACE_SHARE = 0.5
"""The same for a root in place of the best one, which was no backend: a corner of a library is none either."""

_APPLICATION_NAMES = frozenset({"app", "backend", "server"})
"""Names that a library's package does not have."""

_ENOUGH = {"started": (0.4, 0.1), "hinted": (0.4, 0.3), "bare": (0.6, 0.5)}
"""By what is known to start it: share of the files below a root that must have a layer, for two and for more layers."""
_SERVING = frozenset({"api", "services"})
"""Without one of these, a start file counts for nothing: command-line tools have one too."""
_ENOUGH_OF_PROJECT = 0.3
"""Part of the project's files that an application that nothing is seen to start must hold."""


class Candidate(NamedTuple):
    """A folder that may be the root of an application."""

    score: float
    folder: Folder


def root_candidates(folders: Sequence[Folder]) -> list[Candidate]:
    """Rank the folders that may be roots, the best first, each once."""
    scored = [Candidate(score, folder) for folder in folders if (score := _score(folder))]
    scored.sort(key=lambda candidate: (-candidate.score, -candidate.folder.depth, candidate.folder.path))
    best: dict[str, Candidate] = {}
    for score, folder in scored:
        if score < scored[0].score * _FAIR_SHARE:
            break
        root = _top(folder)
        best.setdefault(root.path, Candidate(score, root))
    return list(best.values())


def is_worth_trying(candidate: Candidate, best: Candidate, taken: Sequence[Candidate]) -> bool:
    """Whether a candidate may be a root beside those taken, or in place of the best one where that was refused."""
    if not taken and candidate.score < best.score * _IN_PLACE_SHARE:
        return False
    root = candidate.folder
    return not any(root in other.folder.ancestors() or other.folder in root.ancestors() for other in taken)


def is_application(root: Folder, counts: Mapping[str, int], unmapped: int, project: Folder) -> bool:
    """Whether the roles that were given below `root` are enough to take it for a backend.

    `counts`: files by role; `unmapped`: files without one; `project`: the folder that holds everything.
    """
    layers = LAYERS & counts.keys()
    if len(layers) < 2:
        return False
    start = _start_of(root)
    if start != "started" and root.total < _ENOUGH_OF_PROJECT * project.total:
        return False
    for_two, for_more = _ENOUGH[start if layers & _SERVING else "bare"]
    with_layer = sum(counts[role] for role in layers)
    return with_layer >= (for_more if len(layers) > 2 else for_two) * (with_layer + unmapped)


def merge_parts(applications: Sequence[Folder]) -> list[Folder]:
    """Merge neighbouring folders without a start of their own: they are features of one application."""
    beside: dict[str, list[Folder]] = {}
    for folder in applications:
        if folder.parent is not None and folder.parent.parent is not None and not folder.has_entry:
            beside.setdefault(folder.parent.path, []).append(folder)
    merged = [
        folder for folder in applications if not any(folder in parts for parts in beside.values() if len(parts) > 1)
    ]
    return merged + [parts[0].parent for parts in beside.values() if len(parts) > 1 and parts[0].parent is not None]


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
    """Go up to the application that `folder` is the heart of.

    That is `app` for `app/core` or `app/modules`, and `shop` for `shop/ext`, where the package `shop` has layers, too.
    """
    while folder.holds_application_parts and folder.parent is not None:
        folder = folder.parent
    top = folder
    for above in folder.ancestors():
        if not above.is_package:
            break
        if above.stem_roles or any(child.role in LAYERS for child in above.children if child is not folder):
            top = above
        folder = above
    return _started_above(top) or top


def _started_above(top: Folder) -> Folder | None:
    """Find the folder above that starts what nothing in `top` starts, with more of the application in it."""
    inside = top
    for above in top.ancestors():
        if top.has_entry:
            return None
        beside = (child for child in above.children if child is not inside and not child.aside)
        if above.has_entry and any(len(child.evidence) > 1 for child in beside):
            return above
        inside = above
    return None


def _start_of(root: Folder) -> str:
    """Find how sure it is that something starts the application: `started`, `hinted` or `bare`."""
    folders = [root, *root.ancestors()]
    if any(folder.may_start for folder in folders):
        return "started"
    if any(folder.name.lower() in _APPLICATION_NAMES for folder in folders) or _has_script_beside(root):
        return "hinted"
    return "bare"


def _has_script_beside(root: Folder) -> bool:
    """Whether a file of the project's own lies beside the application: `shop.py` beside `app/`."""
    if root.parent is None or root.parent.is_package:
        return False
    return any(not is_script_file(file.stem) and "test" not in file.stem for file in root.parent.files)
