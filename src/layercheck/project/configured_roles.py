"""Roles that the configuration gives by name: what it says explicitly wins over all evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence.judgement import Judgement
from layercheck.project.roles import ASIDE, inner_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from layercheck.project.roles import RoleNames


def judge_by_configuration(
    paths: Iterable[str], given: RoleNames, names: RoleNames, judged: Mapping[str, Judgement]
) -> Iterator[tuple[str, Judgement]]:
    """Give the files below a name that the configuration itself lists the role that it lists, whatever is in them.

    `given` are those names, `names` all of them: a name further inside may still win, as `models` in `services`.
    """
    around: dict[str, tuple[str | None, str]] = {}
    """What the names of a folder and of those above it say: the role, and the name that says so."""
    for path in paths:
        if path in judged and judged[path].role in ASIDE:
            continue
        folder, _, name = path.rpartition("/")
        if folder not in around:
            role, word = None, ""
            for each in folder.split("/") if folder else ():
                role, word = _go_inside(role, word, each, given.of_folder(each), names.of_folder)
            around[folder] = role, word
        role, word = around[folder]
        stem = name.rpartition(".")[0]
        role, word = _go_inside(role, word, stem, given.of_stem(stem), names.of_stem)
        if role is not None:
            yield path, Judgement(role, Certainty.CERTAIN, f"the configuration names `{word}`")


def _go_inside(
    role: str | None, word: str, name: str, said: str | None, find_role: Callable[[str], str | None]
) -> tuple[str | None, str]:
    """Find what is said of a file or folder, by its name and by what is said of the folder around it."""
    if said is not None and said not in ASIDE:
        return said, name
    keeps = role is not None and inner_role(role, find_role(name), name) == role
    return (role, word) if keeps else (None, word)
