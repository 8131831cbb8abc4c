"""`__init__.py` files that define nothing: the role of a folder's face is that of the files behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from layercheck.facts.file_kind import file_kind
from layercheck.model.module import Certainty
from layercheck.project.evidence.judgement import Judgement
from layercheck.project.relative_paths import folders_above
from layercheck.project.roles import ASIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layercheck.project.evidence.uses import Judged, Uses

_ENOUGH = 2


def adjust(judged: Judged, uses: Uses) -> None:
    """Give an `__init__.py` that defines nothing the role of the files beside it, or else below it, where these agree."""
    beside: dict[str, Counter[str | None]] = defaultdict(Counter)
    faces: list[str] = []
    for path, each in judged.items():
        if not file_kind(path).is_package:
            beside[path.rpartition("/")[0]][each.role] += 1
        elif uses.contents[path].is_empty and (each.role is None or each.certainty is not Certainty.CERTAIN):
            faces.append(path)
    below = _count_below(beside, {path.rpartition("/")[0] for path in faces} - beside.keys())
    for path in faces:
        folder = path.rpartition("/")[0]
        judgement = (
            _by_files_beside(path, judged[path], beside[folder], uses)
            if folder in beside
            else _by_files_below(judged[path], below[folder])
        )
        if judgement is not None:
            judged[path] = judgement


def _count_below(
    beside: Mapping[str, Counter[str | None]], folders: Collection[str]
) -> Mapping[str, Counter[str | None]]:
    """Count the roles of the files at any depth below some folders, by those of the files directly in each."""
    below: dict[str, Counter[str | None]] = {folder: Counter() for folder in folders}
    if folders:
        for folder, roles in beside.items():
            for above in folders_above(folder):
                if above in below:
                    below[above].update(roles)
    return below


def _by_files_beside(path: str, own: Judgement, around: Mapping[str | None, int], uses: Uses) -> Judgement | None:
    said = [role for role in around if role is not None]
    named = uses.layout.named.get(path)
    is_named = named is not None and named.role is not None
    if named is not None and named.is_folder and named.role in said and own.role is None:
        return Judgement(named.role, Certainty.LIKELY, f"there are `{named.role}` beside it")
    if len(said) == 1 and said[0] not in ASIDE and around[said[0]] >= max(around.get(None, 0), _ENOUGH):
        # A feature that has endpoints only so far is still a feature.
        is_feature = said[0] == "api" and not is_named
        return None if is_feature else Judgement(said[0], Certainty.LIKELY, f"the files beside it are `{said[0]}`")
    if not said and own.role is not None:
        return Judgement(None, Certainty.GUESS, "no file beside it has a role")
    return None


def _by_files_below(own: Judgement, around: Mapping[str | None, int]) -> Judgement | None:
    said = [role for role in around if role is not None]
    if own.role is not None or len(said) != 1 or said[0] in ASIDE:
        return None
    is_clear = around[said[0]] >= max(2 * around.get(None, 0), _ENOUGH)
    return Judgement(said[0], Certainty.LIKELY, f"the files below it are `{said[0]}`") if is_clear else None
