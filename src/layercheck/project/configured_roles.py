"""Roles that the configuration gives by name: what it says explicitly wins over all evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence.combination import Judgement
from layercheck.project.roles import ASIDE, inner_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck.project.roles import RoleNames


def judge_by_configuration(
    paths: Iterable[str], given: RoleNames, names: RoleNames, judged: Mapping[str, Judgement]
) -> Iterator[tuple[str, Judgement]]:
    """Give the files below a name that the configuration itself lists the role that it lists, whatever is in them.

    `given` are those names, `names` all of them: a name further inside may still win, as `models` in `services`.
    """
    for path in paths:
        if path in judged and judged[path].role in ASIDE:
            continue
        role, word = None, ""
        *folders, stem = path.rpartition(".")[0].split("/")
        for name in (*folders, stem):
            is_stem = name is stem
            said = given.of_stem(name) if is_stem else given.of_folder(name)
            if said is not None and said not in ASIDE:
                role, word = said, name
            elif role is not None:
                inner = names.of_stem(name) if is_stem else names.of_folder(name)
                role = role if inner_role(role, inner, name) == role else None
        if role is not None:
            yield path, Judgement(role, Certainty.CERTAIN, f"the configuration names `{word}`")
